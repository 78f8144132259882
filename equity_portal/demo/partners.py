from __future__ import annotations

from dataclasses import dataclass, field

from partnerships.models import PartnerOrganization

Kind = PartnerOrganization.Kind


@dataclass(frozen=True)
class Somebody:
    """A contact: name, role, and what else we know."""

    name: str
    role: str = ""
    pronouns: str = ""
    preferred_name: str = ""
    language: str = ""
    phone: str = ""
    email: str = ""
    do_not_contact: bool = False


@dataclass(frozen=True)
class Organization:
    name: str
    kind: Kind
    about: str
    owners: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    rhythm_weeks: int | None = None
    people: tuple[Somebody, ...] = field(default_factory=tuple)


ORGANIZATIONS = [
    Organization(
        "Eastbank Tenants Union",
        Kind.POWER_BUILDING,
        "Tenants in nineteen buildings on the east bank. Members decide by vote what to ask of the "
        "county: repairs in a week, no eviction for having complained.",
        ("lead", "lead2"),
        ("Office of Health Equity", "Healthy Homes"),
        4,
        (
            Somebody(
                "Rosa Delgado",
                "Lead organizer",
                "she/her",
                "",
                "Spanish",
                "555-0142",
                "rosa@eastbank.example",
            ),
            Somebody("Marcus Bell", "Member captain, Cedar Court", "he/him", "", "", "555-0118"),
        ),
    ),
    Organization(
        "Riverbend Workers’ Center",
        Kind.POWER_BUILDING,
        "Day laborers and home-care workers. They keep a ledger of unpaid wages, and win them back.",
        ("lead",),
        ("Office of Health Equity", "Environmental Health"),
        6,
        (
            Somebody(
                "Efraín Soto",
                "Director",
                "he/him",
                "",
                "Spanish",
                "555-0171",
                "efrain@workers.example",
            ),
            Somebody("Denise Abbott", "Home-care organizer", "she/her", "", "", "555-0139"),
        ),
    ),
    Organization(
        "Mt. Zion Faith Table",
        Kind.FAITH,
        "Eleven congregations that take up what their members bring: this year, utility shutoffs.",
        ("lead", "amara"),
        ("Office of Health Equity",),
        8,
        (
            Somebody(
                "Elaine Whitcomb",
                "Pastor",
                "she/her",
                "Pastor Whitcomb",
                "",
                "555-0125",
                "elaine@mtzion.example",
            ),
            Somebody("Harold Gaines", "Convener", "he/him"),
        ),
    ),
    Organization(
        "Northfork Youth Council",
        Kind.COMMUNITY_BASED,
        "Young people from three high schools who study their own bus lines, and testify about them.",
        ("amara",),
        ("Maternal and Child Health",),
        6,
        (
            Somebody(
                "Kiara Mills", "Youth chair", "they/them", "Ki", "", "", "kiara@northfork.example"
            ),
            Somebody("Devon Price", "Advisor", "he/him", "", "", "555-0190"),
        ),
    ),
    Organization(
        "Hmong Mutual Aid of Riverbend",
        Kind.COMMUNITY_BASED,
        "Elders and families who help each other through clinics, schools and paperwork.",
        ("lead2",),
        ("Immunization",),
        10,
        (Somebody("Mai Xiong", "Coordinator", "she/her", "", "Hmong", "555-0163"),),
    ),
    Organization(
        "Riverbend Housing Authority",
        Kind.GOVERNMENT,
        "Owns 900 homes and inspects those rented with vouchers.",
        ("lead2",),
        ("Healthy Homes",),
        12,
        (
            Somebody(
                "Paul Lindqvist",
                "Head of inspections",
                "he/him",
                "",
                "",
                "555-0104",
                "paul@housing.example",
            ),
        ),
    ),
    Organization(
        "County Code Enforcement",
        Kind.GOVERNMENT,
        "Writes up what is unsafe in rented homes; sees the same addresses again and again.",
        ("lead2",),
        ("Healthy Homes", "Environmental Health"),
        None,
        (Somebody("Gloria Estes", "Supervisor", "she/her", "", "", "555-0107"),),
    ),
    Organization(
        "Riverbend Transit District",
        Kind.GOVERNMENT,
        "Runs fourteen bus lines. The timetable decides who reaches a clinic.",
        ("amara",),
        (),
        None,
        (Somebody("Tess Okafor", "Service planner", "she/her", "", "", "555-0111"),),
    ),
    Organization(
        "Office of Supervisor Lund, District 3",
        Kind.ELECTED,
        "Sits on the county’s housing committee.",
        ("lead",),
        (),
        None,
        (Somebody("Beth Ogawa", "Chief of staff", "she/her", "", "", "555-0100"),),
    ),
    Organization(
        "Riverbend State, School of Social Work",
        Kind.ACADEMIC,
        "Students and two teachers who do participatory research when residents ask for it.",
        ("amara",),
        ("Maternal and Child Health",),
        26,
        (
            Somebody(
                "Dr. Ruth Adeyemi",
                "Lecturer",
                "she/her",
                "",
                "",
                "",
                "ruth@riverbendstate.example",
            ),
        ),
    ),
    Organization(
        "Confluence Community Clinic",
        Kind.HEALTH_CARE,
        "Sees whoever comes in. Its front desk hears of evictions before anybody.",
        (),
        ("Immunization",),
        None,
        (Somebody("Janelle Park", "Clinic manager", "she/her", "", "", "555-0155"),),
    ),
    Organization(
        "Local 214, Home Care and Hospital Workers",
        Kind.LABOR,
        "Members in both hospitals and 600 homes.",
        ("lead",),
        (),
        12,
        (Somebody("Odalys Vega", "Steward", "she/her", "", "Spanish", "555-0188"),),
    ),
    Organization(
        "Two Rivers Fund",
        Kind.FUNDER,
        "A small foundation that pays for interpreters and childcare at public meetings.",
        ("director",),
        (),
        26,
        (Somebody("Carl Nystrom", "Program officer", "he/him"),),
    ),
    Organization(
        "Bernice Holloway",
        Kind.RESIDENT_LEADER,
        "Has lived on Ninth Street for forty years and knows whom to ask.",
        ("lead",),
        ("Office of Health Equity",),
        8,
        (Somebody("Bernice Holloway", "", "she/her", "Miss Bernice", "", "555-0132"),),
    ),
]

# People who stand for themselves, or asked us to leave them alone.
OTHERS = [
    Somebody("Ximena Torres", "", "she/her", "", "Spanish", "555-0149"),
    Somebody("Leroy Banks", "", "he/him", "", "", "555-0177", do_not_contact=True),
]
