from __future__ import annotations

from typing import TYPE_CHECKING

from reminders.models import Dispatch
from reminders.services.delivery import deliver
from reminders.services.planning import plan

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from accounts.models import User


def ask_for_dispatch(*, by: User | None, due_by: datetime, at: datetime) -> Dispatch:
    """Write down that what is due by `due_by` shall be sent now. The view enqueues the task."""
    return Dispatch.objects.create(asked_by=by, asked_at=at, due_at=due_by)


def carry_out_dispatch(*, dispatch_id: UUID, at: datetime) -> None:
    """Plan and deliver as beat would, and write down what came of it."""
    dispatch = Dispatch.objects.get(pk=dispatch_id)
    planned = plan(until=dispatch.due_at, at=at)
    done = deliver(due_by=dispatch.due_at, at=at)
    Dispatch.objects.filter(pk=dispatch_id).update(
        finished_at=at,
        planned=planned,
        sent=done.sent,
        set_aside=done.set_aside,
        failed=done.failed,
    )
