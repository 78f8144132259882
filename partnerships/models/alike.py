"""Rows that are likely to be the same as one being typed: a name, an address, a number, a site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Func, Q, TextField, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

if TYPE_CHECKING:
    from typing import Self

# PostgreSQL's own measure is 0.3, which takes every two unions for the same.
ALIKE_ENOUGH = 0.5
SHORTEST_NAME = 3
# A number without its country, which is written or not.
DIGITS_COMPARED = 10
FEWEST_DIGITS = 7
# Many organizations live at these: only the whole address says which.
SHARED_HOSTS = {
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "sites.google.com",
    "twitter.com",
    "x.com",
    "youtube.com",
}

M = TypeVar("M", bound=models.Model)


class Digits(Func):
    """The last digits of a telephone number, however it is written."""

    template = rf"right(regexp_replace(%(expressions)s, '\D', '', 'g'), {DIGITS_COMPARED})"
    output_field = TextField()


class Host(Func):
    """Whose web site it is: https://www.Example.org/about is example.org."""

    template = "substring(lower(%(expressions)s) from '^[a-z]+://(?:www[.])?([^/:?#]+)')"
    output_field = TextField()


def digits_of(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return digits[-DIGITS_COMPARED:] if len(digits) >= FEWEST_DIGITS else ""


def host_of(website: str) -> str:
    """As `Host` says it; nothing where many share it, or where it is none."""
    address = website.strip().lower()
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return "" if host in SHARED_HOSTS or "." not in host else host


class AlikeQuerySet(models.QuerySet[M]):
    """For those that somebody might write down a second time."""

    def alike(
        self, *, name: str = "", email: str = "", phone: str = "", website: str = ""
    ) -> Self:
        """Likely the same, the likeliest first, each with `is_same_…` for what is equal."""
        rows = self.alias(lower_name=Lower("name")).annotate(
            similarity=TrigramSimilarity("lower_name", name.lower()),
            is_same_email=_equal(Lower("email"), email.strip().lower()),
            is_same_phone=_equal(Digits("phone"), digits_of(phone)),
            is_same_website=self._same_website(host_of(website)),
        )
        same = Q(is_same_email=True) | Q(is_same_phone=True) | Q(is_same_website=True)
        if len(name.strip()) >= SHORTEST_NAME:
            # The first uses the index, and is too kind; the second is exact.
            same |= Q(lower_name__trigram_similar=name.lower(), similarity__gte=ALIKE_ENOUGH)
        return rows.filter(same).order_by("-similarity", "pk")

    def _same_website(self, host: str) -> models.expressions.Combinable:
        has_one = any(field.name == "website" for field in self.model._meta.fields)
        return _equal(Host("website"), host if has_one else "")


def _equal(expression: Func, value: str) -> models.expressions.Combinable:
    """Whether they are equal; never, where nothing was typed, and then nothing is computed."""
    if not value:
        return Value(False)  # noqa: FBT003 (it is the value)
    return Exact(expression, Value(value))
