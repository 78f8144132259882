from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization
from records.services import once

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import User
    from practices.models import ActionStep


@dataclass(frozen=True)
class NextStep:
    """What happens after the conversation: it becomes a follow-up of whoever logged it."""

    what: str
    due_on: date


@dataclass(frozen=True)
class Participants:
    """Who took part, for which organizations, and which action steps it served."""

    contacts: Collection[Contact]
    partners: Collection[PartnerOrganization] = field(default_factory=tuple)
    colleagues: Collection[User] = field(default_factory=tuple)
    steps: Collection[ActionStep] = field(default_factory=tuple)


@transaction.atomic
def log_one_to_one(
    *,
    one_to_one: OneToOne,
    participants: Participants,
    next_step: NextStep | None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> OneToOne:
    """Write down a conversation, everybody in it and what happens next, all or nothing."""

    def make() -> OneToOne:
        one_to_one.created_at, one_to_one.created_by, one_to_one.submission_key = at, by, key
        one_to_one.save()
        set_participants(one_to_one=one_to_one, participants=participants)
        if not participants.partners:
            one_to_one.partners.set(_organizations_of(participants.contacts))
        if next_step:
            _follow_up(one_to_one, next_step, by=by, at=at)
        return one_to_one

    return once(model=OneToOne, key=key, made_by={"created_by": by}, make=make)


@transaction.atomic
def set_participants(*, one_to_one: OneToOne, participants: Participants) -> None:
    one_to_one.contacts.set(participants.contacts)
    one_to_one.partners.set(participants.partners)
    one_to_one.colleagues.set(participants.colleagues)
    one_to_one.steps_served.set(participants.steps)


def _organizations_of(contacts: Collection[Contact]) -> list[PartnerOrganization]:
    """Where the people are now: whom a conversation serves when nobody said otherwise."""
    return list(
        PartnerOrganization.objects.current()
        .filter(
            affiliations__contact__in=[contact.pk for contact in contacts],
            affiliations__ended_on__isnull=True,
        )
        .distinct()
    )


def _follow_up(one_to_one: OneToOne, next_step: NextStep, *, by: User, at: datetime) -> FollowUp:
    organizations = list(one_to_one.partners.order_by("pk")[:2])
    return FollowUp.objects.create(
        what=next_step.what,
        due_on=next_step.due_on,
        assignee=by,
        one_to_one=one_to_one,
        partner=organizations[0] if len(organizations) == 1 else None,
        created_at=at,
        created_by=by,
    )
