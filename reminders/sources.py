"""What may owe somebody a message: the shape of a source, and the list from the settings.

A source lives in the app that owns its rule and joins by a dotted name in REMINDER_SOURCES.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.core.mail import EmailMultiAlternatives

    from reminders.models import Reminder


@dataclass(frozen=True)
class Owed:
    """One message that will be due: enough to write the row."""

    key: str
    subject_id: int
    recipient_id: int
    due_at: datetime


class NoLongerOwed(Exception):
    """What was planned need not be sent; the message says why, for the row."""


class Source(Protocol):
    name: str

    def plan(self, *, until: datetime) -> Iterator[Owed]:
        """Everything this source will owe by `until`, planned before or not."""

    def render(self, reminder: Reminder) -> EmailMultiAlternatives:
        """The mail, as things stand now. Raises NoLongerOwed."""


def sources() -> dict[str, Source]:
    """The sources that the settings name; importing one again costs a look into a table."""
    found: list[Source] = [import_string(name) for name in settings.REMINDER_SOURCES]
    return {source.name: source for source in found}
