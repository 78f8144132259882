"""Who sees and who changes what: every restricted model, every role, whole answers.

A new noun joins by a line in RULES (or in PARTS, if it is only seen through another); until
then `test_every_noun_is_listed` fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from accounts.models import Readers
from accounts.roles import Role
from infrastructure.models import Adoption, Membership, Workgroup
from partnerships.models import (
    Contact,
    FollowUp,
    Introduction,
    OneToOne,
    PartnerOrganization,
    Promise,
)
from tests.factories import (
    AdoptionFactory,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    IntroductionFactory,
    MembershipFactory,
    OneToOneFactory,
    PartnerFactory,
    ProgramFactory,
    PromiseFactory,
    UserFactory,
    WorkgroupFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db import models

    from accounts.models import User

pytestmark = pytest.mark.django_db

WORKING_ROLES = [Role.STAFF, Role.EQUITY_LEAD, Role.DIRECTOR]
OTHER_ROLES = [Role.CONTENT_EDITOR, Role.ADMINISTRATOR]


# --- rows, each with the reason that it is there --------------------------------------------


def partners(me: User, them: User) -> dict[str, Any]:
    return {
        "added by me": PartnerFactory(created_by=me),
        "added by them": PartnerFactory(created_by=them),
    }


def contacts(me: User, them: User) -> dict[str, Any]:
    return {
        "added by me": ContactFactory(created_by=me),
        "added by them": ContactFactory(created_by=them),
    }


def one_to_ones(me: User, them: User) -> dict[str, Any]:
    readers = Readers
    rows = {
        "mine alone": OneToOneFactory(created_by=me, readers=readers.AUTHOR),
        "mine for all": OneToOneFactory(created_by=me, readers=readers.STAFF),
        "theirs alone": OneToOneFactory(created_by=them, readers=readers.AUTHOR),
        "theirs for named colleagues": OneToOneFactory(created_by=them, readers=readers.NAMED),
        "theirs for the team": OneToOneFactory(created_by=them, readers=readers.EQUITY_TEAM),
        "theirs for all": OneToOneFactory(created_by=them, readers=readers.STAFF),
        "theirs alone, I was there": OneToOneFactory(created_by=them, readers=readers.AUTHOR),
        "theirs for named colleagues, I am named": OneToOneFactory(
            created_by=them, readers=readers.NAMED
        ),
        "theirs for all, I was there": OneToOneFactory(created_by=them, readers=readers.STAFF),
    }
    rows["theirs for named colleagues, I am named"].named_readers.add(me)
    for label, row in rows.items():
        if label.endswith("I was there"):
            row.colleagues.add(me)
    return rows


def follow_ups(me: User, them: User) -> dict[str, Any]:
    everybodys = OneToOneFactory(created_by=them, readers=Readers.STAFF)
    rows = {
        "mine": FollowUpFactory(assignee=me, created_by=them, readers=Readers.AUTHOR),
        "written by me": FollowUpFactory(assignee=them, created_by=me, readers=Readers.AUTHOR),
        "theirs alone": FollowUpFactory(assignee=them, readers=Readers.AUTHOR),
        "theirs alone, of everybody's one-to-one": FollowUpFactory(
            assignee=them, readers=Readers.AUTHOR, one_to_one=everybodys
        ),
        "theirs for named colleagues": FollowUpFactory(assignee=them, readers=Readers.NAMED),
        "theirs for named colleagues, I am named": FollowUpFactory(
            assignee=them, readers=Readers.NAMED
        ),
        "theirs for the team": FollowUpFactory(assignee=them, readers=Readers.EQUITY_TEAM),
        "theirs for all": FollowUpFactory(assignee=them, readers=Readers.STAFF),
    }
    rows["theirs for named colleagues, I am named"].named_readers.add(me)
    return rows


def introductions(me: User, them: User) -> dict[str, Any]:
    return {
        "I introduce": IntroductionFactory(introduced_by=me, colleague=them),
        "of me": IntroductionFactory(introduced_by=them, colleague=me),
        "of others": IntroductionFactory(introduced_by=them),
    }


def promises(me: User, them: User) -> dict[str, Any]:
    everybodys = OneToOneFactory(created_by=them, readers=Readers.STAFF)
    rows = {
        "mine": PromiseFactory(owner=me, created_by=them, readers=Readers.AUTHOR),
        "written by me": PromiseFactory(owner=them, created_by=me, readers=Readers.AUTHOR),
        "theirs alone": PromiseFactory(owner=them, readers=Readers.AUTHOR),
        "theirs alone, of everybody's one-to-one": PromiseFactory(
            owner=them, readers=Readers.AUTHOR, one_to_one=everybodys
        ),
        "theirs for named colleagues": PromiseFactory(owner=them, readers=Readers.NAMED),
        "theirs for named colleagues, I am named": PromiseFactory(
            owner=them, readers=Readers.NAMED
        ),
        "theirs for the team": PromiseFactory(owner=them, readers=Readers.EQUITY_TEAM),
        "theirs for all": PromiseFactory(owner=them, readers=Readers.STAFF),
    }
    rows["theirs for named colleagues, I am named"].named_readers.add(me)
    return rows


def workgroups(me: User, them: User) -> dict[str, Any]:
    rows = {
        "I chair": WorkgroupFactory(sponsor=them, created_by=them),
        "I co-chair": WorkgroupFactory(sponsor=them, created_by=them),
        "I am in": WorkgroupFactory(sponsor=them, created_by=them),
        "I chaired": WorkgroupFactory(sponsor=them, created_by=them),
        "I sponsor": WorkgroupFactory(sponsor=me, created_by=them),
        "I began": WorkgroupFactory(sponsor=them, created_by=me),
        "theirs": WorkgroupFactory(sponsor=them, created_by=them),
    }
    role, ended_on = Membership.Role, date(2026, 2, 1)
    MembershipFactory(workgroup=rows["I chair"], user=me, role=role.CHAIR)
    MembershipFactory(workgroup=rows["I co-chair"], user=me, role=role.CO_CHAIR)
    MembershipFactory(workgroup=rows["I am in"], user=me, role=role.CHAMPION)
    MembershipFactory(workgroup=rows["I chaired"], user=me, role=role.CHAIR, ended_on=ended_on)
    MembershipFactory(workgroup=rows["theirs"], user=them, role=role.CHAIR)
    return rows


def adoptions(me: User, them: User) -> dict[str, Any]:
    mine, others = ProgramFactory(), ProgramFactory()
    me.programs.add(mine)
    them.programs.add(others)
    here, before = WorkgroupFactory(sponsor=them), WorkgroupFactory(sponsor=them)
    MembershipFactory(workgroup=here, user=me)
    MembershipFactory(workgroup=before, user=me, ended_on=date(2026, 2, 1))
    for_team = {"person": None, "created_by": them}
    return {
        "mine": AdoptionFactory(person=me, created_by=them),
        "taken up by me for a program I left": AdoptionFactory(
            person=None, program=others, created_by=me
        ),
        "my program's": AdoptionFactory(**for_team, program=mine),
        "my workgroup's": AdoptionFactory(**for_team, workgroup=here),
        "theirs": AdoptionFactory(person=them),
        "another program's": AdoptionFactory(**for_team, program=others),
        "a workgroup's that I left": AdoptionFactory(**for_team, workgroup=before),
    }


# --- the rules ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rules:
    """What each role sees and changes, by the labels above; roles not named: nothing."""

    rows: Callable[[User, User], dict[str, Any]]
    seen: dict[Role, list[str]]
    changed: dict[Role, list[str]]


ALL_PARTNERS = ["added by me", "added by them"]
PRIVATE_TO_ME = ["mine alone", "mine for all"]
WHERE_I_WAS = ["theirs alone, I was there", "theirs for all, I was there"]
I_AM_NAMED = "theirs for named colleagues, I am named"
ALL_WORKGROUPS = [
    "I chair",
    "I co-chair",
    "I am in",
    "I chaired",
    "I sponsor",
    "I began",
    "theirs",
]
CHAIRED_OR_SPONSORED = ["I chair", "I co-chair", "I sponsor"]
CONCERNS_ME = [
    "mine",
    "taken up by me for a program I left",
    "my program's",
    "my workgroup's",
]
ALL_ADOPTIONS = [*CONCERNS_ME, "theirs", "another program's", "a workgroup's that I left"]
STAFF_PROMISES = ["mine", "written by me", I_AM_NAMED, "theirs for all"]
STAFF_FOLLOW_UPS = ["mine", "written by me", I_AM_NAMED, "theirs for all"]

RULES: dict[type[models.Model], Rules] = {
    PartnerOrganization: Rules(
        partners,
        seen=dict.fromkeys(WORKING_ROLES, ALL_PARTNERS),
        changed={Role.EQUITY_LEAD: ALL_PARTNERS},
    ),
    Contact: Rules(
        contacts,
        seen=dict.fromkeys(WORKING_ROLES, ALL_PARTNERS),
        changed={Role.EQUITY_LEAD: ALL_PARTNERS},
    ),
    OneToOne: Rules(
        one_to_ones,
        seen={
            Role.STAFF: [*PRIVATE_TO_ME, "theirs for all", *WHERE_I_WAS, I_AM_NAMED],
            Role.EQUITY_LEAD: [
                *PRIVATE_TO_ME,
                "theirs for the team",
                "theirs for all",
                *WHERE_I_WAS,
                I_AM_NAMED,
            ],
            Role.DIRECTOR: [*PRIVATE_TO_ME, "theirs for all", *WHERE_I_WAS, I_AM_NAMED],
        },
        changed={Role.EQUITY_LEAD: [*PRIVATE_TO_ME, *WHERE_I_WAS]},
    ),
    FollowUp: Rules(
        follow_ups,
        seen={
            Role.STAFF: STAFF_FOLLOW_UPS,
            Role.EQUITY_LEAD: [*STAFF_FOLLOW_UPS, "theirs for the team"],
            Role.DIRECTOR: STAFF_FOLLOW_UPS,
        },
        changed={key: ["mine", "written by me"] for key in WORKING_ROLES},
    ),
    Introduction: Rules(
        introductions,
        seen={key: ["I introduce", "of me", "of others"] for key in WORKING_ROLES},
        changed={Role.EQUITY_LEAD: ["I introduce", "of me"]},
    ),
    Promise: Rules(
        promises,
        seen={
            Role.STAFF: STAFF_PROMISES,
            Role.EQUITY_LEAD: [*STAFF_PROMISES, "theirs for the team"],
            Role.DIRECTOR: STAFF_PROMISES,
        },
        changed={key: ["mine", "written by me"] for key in WORKING_ROLES},
    ),
    Workgroup: Rules(
        workgroups,
        seen=dict.fromkeys(WORKING_ROLES, ALL_WORKGROUPS),
        changed={
            Role.STAFF: CHAIRED_OR_SPONSORED,
            Role.EQUITY_LEAD: ALL_WORKGROUPS,
            Role.DIRECTOR: CHAIRED_OR_SPONSORED,
        },
    ),
    Adoption: Rules(
        adoptions,
        seen=dict.fromkeys(WORKING_ROLES, ALL_ADOPTIONS),
        changed=dict.fromkeys(WORKING_ROLES, CONCERNS_ME),
    ),
}

# Rows that have no page and no question of their own: they are reached through these.
PARTS = {
    "partnerships.Affiliation": Contact,
    "partnerships.FollowUpReader": FollowUp,
    "partnerships.OneToOneColleague": OneToOne,
    "partnerships.OneToOneContact": OneToOne,
    "partnerships.OneToOnePartner": OneToOne,
    "partnerships.OneToOneReader": OneToOne,
    "partnerships.OneToOneStep": OneToOne,
    "partnerships.PartnerOwner": PartnerOrganization,
    "partnerships.PartnerPractice": PartnerOrganization,
    "partnerships.PartnerProgram": PartnerOrganization,
    "partnerships.PromiseChange": Promise,
    "partnerships.PromiseReader": Promise,
    "infrastructure.Membership": Workgroup,
}

# One person's alone, and asked for by that person only; the tests of their pages say so.
PERSONAL = {"partnerships.CalendarAddress", "partnerships.OneToOneDraft"}

NOUNS = [pytest.param(model, id=model.__name__) for model in RULES]


@dataclass(frozen=True)
class World:
    """Rows of one model around one person."""

    model: type[models.Model]
    labels: dict[Any, str]

    def seen_by(self, user: User | AnonymousUser) -> list[str]:
        return self._named(self.model._default_manager.visible_to(user))

    def changed_by(self, user: User | AnonymousUser) -> list[str]:
        return self._named(self.model._default_manager.changeable_by(user))

    def _named(self, rows: Iterable[models.Model]) -> list[str]:
        return sorted(self.labels[row.pk] for row in rows if row.pk in self.labels)


def world(model: type[models.Model], me: User) -> World:
    rows = RULES[model].rows(me, EquityLeadFactory())
    return World(model, {row.pk: label for label, row in rows.items()})


@pytest.mark.parametrize("model", NOUNS)
@pytest.mark.parametrize("role", Role)
def test_what_a_role_sees_and_changes(model, role):
    me = UserFactory(roles=[role])
    around = world(model, me)

    assert around.seen_by(me) == sorted(RULES[model].seen.get(role, []))
    assert around.changed_by(me) == sorted(RULES[model].changed.get(role, []))


@pytest.mark.parametrize("model", NOUNS)
@pytest.mark.parametrize("roles", [[], *([role] for role in OTHER_ROLES), OTHER_ROLES])
def test_editors_and_administrators_as_such_see_nothing(model, roles):
    me = UserFactory(roles=roles)
    around = world(model, me)

    assert (around.seen_by(me), around.changed_by(me)) == ([], [])


@pytest.mark.parametrize("model", NOUNS)
def test_a_stranger_sees_nothing(model):
    around = world(model, UserFactory())

    assert (around.seen_by(AnonymousUser()), around.changed_by(AnonymousUser())) == ([], [])


@pytest.mark.parametrize("model", NOUNS)
@pytest.mark.parametrize("role", Role)
def test_somebody_deactivated_sees_nothing(model, role):
    me = UserFactory(roles=[role], is_active=False)
    around = world(model, me)

    assert (around.seen_by(me), around.changed_by(me)) == ([], [])


@pytest.mark.parametrize("model", NOUNS)
@pytest.mark.parametrize("role", [*Role, None])
def test_no_flag_widens_what_a_role_allows(model, role):
    me = UserFactory(roles=[role] if role else [])
    around = world(model, me)
    before = (around.seen_by(me), around.changed_by(me))

    me.is_superuser = me.is_staff = True

    assert (around.seen_by(me), around.changed_by(me)) == before


@pytest.mark.parametrize("model", NOUNS)
def test_roles_add_up(model):
    """An administrator who is an equity lead too sees what an equity lead sees, and no more."""
    me = UserFactory(roles=[Role.ADMINISTRATOR, Role.EQUITY_LEAD])
    around = world(model, me)

    assert around.seen_by(me) == sorted(RULES[model].seen[Role.EQUITY_LEAD])
    assert around.changed_by(me) == sorted(RULES[model].changed[Role.EQUITY_LEAD])


@pytest.mark.parametrize("model", NOUNS)
def test_nobody_changes_what_they_do_not_see(model):
    for role in Role:
        assert set(RULES[model].changed.get(role, [])) <= set(RULES[model].seen.get(role, []))


def test_every_noun_is_listed():
    listed = {model._meta.label for model in RULES} | set(PARTS) | PERSONAL
    nouns = {
        model._meta.label
        for app in ("partnerships", "infrastructure")
        for model in apps.get_app_config(app).get_models()
        # The history of a noun is read with the noun; records.history sees to it.
        if not hasattr(model, "pgh_tracked_model")
    }
    restricted = {
        model._meta.label
        for model in apps.get_models()
        if hasattr(model._default_manager.all(), "visible_to")
    }

    assert nouns == listed, "Add the new noun to RULES in this file, or to PARTS."
    assert restricted == {model._meta.label for model in RULES}
