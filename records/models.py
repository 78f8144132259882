"""What every record shares: a version, an archive, a submission that counts once, a search."""

from __future__ import annotations

import functools
import operator
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.search import (
    SearchQuery,
    SearchQueryCombinable,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

# Made by records' first migration: English stems, with accents folded.
SEARCH_CONFIG = "portal_english"
# Words as they are written, accents folded: a name may be "Will", which English leaves out,
# and one that is half typed has no stem.
NAME_CONFIG = "portal_names"
LONGEST_QUERY = 200
# What somebody does, or why, in one line.
LONGEST_LINE = 240
# As much as one note may hold. A page of print is about 3,000 characters.
LONGEST_NOTE = 20_000

M = TypeVar("M", bound=models.Model)


def both_or_neither(
    *, name: str, at: str, by: str, message: str | _StrPromise
) -> models.CheckConstraint:
    """Who and when travel together."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
        | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
        violation_error_message=message,
    )


def sane_date(*, name: str, field: str, message: str | _StrPromise) -> models.CheckConstraint:
    """No day that Python, PostgreSQL and time zones cannot all hold, nor a slip of the finger."""
    return _between(name, field, date(1990, 1, 1), date(2100, 1, 1), message)


def sane_moment(*, name: str, field: str, message: str | _StrPromise) -> models.CheckConstraint:
    """The same for a moment."""
    first, last = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    return _between(name, field, first, last, message)


def _between(
    name: str, field: str, first: date, last: date, message: str | _StrPromise
) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__gte": first, f"{field}__lt": last}),
        violation_error_message=message,
    )


class Versioned(models.Model):
    """A row that two people may edit: a save carries the version it was made over."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class SubmittedOnce(models.Model):
    """A row made by a form: the form's key makes a second post find the first one's row."""

    submission_key = models.UUIDField(_("submission key"), unique=True, null=True, editable=False)

    class Meta:
        abstract = True


class Archivable(models.Model):
    """A row that is put away rather than deleted, and can be brought back."""

    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("archived by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


def archive_is_whole(name: str) -> models.CheckConstraint:
    return both_or_neither(
        name=name,
        at="archived_at",
        by="archived_by",
        message=_("Say both when this was archived and by whom."),
    )


class ArchivableQuerySet(models.QuerySet[M]):
    def current(self) -> Self:
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)


def search_vector(
    *,
    titles: list[str],
    texts: list[str],
    names: Sequence[str] = (),
    terms: Sequence[str] = (),
) -> GeneratedField:
    """A stored column that PostgreSQL keeps in step; names and titles weigh more than texts.

    `terms` are array columns, such as tags.
    """
    weighed: list[tuple[Sequence[str | Func], str, str]] = [
        (names, "A", NAME_CONFIG),
        ([*names, *titles], "A", SEARCH_CONFIG),
        ([words_of(field) for field in terms], "B", SEARCH_CONFIG),
        (texts, "C", SEARCH_CONFIG),
    ]
    vectors = [_vector(fields, weight, config) for fields, weight, config in weighed if fields]
    return GeneratedField(
        expression=functools.reduce(operator.add, vectors),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def words_of(field: str) -> Func:
    """An array of texts as one text, by a function of records' own: PostgreSQL's is not immutable."""
    return Func(F(field), function="portal_words", output_field=TextField())


def _vector(fields: Sequence[str | Func], weight: str, config: str) -> SearchVector:
    return SearchVector(
        *(
            Coalesce(
                F(field) if isinstance(field, str) else field,
                Value(""),
                output_field=TextField(),
            )
            for field in fields
        ),
        config=config,
        weight=weight,
    )


class SearchableQuerySet(models.QuerySet[M]):
    """For models that keep their words in a `search_vector`."""

    def matching(self, text: str) -> Self:
        """Rows that say `text`, in the order they had; stems, accents and word beginnings count."""
        query = _query(text)
        return self.none() if query is None else self.filter(search_vector=query)

    def named(self, text: str) -> Self:
        """Rows whose name or title says `text`, whatever else they say."""
        words = _beginnings(text, weight="A")
        if not words:
            return self.none()
        by_stem = SearchQuery(words, config=SEARCH_CONFIG, search_type="raw")
        as_written = SearchQuery(words, config=NAME_CONFIG, search_type="raw")
        return self.filter(search_vector=by_stem | as_written)

    def search(self, text: str) -> Self:
        """The same as `matching`, best first."""
        return self.matching(text).ranked(text).order_by("-rank", "pk")

    def ranked(self, text: str) -> Self:
        """Adds `rank`: how well each row says `text`."""
        query = _query(text)
        rank = SearchRank(F("search_vector"), query) if query is not None else Value(0.0)
        return self.annotate(rank=rank)


def _query(text: str) -> SearchQuery | SearchQueryCombinable | None:
    text = _possible(text)
    beginnings = _beginnings(text)
    if not beginnings:
        return None
    if '"' in text or re.search(r"(^|\s)-\w", text):
        # The prefix form would lose what the person excluded or quoted.
        return SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")
    return SearchQuery(beginnings, config=SEARCH_CONFIG, search_type="raw") | SearchQuery(
        beginnings, config=NAME_CONFIG, search_type="raw"
    )


def _possible(text: str) -> str:
    return text.replace("\x00", " ")[:LONGEST_QUERY]


def _beginnings(text: str, *, weight: str = "") -> str:
    """The words of a query, each the beginning of one in the row; empty where there is none."""
    words = re.findall(r"\w+", _possible(text))
    return " & ".join(f"'{word}':*{weight}" for word in words)


class Headline(Func):
    """The part of a text that matched, its words between private marks.

    PostgreSQL does not escape HTML here; the template filter `marked` does, and
    then swaps the marks for <mark>.
    """

    function = "ts_headline"
    output_field = TextField()
    START, STOP = "\ue000", "\ue001"
    LENGTH = "MaxWords=30, MinWords=12"

    def __init__(self, field: str, text: str) -> None:
        options = f"StartSel={self.START}, StopSel={self.STOP}, {self.LENGTH}"
        query = _query(text) or SearchQuery("", config=SEARCH_CONFIG)
        config = Func(Value(SEARCH_CONFIG), template="%(expressions)s::regconfig")
        super().__init__(config, F(field), query, Value(options))
