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
        planned = {row.key: row for row in Reminder.objects.filter(key__in=[r.key for r in rows])}
        fresh = [row for row in rows if row.key not in planned]
        Reminder.objects.bulk_create(fresh, ignore_conflicts=True)
        for row in rows:
            if row.key in planned:
                _keep_in_step(planned[row.key], due_at=row.due_at)
        new += len(fresh)
    return new


def _keep_in_step(planned: Reminder, *, due_at: datetime) -> None:
    """A message that waits follows its hour; one that was no longer owed is owed again."""
    if planned.was_no_longer_owed:
        Reminder.objects.filter(pk=planned.pk).owed_again(due_at=due_at)
    elif planned.due_at != due_at:
        Reminder.objects.waiting().filter(pk=planned.pk, attempts=0).update(
            due_at=due_at, try_at=due_at
        )


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
