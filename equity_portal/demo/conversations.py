from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Readers


@dataclass(frozen=True)
class Next:
    """What happened next: days from today, whose it is if not the writer's, and whether it is done."""

    what: str
    days: int
    assignee: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class Talk:
    """A one-to-one: days before today, who logged it, with whom, and what mattered."""

    days_ago: int
    by: str
    people: tuple[str, ...]
    mattered: str
    readers: Readers = Readers.EQUITY_TEAM
    colleagues: tuple[str, ...] = ()
    next: tuple[Next, ...] = ()
    step: str = ""


TALKS = [
    Talk(
        2,
        "lead",
        ("Rosa Delgado",),
        "The forum is where members decide on the fall campaign. Without interpreters half of "
        "Cedar Court stays silent. She would rather move the date than leave them out.",
        colleagues=("lead2",),
        next=(
            Next("Call Rosa about interpreters in Spanish, Vietnamese and Hmong", 0),
            Next("Read the mold counts before they go to the union", 2, "lead2"),
        ),
        step="hold-one-to-ones",
    ),
    Talk(
        9,
        "lead",
        ("Marcus Bell", "Rosa Delgado"),
        "Three speakers gave us an evening in the winter and have not been paid. He does not ask "
        "for himself. He asks what to tell them.",
        next=(Next("Send Marcus the stipend forms for the three assembly speakers", -2),),
    ),
    Talk(
        37,
        "lead2",
        ("Rosa Delgado",),
        "Inspectors come by appointment, and landlords paint the day before. She wants to know "
        "whether we could come unannounced, and would take a plain no.",
        next=(Next("Ask counsel whether we may inspect without notice", -11, "", is_done=True),),
    ),
    Talk(
        5,
        "lead",
        ("Elaine Whitcomb",),
        "Four families in her congregation had the power cut in January. She has a list of who "
        "would speak, and wants them to be heard rather than counted.",
        colleagues=("amara",),
        next=(Next("Thank Pastor Whitcomb, and ask who should be in the room next time", 1),),
    ),
    Talk(
        48,
        "amara",
        ("Elaine Whitcomb", "Harold Gaines"),
        "What keeps Harold going is his mother’s oxygen machine: he was nineteen when the power "
        "went off.",
        readers=Readers.NAMED,
        colleagues=("lead",),
    ),
    Talk(
        16,
        "lead",
        ("Efraín Soto",),
        "Heat is the summer’s fight. They have a rule drafted and nobody at the county to hand it "
        "to. He asked which of our people reads such things.",
        next=(
            Next("Introduce Efraín to Samuel at the Workers’ Center assembly", 5),
            Next("Find out who at the county reads draft ordinances", -6),
        ),
    ),
    Talk(
        61,
        "lead",
        ("Denise Abbott",),
        "Home-care workers bathe and feed people for wages that do not cover the bus. She counts "
        "hours at kitchen tables, at night, since that is when members are home.",
        readers=Readers.STAFF,
        next=(Next("Send Denise the county’s home-care payment rules", -40, "", is_done=True),),
    ),
    Talk(
        86,
        "amara",
        ("Kiara Mills",),
        "Ki rides two buses to school and has timed every one for a month. The council would like "
        "somebody to ride along before anybody explains the budget to them.",
        next=(Next("Ride line 7 with Ki, and listen", -30),),
    ),
    Talk(
        110,
        "amara",
        ("Devon Price", "Kiara Mills"),
        "First meeting. They asked who had sent us, and what we wanted. We said: to know what "
        "you are working on. They said they would see.",
    ),
    Talk(
        24,
        "lead2",
        ("Mai Xiong",),
        "Elders trust the nurse who came to the New Year, not the leaflet. She would walk with us "
        "to three apartments if we come twice.",
        readers=Readers.STAFF,
        next=(Next("Set two afternoons for visits with Mai", 3),),
    ),
    Talk(
        30,
        "lead2",
        ("Paul Lindqvist",),
        "He is measured by how many inspections he closes, and tired of closing the same ones. "
        "A list of repeat addresses would help him with his own director.",
        next=(Next("Send Paul the repeat addresses, household counts under five left out", 8),),
    ),
    Talk(
        52,
        "lead2",
        ("Gloria Estes",),
        "Code enforcement writes up stairwells; nobody asks who lives behind the doors. She would "
        "share addresses monthly if somebody reads them.",
        readers=Readers.STAFF,
        next=(Next("Read the first list of addresses with Gloria", -21, "", is_done=True),),
    ),
    Talk(
        12,
        "amara",
        ("Tess Okafor",),
        "The night service is up for cutting in the next budget. Her planners have never been "
        "shown who rides it.",
        next=(Next("Bring Tess and Devon to one table about the night buses", 12),),
    ),
    Talk(
        20,
        "lead",
        ("Beth Ogawa",),
        "The supervisor reads one page, on paper, if it names a street. She wants it before the "
        "housing committee, not after.",
        next=(Next("Send Beth one page on mold on Ninth Street", 6),),
    ),
    Talk(
        73,
        "amara",
        ("Dr. Ruth Adeyemi",),
        "Students do good work when residents own the question, and vanish in June. She wants to "
        "plan around that rather than pretend.",
    ),
    Talk(
        33,
        "lead",
        ("Odalys Vega",),
        "Members are asked about lifting, never about being alone with somebody dying. That is "
        "the part they quit over.",
        readers=Readers.EQUITY_TEAM,
        next=(Next("Ask Odalys whether members would meet us at shift change", -4),),
    ),
    Talk(
        7,
        "lead",
        ("Bernice Holloway",),
        "Miss Bernice has sat on nine advisory boards and was thanked on all of them. She will "
        "come to one more if it decides something.",
        next=(
            Next("Tell Miss Bernice in writing what the board may decide", 0),
            Next("Ask Miss Bernice whom we have not met on Ninth Street", 14),
        ),
    ),
    Talk(
        64,
        "lead",
        ("Bernice Holloway",),
        "How Ninth Street was emptied for the freeway, house by house. She kept the letters.",
        readers=Readers.AUTHOR,
    ),
    Talk(
        18,
        "lead2",
        ("Ximena Torres",),
        "She interprets for her whole stairwell and has never been paid for it.",
        next=(Next("Find out how the county pays interpreters", 4),),
    ),
    Talk(
        95,
        "director",
        ("Carl Nystrom",),
        "The fund would pay for childcare at meetings for a year, not for staff.",
        readers=Readers.STAFF,
    ),
]

# Follow-ups that came out of no one-to-one: whose, what, days from today, which organization.
LOOSE_ENDS = [
    (
        "staff",
        "Go to the Workers’ Center assembly and stay for lunch",
        5,
        "Riverbend Workers’ Center",
    ),
    ("staff", "Send Joy last year’s inspection dates", -1, "County Code Enforcement"),
    ("lead", "Ask the clinic who should keep that relationship", 9, "Confluence Community Clinic"),
    (
        "amara",
        "Write to the Youth Council: we went quiet, and it was us",
        -3,
        "Northfork Youth Council",
    ),
    ("director", "Answer the Equity Champions about protected hours", -8, ""),
]
