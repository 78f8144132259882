from __future__ import annotations

from dataclasses import dataclass

from accounts.roles import Role

DEPARTMENT = "Riverbend County Public Health"
HELP = "help@riverbend.example"

PROGRAMS = [
    "Office of Health Equity",
    "Environmental Health",
    "Healthy Homes",
    "Immunization",
    "Maternal and Child Health",
]


@dataclass(frozen=True)
class Person:
    login: str
    name: str
    roles: tuple[Role, ...]
    program: str
    reports_to: str = ""

    @property
    def email(self) -> str:
        return f"{self.login}@riverbend.example"


# Whoever others report to comes before them.
PEOPLE = [
    Person("director", "Dr. Ines Castellanos", (Role.DIRECTOR,), "Office of Health Equity"),
    Person("lead", "Ana Reyes", (Role.EQUITY_LEAD,), "Office of Health Equity", "director"),
    Person("lead2", "Joy Tran", (Role.EQUITY_LEAD,), "Healthy Homes", "lead"),
    Person("staff", "Samuel Osei", (Role.STAFF,), "Environmental Health", "director"),
    Person("editor", "Priya Nair", (Role.CONTENT_EDITOR,), "Office of Health Equity", "lead"),
    Person(
        "admin", "Walt Brandvold", (Role.ADMINISTRATOR,), "Office of Health Equity", "director"
    ),
    Person("lena", "Lena Hartwig", (Role.STAFF,), "Environmental Health", "staff"),
    Person("amara", "Amara Fields", (Role.EQUITY_LEAD,), "Maternal and Child Health", "lead"),
    Person("tomas", "Tomás Quiroga", (Role.STAFF,), "Immunization", "director"),
    Person(
        "noor",
        "Noor Haddad",
        (Role.STAFF, Role.CONTENT_EDITOR),
        "Maternal and Child Health",
        "amara",
    ),
    Person("keisha", "Keisha Landry", (Role.EQUITY_LEAD,), "Immunization", "lead"),
    Person("ben", "Ben Sorensen", (Role.EQUITY_LEAD,), "Environmental Health", "lead"),
]

# The accounts a visitor is told about; the others are colleagues on the pages.
TRYOUT_LOGINS = ["staff", "lead", "lead2", "editor", "director", "admin"]
