"""Writes the fictional department down, through the same services that people use."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pghistory
from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import DepartmentSettings, Program, User
from equity_portal.demo import conversations, partners, people, teams
from infrastructure.models import Adoption, Membership, Workgroup
from partnerships import services
from partnerships.models import Affiliation, Contact, FollowUp, OneToOne, PartnerOrganization
from practices.models import ActionStep

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo


@dataclass
class Department:
    """What has been written so far, by the names the demo data use."""

    now: datetime
    chance: random.Random
    users: dict[str, User] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    partners: dict[str, PartnerOrganization] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    groups: dict[str, Workgroup] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def moment(self, days_ago: int) -> datetime:
        """A moment of a working day, that many days ago; never later than now."""
        hour, minute = self.chance.choice([9, 10, 11, 13, 14, 15]), self.chance.choice([0, 15, 30])
        zone: ZoneInfo = self.now.tzinfo  # type: ignore[assignment]
        moment = datetime.combine(self.day(-days_ago), time(hour, minute), tzinfo=zone)
        return min(moment, self.now)


def is_loaded() -> bool:
    return User.objects.active().filter(email="lead@riverbend.example").exists()


@transaction.atomic
def load(*, now: datetime, seed: int, password: str) -> Department:
    """The same department from the same seed and day. `now` is in the department's zone."""
    # Only hours of the day are drawn; nothing here guards anything.
    department = Department(now=now, chance=random.Random(seed))  # noqa: S311
    _settings()
    _people(department, password)
    _partners(department)
    _conversations(department)
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


def _partners(department: Department) -> None:
    for organization in partners.ORGANIZATIONS:
        by = department.users[organization.owners[0] if organization.owners else "lead"]
        with pghistory.context(user=by.pk):
            _organization(department, organization, by)
    lead = department.users["lead"]
    with pghistory.context(user=lead.pk):
        for somebody in partners.OTHERS:
            _contact(department, somebody, None, lead)


def _organization(department: Department, organization: partners.Organization, by: User) -> None:
    partner = services.add_partner(
        partner=PartnerOrganization(
            name=organization.name,
            kind=organization.kind,
            about=organization.about,
            rhythm_weeks=organization.rhythm_weeks,
        ),
        owners=[department.users[login] for login in organization.owners],
        programs=[department.programs[name] for name in organization.programs],
        by=by,
        at=department.moment(130),
    )
    department.partners[organization.name] = partner
    for somebody in organization.people:
        _contact(department, somebody, partner, by)


def _contact(
    department: Department,
    somebody: partners.Somebody,
    partner: PartnerOrganization | None,
    by: User,
) -> None:
    roles = [Affiliation(partner=partner, role=somebody.role)] if partner else []
    department.contacts[somebody.name] = services.add_contact(
        contact=Contact(
            name=somebody.name,
            preferred_name=somebody.preferred_name,
            pronouns=somebody.pronouns,
            language=somebody.language,
            phone=somebody.phone,
            email=somebody.email,
            do_not_contact=somebody.do_not_contact,
        ),
        affiliations=roles,
        by=by,
        at=department.moment(128),
    )


def _conversations(department: Department) -> None:
    for talk in conversations.TALKS:
        _talk(department, talk)
    lead = department.users["lead"]
    for login, what, days, organization in conversations.LOOSE_ENDS:
        with pghistory.context(user=lead.pk):
            services.add_follow_up(
                follow_up=FollowUp(
                    what=what,
                    due_on=department.day(days),
                    assignee=department.users[login],
                    partner=department.partners.get(organization),
                ),
                by=lead,
                at=department.moment(max(1, -days + 3)),
            )


def _talk(department: Department, talk: conversations.Talk) -> None:
    with pghistory.context(user=department.users[talk.by].pk):
        _write_talk(department, talk)


def _write_talk(department: Department, talk: conversations.Talk) -> None:
    by, held_at = department.users[talk.by], department.moment(talk.days_ago)
    steps = ActionStep.objects.current().filter(slug=talk.step)
    one_to_one = services.log_one_to_one(
        one_to_one=OneToOne(held_at=held_at, what_mattered=talk.mattered, readers=talk.readers),
        participants=services.Participants(
            contacts=[department.contacts[name] for name in talk.people],
            colleagues=[department.users[login] for login in talk.colleagues],
            steps=list(steps.order_by("pk")),
        ),
        outcome=services.Outcome(),
        by=by,
        at=min(held_at + timedelta(hours=1), department.now),
    )
    organizations = list(one_to_one.partners.order_by("pk")[:2])
    for step in talk.next:
        follow_up = services.add_follow_up(
            follow_up=FollowUp(
                what=step.what,
                due_on=department.day(step.days),
                assignee=department.users[step.assignee or talk.by],
                one_to_one=one_to_one,
                partner=organizations[0] if len(organizations) == 1 else None,
            ),
            by=by,
            at=min(held_at + timedelta(hours=1), department.now),
        )
        if step.is_done:
            done_at = department.moment(max(-step.days, 0))
            services.complete_follow_up(follow_up=follow_up, by=follow_up.assignee, at=done_at)


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
