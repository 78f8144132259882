from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from partnerships.models import FollowUp
from records.services import ChangedMeanwhile, once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import User


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


def complete_follow_up(*, follow_up: FollowUp, by: User, at: datetime) -> None:
    """Raises AlreadyCompleted."""
    still_open = FollowUp.objects.open().filter(pk=follow_up.pk)
    if not still_open.update(completed_at=at, completed_by=by, version=F("version") + 1):
        raise AlreadyCompleted


def reopen_follow_up(*, follow_up: FollowUp) -> None:
    """Raises NotCompleted."""
    done = FollowUp.objects.done().filter(pk=follow_up.pk)
    if not done.update(completed_at=None, completed_by=None, version=F("version") + 1):
        raise NotCompleted


def put_off_follow_up(*, follow_up: FollowUp, until: date, version: int) -> None:
    """Give an open follow-up a new date, over the version that was seen.

    Raises AlreadyCompleted, records.services.ChangedMeanwhile.
    """
    still_open = FollowUp.objects.open().filter(pk=follow_up.pk)
    if not still_open.exists():
        raise AlreadyCompleted
    seen = still_open.filter(version=version)
    if not seen.update(due_on=until, version=F("version") + 1):
        raise ChangedMeanwhile
