"""What beat asks for and workers do. Every task may come twice, late, or on two machines."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from partnerships import services


@shared_task
def forget_old_drafts() -> None:
    services.forget_old_drafts(at=timezone.now())
