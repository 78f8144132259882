"""What a template asks about due dates and people. `today` is the reader's own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

register = template.Library()


@register.filter
def is_past(day: date) -> bool:
    return day < timezone.localdate()


@register.filter
def days_from_today(days: int) -> str:
    """The day that many days ahead, as a form sends it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@register.filter
def names(people: Iterable[Any]) -> str:
    """Their names in a line."""
    return ", ".join(person.name for person in people) or _("Somebody")
