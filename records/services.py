"""Changes that any record may go through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.db.models import F

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from uuid import UUID

    from records.models import Archivable, Versioned

S = TypeVar("S", bound=models.Model)


class ChangedMeanwhile(Exception):
    """Somebody saved the record after this edit began; nothing was written."""


def save_version(*, record: Versioned, fields: Iterable[str]) -> None:
    """Write `fields` over the version that the record carries, and count it on.

    Raises ChangedMeanwhile.
    """
    values = {name: getattr(record, name) for name in fields}
    same = type(record)._base_manager.filter(pk=record.pk, version=record.version)
    if not same.update(**values, version=F("version") + 1):
        raise ChangedMeanwhile
    record.version += 1


class ArchivedAlready(Exception):
    """The record was archived, or brought back, before this press arrived."""


def archive(*, record: Archivable, by: models.Model, at: datetime) -> None:
    """Put a record away. Raises ArchivedAlready."""
    _move(record, was_archived=False, archived_at=at, archived_by=by)


def restore(*, record: Archivable) -> None:
    """Bring a record back. Raises ArchivedAlready."""
    _move(record, was_archived=True, archived_at=None, archived_by=None)


def _move(record: Any, *, was_archived: bool, **values: object) -> None:
    rows = type(record)._base_manager.filter(pk=record.pk, archived_at__isnull=not was_archived)
    if not rows.update(**values, version=F("version") + 1):
        raise ArchivedAlready


class NotYourForm(PermissionDenied):
    """The form's key stands for a row that somebody else made."""


def once(
    *, model: type[S], key: UUID | None, made_by: dict[str, object], make: Callable[[], S]
) -> S:
    """The row that a form's key stands for: made now, or found when the form came twice.

    `made_by` narrows the search to the person's own rows, so that a key is no way to read
    somebody else's. Call it inside a transaction. Raises NotYourForm.
    """
    if key is None:
        return make()
    lock_key(key)
    same = model._base_manager.filter(submission_key=key)
    if earlier := same.filter(**made_by).first():
        return earlier
    if same.exists():
        raise NotYourForm
    return make()


def lock_key(key: UUID) -> None:
    """Let two posts of one form stand in line until the first has committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int % 2**63])
