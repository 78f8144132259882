"""What beat asks for and workers do. Every task may come twice, late, or on two machines."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts import services


@shared_task
def forget_what_is_over() -> None:
    services.forget_what_is_over(at=timezone.now())
