from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reminders.models import Reminder
from reminders.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

BATCH = 500


def plan(*, until: datetime, at: datetime) -> int:
    """Write down every message that will be due by `until`; return how many are new.

    The unique key makes planning twice, or in two places at once, the same as planning once.
    """
    new = 0
    for rows in _batches(_rows(until=until, at=at)):
        keys = [row.key for row in rows]
        known = set(Reminder.objects.filter(key__in=keys).values_list("key", flat=True))
        fresh = [row for row in rows if row.key not in known]
        Reminder.objects.bulk_create(fresh, ignore_conflicts=True)
        new += len(fresh)
    return new


def _rows(*, until: datetime, at: datetime) -> Iterator[Reminder]:
    for source in sources().values():
        for owed in source.plan(until=until):
            yield Reminder(
                key=owed.key,
                source=source.name,
                subject_id=owed.subject_id,
                recipient_id=owed.recipient_id,
                due_at=owed.due_at,
                try_at=owed.due_at,
                planned_at=at,
            )


def _batches(rows: Iterator[Reminder]) -> Iterator[list[Reminder]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
