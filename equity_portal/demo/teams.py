from __future__ import annotations

from dataclasses import dataclass

from infrastructure.models import Adoption, Membership

Role = Membership.Role
Status = Adoption.Status


@dataclass(frozen=True)
class Group:
    name: str
    purpose: str
    sponsor: str
    members: tuple[tuple[str, Role], ...]
    days_ago: int


GROUPS = [
    Group(
        "Equity Champions",
        "Colleagues from every program who look at how we hire, promote and spend, and say to "
        "the director what should change. Two hours a month are protected for each of us.",
        "director",
        (
            ("lead", Role.CHAIR),
            ("staff", Role.CO_CHAIR),
            ("noor", Role.CHAMPION),
            ("tomas", Role.CHAMPION),
            ("lena", Role.MEMBER),
        ),
        290,
    ),
    Group(
        "Housing and Health",
        "Inspectors, nurses and organizers’ friends who meet about mold, heat and repairs before "
        "anybody writes a program.",
        "director",
        (("lead2", Role.CHAIR), ("lena", Role.MEMBER), ("staff", Role.MEMBER)),
        150,
    ),
    Group(
        "Language Access",
        "How people who speak Spanish, Hmong and Vietnamese meet us: on the phone, on paper and "
        "in the waiting room.",
        "lead",
        (("amara", Role.CHAIR), ("tomas", Role.MEMBER), ("noor", Role.CHAMPION)),
        60,
    ),
]


@dataclass(frozen=True)
class TakenUp:
    """Practice and step by their addresses, by whom, and how far they are."""

    practice: str
    step: str
    by: str
    intent: str
    status: Status
    days_ago: int
    look_back_days: int
    person: str = ""
    program: str = ""
    group: str = ""
    reason: str = ""


PARTNERSHIPS = "build-strategic-partnerships"
INSIDE = "build-internal-infrastructure-and-capacity"

TAKEN_UP = [
    TakenUp(
        PARTNERSHIPS,
        "hold-one-to-ones",
        "lead",
        "Four one-to-ones a month each, and a colleague along by the third.",
        Status.UNDER_WAY,
        210,
        40,
        program="Office of Health Equity",
    ),
    TakenUp(
        PARTNERSHIPS,
        "hold-one-to-ones",
        "lead2",
        "Inspectors go along with an organizer on first visits.",
        Status.UNDER_WAY,
        120,
        20,
        program="Healthy Homes",
    ),
    TakenUp(
        PARTNERSHIPS,
        "earn-your-place-with-organizers",
        "lead2",
        "Go to every assembly of the tenants’ union this year.",
        Status.UNDER_WAY,
        90,
        60,
        person="lead2",
    ),
    TakenUp(
        PARTNERSHIPS,
        "assess-where-you-stand",
        "lead",
        "Ask seven partners where we stand, before we say where we think we do.",
        Status.PLANNED,
        30,
        75,
        group="Equity Champions",
    ),
    TakenUp(
        PARTNERSHIPS,
        "find-allies-in-other-agencies",
        "staff",
        "A standing coffee with code enforcement and transit.",
        Status.DONE,
        200,
        -15,
        person="staff",
    ),
    TakenUp(
        INSIDE,
        "create-workgroups-with-authority",
        "lead",
        "A workgroup with a sponsor, a charter and two protected hours.",
        Status.DONE,
        280,
        -60,
        program="Office of Health Equity",
    ),
    TakenUp(
        INSIDE,
        "write-equity-into-jobs",
        "noor",
        "Write equity duties into the next three job descriptions we post.",
        Status.UNDER_WAY,
        45,
        30,
        program="Maternal and Child Health",
    ),
    TakenUp(
        INSIDE,
        "keep-time-for-learning",
        "tomas",
        "A reading hour each month, on work time.",
        Status.SET_ASIDE,
        160,
        -90,
        person="tomas",
        reason="Clinic hours changed; we try again in the fall.",
    ),
]
