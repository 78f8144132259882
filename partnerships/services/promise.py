from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from partnerships.models import Promise, PromiseChange
from records.services import ChangedMeanwhile, once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import User


class AlreadySettled(Exception):
    """The promise was kept or broken before this press arrived."""


class NotSettled(Exception):
    """The promise is open already."""


@transaction.atomic
def make_promise(
    *,
    promise: Promise,
    named_readers: Iterable[User] = (),
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Promise:
    """Write a promise down; its date is the first one promised, and the one that counts."""

    def make() -> Promise:
        promise.first_due_on = promise.counts_on = promise.due_on
        promise.created_at, promise.created_by, promise.submission_key = at, by, key
        promise.save()
        promise.named_readers.set(named_readers)
        return promise

    return once(model=Promise, key=key, made_by={"created_by": by}, make=make)


def keep_promise(
    *, promise: Promise, on: date, evidence: str = "", by: User, at: datetime
) -> None:
    """Raises AlreadySettled."""
    _settle(promise, state=Promise.State.KEPT, on=on, evidence=evidence, by=by, at=at)


def break_promise(*, promise: Promise, on: date, reason: str, by: User, at: datetime) -> None:
    """Say that it will not be kept, and why. Raises AlreadySettled."""
    _settle(promise, state=Promise.State.BROKEN, on=on, reason=reason, by=by, at=at)


def _settle(
    promise: Promise, *, on: date, by: User, at: datetime, **said: Promise.State | str
) -> None:
    still_open = Promise.objects.open().filter(pk=promise.pk)
    settled = {"settled_on": on, "settled_at": at, "settled_by": by}
    if not still_open.update(**said, **settled, version=F("version") + 1):
        raise AlreadySettled


def reopen_promise(*, promise: Promise) -> None:
    """Take back that it was kept or broken; its history says so. Raises NotSettled."""
    settled = Promise.objects.filter(pk=promise.pk).exclude(state=Promise.State.OPEN)
    if not settled.update(
        state=Promise.State.OPEN,
        settled_on=None,
        settled_at=None,
        settled_by=None,
        evidence="",
        reason="",
        version=F("version") + 1,
    ):
        raise NotSettled


@transaction.atomic
def change_promise(
    *, promise: Promise, change: PromiseChange, version: int, by: User, at: datetime
) -> PromiseChange:
    """Give an open promise another date, with the reason, over the version that was seen.

    A date that the partner agreed to is the one that counts from now on. Raises AlreadySettled,
    records.services.ChangedMeanwhile.
    """
    latest = Promise.objects.select_for_update().get(pk=promise.pk)
    if not latest.is_open:
        raise AlreadySettled
    if latest.version != version:
        raise ChangedMeanwhile
    change.promise, change.from_due_on = latest, latest.due_on
    change.changed_at, change.changed_by = at, by
    change.save()
    counts_on = change.to_due_on if change.was_agreed else latest.counts_on
    Promise.objects.filter(pk=latest.pk).update(
        due_on=change.to_due_on, counts_on=counts_on, has_changed=True, version=F("version") + 1
    )
    return change
