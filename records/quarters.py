"""Quarters of a calendar year, named by their months: fiscal years begin at different ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = 3
FORM = re.compile(r"(?P<year>[0-9]{4})-(?P<number>[1-4])", re.ASCII)
# The same as any day of the portal's; see records.models.sane_date.
FIRST_YEAR, LAST_YEAR = 1990, 2099


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def read(cls, text: str) -> Quarter | None:
        """A quarter as an address says it, such as 2026-1; None for anything else."""
        found = FORM.fullmatch(text)
        if not found or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
            return None
        return cls(int(found["year"]), int(found["number"]))

    @property
    def first_on(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def last_on(self) -> date:
        return self.plus(1).first_on - timedelta(days=1)

    def plus(self, quarters: int) -> Quarter:
        months = self.year * 4 + self.number - 1 + quarters
        return Quarter(months // 4, months % 4 + 1)

    @property
    def label(self) -> str:
        return _("%(first)s to %(last)s %(year)d") % {
            "first": date_format(self.first_on, "F"),
            "last": date_format(self.last_on, "F"),
            "year": self.year,
        }

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"
