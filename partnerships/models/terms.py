from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TERM = 60
MOST_TERMS = 30


def terms_field(label: str | _StrPromise, *, help_text: str | _StrPromise = "") -> ArrayField:
    """Short words of the department's own, such as tags: a list that grows as people type."""
    return ArrayField(
        models.CharField(max_length=LONGEST_TERM),
        verbose_name=label,
        size=MOST_TERMS,
        default=list,
        blank=True,
        help_text=help_text,
    )
