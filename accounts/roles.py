"""Who may do what: the one table. Roles add up; nothing else widens what a person may do.

Which *rows* a person sees or changes is said by `visible_to` and `changeable_by` on each
restricted model, and those begin by asking `may`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class Role(models.TextChoices):
    STAFF = "staff", _("Staff")
    EQUITY_LEAD = "equity_lead", _("Equity lead")
    CONTENT_EDITOR = "content_editor", _("Content editor")
    DIRECTOR = "director", _("Director")
    ADMINISTRATOR = "administrator", _("Administrator")


class Ability(models.TextChoices):
    SEE_PARTNERS = "see_partners", _("See partners, contacts and what is shared with staff")
    SEE_EQUITY_NOTES = "see_equity_notes", _("Read one-to-ones shared with the equity team")
    RECORD = "record", _("Record partners, contacts, one-to-ones and follow-ups")
    SEE_WORKGROUPS = "see_workgroups", _("See workgroups and the steps that teams took up")
    START_WORKGROUPS = "start_workgroups", _("Start and change any workgroup")
    TAKE_UP_STEPS = "take_up_steps", _("Take up an action step")
    EDIT_GUIDE = "edit_guide", _("Edit the guide")
    MANAGE_PEOPLE = "manage_people", _("Invite people, give roles, deactivate")
    CHANGE_SETTINGS = "change_settings", _("Change the department's settings")


STAFF = frozenset({Ability.SEE_PARTNERS, Ability.SEE_WORKGROUPS, Ability.TAKE_UP_STEPS})

MAY: dict[Role, frozenset[Ability]] = {
    Role.STAFF: STAFF,
    Role.EQUITY_LEAD: STAFF | {Ability.SEE_EQUITY_NOTES, Ability.RECORD, Ability.START_WORKGROUPS},
    Role.CONTENT_EDITOR: frozenset({Ability.EDIT_GUIDE}),
    Role.DIRECTOR: STAFF,
    Role.ADMINISTRATOR: frozenset({Ability.MANAGE_PEOPLE, Ability.CHANGE_SETTINGS}),
}

# What the admin site asks for, as Django names permissions. Relationship records have no
# line here and are not registered there.
ADMIN_PERMISSIONS: dict[Ability, tuple[str, ...]] = {
    Ability.EDIT_GUIDE: ("practices.",),
    Ability.CHANGE_SETTINGS: (
        "accounts.view_departmentsettings",
        "accounts.change_departmentsettings",
        "accounts.view_program",
        "accounts.add_program",
        "accounts.change_program",
    ),
}


def abilities_of(roles: Iterable[str]) -> list[Ability]:
    """What the roles together may do, in the order of the table."""
    given: set[Ability] = set().union(*(MAY[Role(role)] for role in roles))
    return [ability for ability in Ability if ability in given]


def may(user: AbstractBaseUser | AnonymousUser, ability: Ability) -> bool:
    """Whether the person, signed in and active, has a role that may do this."""
    if not user.is_authenticated or not user.is_active:
        return False
    return any(ability in MAY[Role(role)] for role in getattr(user, "roles", ()))
