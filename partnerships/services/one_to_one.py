from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from accounts.models import Readers
from partnerships.models import (
    Affiliation,
    Contact,
    FollowUp,
    OneToOne,
    PartnerOrganization,
    Promise,
)
from partnerships.services.draft import forget_draft
from partnerships.services.follow_up import add_follow_up, start_again
from partnerships.services.introduction import introductions_happened
from partnerships.services.newcomer import welcome_newcomers
from partnerships.services.promise import make_promise
from records.services import once

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from practices.models import ActionStep


@dataclass(frozen=True)
class NextStep:
    """What happens after the conversation: it becomes a follow-up of whoever logged it."""

    what: str
    due_on: date


@dataclass(frozen=True)
class Word:
    """What one side said it would do, and by when: it becomes a promise."""

    direction: Promise.Direction
    what: str
    due_on: date


@dataclass(frozen=True)
class Outcome:
    """What comes of a conversation."""

    next_step: NextStep | None = None
    words: Collection[Word] = ()


@dataclass(frozen=True)
class Participants:
    """Who took part, for which organizations, which action steps it served, who may read it."""

    contacts: Collection[Contact] = ()
    partners: Collection[PartnerOrganization] = ()
    colleagues: Collection[User] = ()
    steps: Collection[ActionStep] = ()
    named_readers: Collection[User] = ()
    # Names of those who are not in the portal yet.
    new_contacts: Collection[str] = ()
    new_partners: Collection[str] = ()


@transaction.atomic
def log_one_to_one(
    *,
    one_to_one: OneToOne,
    participants: Participants,
    outcome: Outcome,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> OneToOne:
    """Write down a conversation, everybody in it, what was promised and what happens next.

    All or nothing, and its draft is over. What comes of it is read by nobody who may not read
    the conversation.
    """

    def make() -> OneToOne:
        one_to_one.created_at, one_to_one.created_by, one_to_one.submission_key = at, by, key
        one_to_one.save()
        who = welcome_newcomers(participants=participants, by=by, at=at)
        set_participants(one_to_one=one_to_one, participants=who)
        if not who.partners:
            held_on = one_to_one.held_at.date()  # in the zone the moment was told in
            one_to_one.partners.set(_organizations_of(who.contacts, on=held_on))
        count_as_contact(one_to_one=one_to_one, by=by, at=at)
        whom = _Whom.of(one_to_one, who)
        if outcome.next_step:
            _add_follow_up(whom, outcome.next_step, by=by, at=at)
        for word in outcome.words:
            _add_promise(whom, word, by=by, at=at)
        return one_to_one

    made = once(model=OneToOne, key=key, made_by={"created_by": by}, make=make)
    forget_draft(author=by, key=key)
    return made


@transaction.atomic
def count_as_contact(*, one_to_one: OneToOne, by: User, at: datetime) -> None:
    """What a contact starts again, and which introductions it is; once more changes nothing.

    Nobody learns of it by this who may not read it. What was put away is no contact.
    """
    if one_to_one.is_archived:
        return
    held_on = one_to_one.held_at.date()  # in the zone the moment was told in
    start_again(one_to_one=one_to_one, on=held_on)
    introductions_happened(one_to_one=one_to_one, on=held_on, by=by, at=at)


@transaction.atomic
def set_participants(*, one_to_one: OneToOne, participants: Participants) -> None:
    one_to_one.contacts.set(participants.contacts)
    one_to_one.partners.set(participants.partners)
    one_to_one.colleagues.set(participants.colleagues)
    one_to_one.steps_served.set(participants.steps)
    one_to_one.named_readers.set(participants.named_readers)


def _organizations_of(contacts: Collection[Contact], *, on: date) -> QuerySet[PartnerOrganization]:
    """Where the people were that day: whom a conversation serves when nobody said otherwise."""
    roles = Affiliation.objects.current(on=on).filter(contact__in=[row.pk for row in contacts])
    return PartnerOrganization.objects.current().filter(pk__in=roles.values("partner"))


@dataclass(frozen=True)
class _Whom:
    """About whom what comes of a conversation is, and for whose eyes."""

    one_to_one: OneToOne
    partner: PartnerOrganization | None
    contact: Contact | None
    readers: Readers
    named_readers: Collection[User]

    @classmethod
    def of(cls, one_to_one: OneToOne, participants: Participants) -> _Whom:
        """One organization or person is meant; of several, none in particular."""
        partners = list(one_to_one.partners.order_by("pk")[:2])
        contacts = list(participants.contacts)
        is_private = one_to_one.is_private
        return cls(
            one_to_one=one_to_one,
            partner=partners[0] if len(partners) == 1 else None,
            contact=contacts[0] if len(contacts) == 1 else None,
            readers=Readers(one_to_one.readers) if is_private else Readers.EQUITY_TEAM,
            named_readers=participants.named_readers if is_private else (),
        )

    def anybody(self) -> dict[str, PartnerOrganization | Contact | None]:
        """Somebody in any case, since a promise is to somebody: the first of several."""
        if self.partner or self.contact:
            return {"partner": self.partner, "contact": self.contact}
        return {
            "partner": self.one_to_one.partners.order_by("pk").first(),
            "contact": self.one_to_one.contacts.order_by("pk").first(),
        }


def _add_follow_up(whom: _Whom, step: NextStep, *, by: User, at: datetime) -> None:
    follow_up = FollowUp(
        what=step.what,
        due_on=step.due_on,
        assignee=by,
        one_to_one=whom.one_to_one,
        partner=whom.partner,
        contact=whom.contact,
        readers=whom.readers,
    )
    add_follow_up(follow_up=follow_up, named_readers=whom.named_readers, by=by, at=at)


def _add_promise(whom: _Whom, word: Word, *, by: User, at: datetime) -> None:
    promise = Promise(
        direction=word.direction,
        what=word.what,
        due_on=word.due_on,
        # The day in the zone the moment was told in, which is the writer's.
        promised_on=whom.one_to_one.held_at.date(),
        owner=by,
        program=by.programs.current().order_by("name", "pk").first(),
        one_to_one=whom.one_to_one,
        readers=whom.readers,
        **whom.anybody(),
    )
    make_promise(promise=promise, named_readers=whom.named_readers, by=by, at=at)
