"""The address that takes back a move of follow-ups: signed, for one person, for ten minutes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse

from partnerships.services import Before

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

SALT = "partnerships.follow-up-moved"
LASTS = timedelta(minutes=10)


class NotYours(Exception):
    """The address was not made by the portal, or for somebody else."""


class TooLate(Exception):
    """The ten minutes are over."""


def address(user: User, before: Iterable[Before]) -> str:
    rows = [[row.pk, row.version, row.due_on.isoformat(), row.assignee_id] for row in before]
    token = signing.dumps([user.pk, rows], salt=SALT, compress=True)
    return reverse("partnerships:follow-up-undo", args=[token])


def read(user: User, token: str) -> list[Before]:
    """How the rows stood. Raises NotYours, TooLate."""
    try:
        whose, rows = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired as expired:
        raise TooLate from expired
    except signing.BadSignature as wrong:
        raise NotYours from wrong
    if whose != user.pk:
        raise NotYours
    return [Before(pk, version, date.fromisoformat(day), who) for pk, version, day, who in rows]
