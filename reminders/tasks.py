"""What beat asks for and workers do. Every task may come twice, late, or on two machines."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pghistory
from celery import shared_task
from django.utils import timezone

from reminders import services
from reminders.models import Heartbeat

# Planned this far ahead, so that a row stands in the list before it is due.
HORIZON = timedelta(days=2)


@shared_task
def plan_reminders() -> None:
    now = timezone.now()
    services.plan(until=now + HORIZON, at=now)


@shared_task
def deliver_reminders() -> None:
    now = timezone.now()
    with pghistory.context(task="deliver_reminders"):
        services.deliver(due_by=now, at=now)


@shared_task
def carry_out_dispatch(*, dispatch_id: str) -> None:
    services.carry_out_dispatch(dispatch_id=UUID(dispatch_id), at=timezone.now())


@shared_task
def beat_heart() -> None:
    Heartbeat.objects.beat(at=timezone.now())
