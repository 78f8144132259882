from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from accounts.models import Readers, User
from accounts.roles import Ability
from partnerships.models import FollowUp, Introduction, OneToOne
from records.services import ChangedMeanwhile, once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from partnerships.models.follow_up import FollowUpQuerySet


class AlreadyCompleted(Exception):
    """Somebody completed the follow-up, or put it away, before this press arrived."""


class NotCompleted(Exception):
    """The follow-up is open already."""


@transaction.atomic
def add_follow_up(
    *,
    follow_up: FollowUp,
    named_readers: Iterable[User] = (),
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> FollowUp:
    def make() -> FollowUp:
        follow_up.created_at, follow_up.created_by, follow_up.submission_key = at, by, key
        follow_up.save()
        follow_up.named_readers.set(named_readers)
        return follow_up

    return once(model=FollowUp, key=key, made_by={"created_by": by}, make=make)


# --- done, and what comes of it --------------------------------------------------------------


@transaction.atomic
def complete_follow_up(*, follow_up: FollowUp, by: User, at: datetime) -> FollowUp | None:
    """Say that it was done. The next one, where it repeats.

    `at` is told in the zone of whoever says so: its day is the day it was done. That day is the
    last real contact, since a conversation logged later than the one before moved this along
    (`start_again`). Raises AlreadyCompleted.
    """
    still_open = FollowUp.objects.open().filter(pk=follow_up.pk)
    if not still_open.update(completed_at=at, completed_by=by, version=F("version") + 1):
        raise AlreadyCompleted
    Introduction.objects.open().filter(follow_up=follow_up).update(happened_on=at.date())
    done = FollowUp.objects.select_related("created_by").get(pk=follow_up.pk)
    if done.repeat_weeks is None:
        return None
    again = _after(done, what=done.what, due_on=at.date() + timedelta(weeks=done.repeat_weeks))
    again.note, again.repeat_weeks = done.note, done.repeat_weeks
    return add_follow_up(
        follow_up=again, named_readers=done.named_readers.all(), by=done.created_by, at=at
    )


@transaction.atomic
def complete_and_go_on(
    *, follow_up: FollowUp, what: str, due_on: date, by: User, at: datetime, key: UUID | None
) -> FollowUp:
    """Say that it was done, and what comes next: both or neither, and once for one form.

    The next one is about the same people and for the same eyes. Raises AlreadyCompleted.
    """

    def make() -> FollowUp:
        complete_follow_up(follow_up=follow_up, by=by, at=at)
        after = _after(follow_up, what=what, due_on=due_on)
        after.submission_key = key
        after.created_at, after.created_by = at, by
        after.save()
        after.named_readers.set(follow_up.named_readers.all())
        return after

    return once(model=FollowUp, key=key, made_by={"created_by": by}, make=make)


def write_next_down(
    *, closed: FollowUp, what: str, due_on: date, by: User, at: datetime, key: UUID | None
) -> FollowUp:
    """What comes next of one that somebody else closed: about the same people, for the same eyes.

    Closing that did not make this, so to open it again leaves this.
    """
    after = _after(closed, what=what, due_on=due_on)
    after.follows = None
    readers = closed.named_readers.all()
    return add_follow_up(follow_up=after, named_readers=readers, by=by, at=at, key=key)


def _after(done: FollowUp, *, what: str, due_on: date) -> FollowUp:
    return FollowUp(
        what=what,
        due_on=due_on,
        assignee_id=done.assignee_id,
        partner_id=done.partner_id,
        contact_id=done.contact_id,
        readers=done.readers,
        follows=done,
    )


@transaction.atomic
def cancel_follow_up(*, follow_up: FollowUp, reason: str, by: User, at: datetime) -> None:
    """Say that it will not be done, and why. Raises AlreadyCompleted."""
    still_open = FollowUp.objects.open().filter(pk=follow_up.pk)
    cancelled = {"cancelled_at": at, "cancelled_by": by, "cancel_reason": reason}
    if not still_open.update(**cancelled, version=F("version") + 1):
        raise AlreadyCompleted
    Introduction.objects.open().filter(follow_up=follow_up).update(dropped_at=at, dropped_by=by)


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, by: User, at: datetime) -> None:
    """Take back that it was done or cancelled, and what that made, as long as nobody touched it.

    Raises NotCompleted.
    """
    closed = FollowUp.objects.current().filter(pk=follow_up.pk)
    closed = closed.filter(Q(completed_at__isnull=False) | Q(cancelled_at__isnull=False))
    nothing = dict.fromkeys(("completed_at", "completed_by", "cancelled_at", "cancelled_by"))
    if not closed.update(**nothing, cancel_reason="", version=F("version") + 1):
        raise NotCompleted
    made = FollowUp.objects.open().filter(follows=follow_up, version=1)
    made.update(archived_at=at, archived_by=by, version=F("version") + 1)
    for introduction in Introduction.objects.filter(follow_up=follow_up, one_to_one=None):
        take_up_again(introduction)


def take_up_again(introduction: Introduction) -> bool:
    """Say that an introduction has not happened, unless it, or the same, is under way by now."""
    settled = Introduction.objects.filter(pk=introduction.pk)
    settled = settled.filter(Q(happened_on__isnull=False) | Q(dropped_at__isnull=False))
    nothing = dict.fromkeys(("happened_on", "one_to_one", "dropped_at", "dropped_by"))
    try:
        with transaction.atomic():
            return bool(settled.update(**nothing))
    except IntegrityError:
        return False


