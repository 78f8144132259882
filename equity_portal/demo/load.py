"""Writes the fictional department down, through the same services that people use."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import DepartmentSettings, Program, User
from equity_portal.demo import people, teams
from equity_portal.demo.data import read
from equity_portal.demo.department import Department
from equity_portal.demo.history import History
from equity_portal.demo.partners import write_partners
from equity_portal.demo.telling import date_the_history
from infrastructure.models import Adoption, Membership, Workgroup
from practices.models import ActionStep

if TYPE_CHECKING:
    from datetime import datetime


def is_loaded() -> bool:
    return User.objects.active().filter(email="lead@riverbend.example").exists()


@transaction.atomic
def load(*, now: datetime, seed: int, password: str) -> Department:
    """The same department from the same seed and day. `now` is in the department's zone."""
    # Only hours of the day are drawn; nothing here guards anything.
    department = Department(now=now, chance=random.Random(seed))  # noqa: S311
    _settings()
    _people(department, password)
    riverbend = read()
    write_partners(department, riverbend)
    History(department, riverbend).play()
    date_the_history()
    _teams(department)
    return department


def _settings() -> None:
    DepartmentSettings.objects.filter(pk=DepartmentSettings.ONLY).update(
        department_name=people.DEPARTMENT, ask_for_help=people.HELP
    )


def _people(department: Department, password: str) -> None:
    for name in people.PROGRAMS:
        department.programs[name] = Program.objects.create(name=name)
    for person in people.PEOPLE:
        user = User.objects.create_user(
            email=person.email,
            password=password,
            name=person.name,
            roles=list(person.roles),
            reports_to=department.users.get(person.reports_to),
        )
        user.programs.set([department.programs[person.program]])
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        department.users[person.login] = user


def _teams(department: Department) -> None:
    for group in teams.GROUPS:
        workgroup = Workgroup.objects.create(
            name=group.name,
            purpose=group.purpose,
            sponsor=department.users[group.sponsor],
            created_at=department.moment(group.days_ago),
            created_by=department.users[group.members[0][0]],
        )
        for login, role in group.members:
            Membership.objects.create(
                workgroup=workgroup,
                user=department.users[login],
                role=role,
                started_on=department.day(-group.days_ago),
            )
        department.groups[group.name] = workgroup
    for taken_up in teams.TAKEN_UP:
        _take_up(department, taken_up)


def _take_up(department: Department, taken_up: teams.TakenUp) -> None:
    steps = ActionStep.objects.current().filter(practice__slug=taken_up.practice)
    step = steps.filter(slug=taken_up.step).first()
    if step is None:
        return  # an editor retired it, or the guide was not loaded
    Adoption.objects.create(
        step=step,
        person=department.users.get(taken_up.person),
        program=department.programs.get(taken_up.program),
        workgroup=department.groups.get(taken_up.group),
        status=taken_up.status,
        intent=taken_up.intent,
        due_on=department.day(taken_up.look_back_days),
        reason_set_aside=taken_up.reason,
        created_at=department.moment(taken_up.days_ago),
        created_by=department.users[taken_up.by],
    )
