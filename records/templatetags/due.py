"""What a template asks about dates that are due. `today` is the reader's own."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def is_past(day: date) -> bool:
    return day < timezone.localdate()


@register.filter
def days_from_today(days: int) -> str:
    """The day that many days ahead, as a form sends it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()