# --- another day, another person ---------------------------------------------------------------


@dataclass(frozen=True)
class Before:
    """How a follow-up stood before it was moved, and the version that moving it made."""

    pk: int
    version: int
    due_on: date
    assignee_id: int

    @classmethod
    def of(cls, follow_up: FollowUp) -> Self:
        """For a follow-up that is about to be moved."""
        return cls(follow_up.pk, follow_up.version + 1, follow_up.due_on, follow_up.assignee_id)


def put_off_follow_up(*, follow_up: FollowUp, until: date, version: int) -> None:
    """Give an open follow-up a new date, over the version that was seen.

    Raises AlreadyCompleted, records.services.ChangedMeanwhile.
    """
    _move(follow_up, version, due_on=until)


def hand_over_follow_up(
    *, follow_up: FollowUp, to: User, why: str, version: int, by: User, at: datetime
) -> None:
    """Make it a colleague's, who reads why. Its reminder goes along, since its key names whose it is.

    Raises AlreadyCompleted, records.services.ChangedMeanwhile.
    """
    _move(follow_up, version, **_handed(to, why, by, at))


def _move(follow_up: FollowUp, version: int, **values: object) -> None:
    still_open = FollowUp.objects.open().filter(pk=follow_up.pk)
    if not still_open.exists():
        raise AlreadyCompleted
    seen = still_open.filter(version=version)
    if not seen.update(**values, version=F("version") + 1):
        raise ChangedMeanwhile


def _handed(to: User, why: str, by: User, at: datetime) -> dict[str, object]:
    return {
        "assignee": to,
        "handed_over_at": at,
        "handed_over_by": by,
        "handed_over_why": why,
    }


@transaction.atomic
def put_off_several(*, follow_ups: FollowUpQuerySet, until: date) -> list[Before]:
    """Give those that are open a new date; how they stood before."""
    before = _lock(follow_ups)
    moved = FollowUp.objects.filter(pk__in=[row.pk for row in before])
    moved.update(due_on=until, version=F("version") + 1)
    return before


@transaction.atomic
def hand_over_several(
    *, follow_ups: FollowUpQuerySet, to: User, why: str, by: User, at: datetime
) -> list[Before]:
    """Make those that are open, and not the colleague's already, the colleague's."""
    before = _lock(follow_ups.exclude(assignee=to))
    moved = FollowUp.objects.filter(pk__in=[row.pk for row in before])
    moved.update(**_handed(to, why, by, at), version=F("version") + 1)
    return before


def _lock(follow_ups: FollowUpQuerySet) -> list[Before]:
    rows = follow_ups.open().select_for_update().order_by("pk")
    return [Before.of(row) for row in rows]


@transaction.atomic
def put_back(before: Iterable[Before]) -> int:
    """Undo a move, of those that nobody touched since; how many."""
    return sum(_put_back(row) for row in before)


def _put_back(row: Before) -> int:
    untouched = FollowUp.objects.open().filter(pk=row.pk, version=row.version)
    values: dict[str, object] = {"due_on": row.due_on, "assignee": row.assignee_id}
    if untouched.exclude(assignee=row.assignee_id).exists():
        values |= {"handed_over_at": None, "handed_over_by": None, "handed_over_why": ""}
    return untouched.update(**values, version=F("version") + 1)


# --- after a contact ---------------------------------------------------------------------------


def who_took_part(one_to_one: OneToOne) -> set[int]:
    """Whoever wrote it down, and the colleagues who were there: their keys."""
    return {one_to_one.created_by_id, *one_to_one.colleagues.values_list("pk", flat=True)}


def start_again(*, one_to_one: OneToOne, on: date) -> None:
    """Follow-ups that repeat start again from this contact, for those of us who took part.

    One about a person waits for that person, one about an organization for anybody there. One that
    somebody reads who may not read of this contact stays: its new day would tell of it.
    """
    about = Q(contact__in=one_to_one.contacts.all()) | Q(
        contact=None, partner__in=one_to_one.partners.all()
    )
    theirs = FollowUp.objects.repeating().filter(about, assignee__in=who_took_part(one_to_one))
    for follow_up in theirs.filter(_no_wider_than(one_to_one)).order_by("pk"):
        due_on = on + timedelta(weeks=follow_up.repeat_weeks or 0)
        earlier = FollowUp.objects.repeating().filter(pk=follow_up.pk, due_on__lt=due_on)
        earlier.update(due_on=due_on, version=F("version") + 1)


def _no_wider_than(one_to_one: OneToOne) -> Q:
    """Follow-ups that nobody reads who may not read the conversation."""
    if one_to_one.readers == Readers.STAFF:
        return Q()
    written_there = Q(created_by__in=who_took_part(one_to_one))
    if one_to_one.is_private:
        return written_there & Q(readers=Readers.AUTHOR)
    by_leads = Q(created_by__in=User.objects.who_may(Ability.SEE_EQUITY_NOTES).values("pk"))
    return (written_there | by_leads) & Q(readers__in=[Readers.AUTHOR, Readers.EQUITY_TEAM])
