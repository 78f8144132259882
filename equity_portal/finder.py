"""One search over every kind of record, each through the reader's own `visible_to`.

One question a kind: its rows are found, counted and cut short in the same statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Func, TextField, Value, Window
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from equity_portal.templatetags.portal import spoken_date
from infrastructure.models import Workgroup
from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization, Promise
from practices.models import ActionStepRevision, PracticeRevision, Resource
from records.models import Headline
from records.templatetags.due import names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import _StrPromise

    from accounts.models import User

    Reader = User | AnonymousUser

SHOWN = 8
SUGGESTED = 3  # of each kind, while one types
SHORT = 24  # characters: dots would hardly take less room
MARKS = str.maketrans("", "", Headline.START + Headline.STOP)
# Markdown's own signs, and where a link leads: an excerpt is read, not pressed.
MARKDOWN = re.compile(
    r"^[ \t]*(?:[-+]|\d+\.)[ \t]+|\]\([^)\s]*\)?|[*`#>|\[\]]|(?<!\w)_|_(?!\w)", re.MULTILINE
)


def in_a_line(field: str) -> Func:
    """Words of an array, such as tags, with commas between them."""
    return Func(F(field), Value(", "), function="array_to_string", output_field=TextField())


class Excerpt(Headline):
    """The words around the match rather than those that follow it."""

    LENGTH = "MaxFragments=1, MaxWords=32, MinWords=16"


@dataclass(frozen=True)
class Asked:
    """What is looked for, by whom, and on which day."""

    text: str
    reader: Reader
    today: date


@dataclass(frozen=True)
class Hit:
    """A row that was found. Title and excerpt carry the search's marks."""

    url: str
    title: str = ""
    excerpt: str = ""
    note: str = ""
    record: Any = None


@dataclass(frozen=True)
class Kind:
    """What was found of one kind; `total` counts what the reader may see."""

    name: str
    title: str | _StrPromise
    hits: Sequence[Hit]
    total: int
    list_url: str

    @property
    def is_cut_short(self) -> bool:
        return self.total > len(self.hits)


@dataclass(frozen=True)
class Source:
    """One kind of record: how its rows are found, and what a hit says of them."""

    name: str
    title: str | _StrPromise
    found: Callable[[Asked], Any]  # best first, as far as the reader may see
    named_by: str
    texts: tuple[str | Func, ...] = ()
    url: Callable[[Any], str] = lambda row: str(row.get_absolute_url())
    called: Callable[[Any], str] = lambda row: str(row.headline)
    note: Callable[[Any], str] = lambda row: ""
    has_date: bool = False
    list_url: str = ""
    list_query: tuple[tuple[str, str], ...] = ()

    def kind(self, asked: Asked) -> Kind:
        rows = _top(self.found(asked), asked.text, self.named_by, *self.texts)
        hits = [
            Hit(
                self.url(row),
                self.called(row),
                row.excerpt,
                note=self.note(row),
                record=row if self.has_date else None,
            )
            for row in rows
        ]
        total = rows[0].total if rows else 0
        return Kind(self.name, self.title, hits, total, self._list_of(asked.text))

    def suggestions(self, asked: Asked) -> list[dict[str, str]]:
        """The best few by name alone; nothing is counted."""
        rows = self.found(asked).annotate(headline=F(self.named_by))[:SUGGESTED]
        return [
            {
                "kind": str(self.title),
                "title": self.called(row),
                "note": self.note(row) or spoken_date(getattr(row, "held_at", None)),
                "url": self.url(row),
            }
            for row in rows
        ]

    def _list_of(self, text: str) -> str:
        query = {"q": text, **dict(self.list_query)}
        return reverse(self.list_url, query=query) if self.list_url else ""


def find(text: str, *, reader: Reader, today: date) -> list[Kind]:
    """What the reader may see that says `text`, kind by kind; empty kinds are left out."""
    asked = Asked(text, reader, today)
    kinds = [source.kind(asked) for source in SOURCES]
    return [kind for kind in kinds if kind.hits]


def suggest(text: str, *, reader: Reader, today: date) -> list[dict[str, str]]:
    """What the search box offers while one types, through the same `visible_to`.

    What is called by the words comes before what only says them.
    """
    asked = Asked(text, reader, today)
    rows = [row for source in SOURCES for row in source.suggestions(asked)]
    begins = re.compile(r"\b" + re.escape(text.strip()), re.IGNORECASE)
    return sorted(rows, key=lambda row: not begins.search(row["title"]))


def _practices(asked: Asked) -> Any:
    return PracticeRevision.objects.readable().select_related("practice").search(asked.text)


def _steps(asked: Asked) -> Any:
    readable = ActionStepRevision.objects.readable().select_related("step__practice")
    return readable.search(asked.text)


def _resources(asked: Asked) -> Any:
    return Resource.objects.published().search(asked.text)


def _partners(asked: Asked) -> Any:
    return PartnerOrganization.objects.visible_to(asked.reader).current().search(asked.text)


def _contacts(asked: Asked) -> Any:
    seen = Contact.objects.visible_to(asked.reader).current()
    return seen.with_roles(on=asked.today).search(asked.text)


def _one_to_ones(asked: Asked) -> Any:
    """By its words, and by who was there."""
    seen = OneToOne.objects.visible_to(asked.reader).current()
    seen = seen.prefetch_related("contacts", "partners")
    return seen.about(asked.text, asked.reader)


def _with_whom(row: Any) -> str:
    return row.headline or names(row.contacts.all() or row.partners.all())


def _promises(asked: Asked) -> Any:
    seen = Promise.objects.visible_to(asked.reader).select_related("partner", "contact", "owner")
    return seen.search(asked.text)


def _follow_ups(asked: Asked) -> Any:
    seen = FollowUp.objects.visible_to(asked.reader).current().select_related("assignee")
    return seen.search(asked.text)


def _workgroups(asked: Asked) -> Any:
    return Workgroup.objects.visible_to(asked.reader).current().search(asked.text)


SOURCES = (
    Source(
        "practices",
        _("Practices"),
        _practices,
        "name",
        tuple(PracticeRevision.WORDS[1:]),
        url=lambda row: str(row.practice.get_absolute_url()),
    ),
    Source(
        "steps",
        _("Action steps"),
        _steps,
        "title",
        tuple(ActionStepRevision.WORDS[2:]),
        url=lambda row: str(row.step.get_absolute_url()),
    ),
    Source(
        "resources",
        _("Resources"),
        _resources,
        "title",
        ("annotation",),
        url=lambda row: str(row.url),
        note=lambda row: f"{row.publisher}, {row.get_kind_display()}",
        list_url="practices:resource-list",
    ),
    Source(
        "partners",
        _("Partner organizations"),
        _partners,
        "name",
        ("about", in_a_line("issue_areas"), in_a_line("communities"), in_a_line("tags")),
        note=lambda row: str(row.get_kind_display()),
        list_url="partnerships:partner-list",
    ),
    Source(
        "contacts",
        _("Contacts"),
        _contacts,
        "name",
        note=lambda row: str(row.where()),
        list_url="partnerships:contact-list",
    ),
    Source(
        "one-to-ones",
        _("One-to-ones"),
        _one_to_ones,
        "title",
        ("what_mattered", in_a_line("issues")),
        called=_with_whom,
        has_date=True,
        list_url="partnerships:one-to-one-list",
    ),
    Source(
        "promises",
        _("Promises"),
        _promises,
        "what",
        note=lambda row: f"{row.get_direction_display()}: {row.partner or row.contact}",
        has_date=True,
        list_url="partnerships:promise-list",
        list_query=(("state", "all"),),
    ),
    Source(
        "follow-ups",
        _("Follow-ups"),
        _follow_ups,
        "what",
        note=lambda row: str(row.assignee.name),
        has_date=True,
        list_url="partnerships:follow-up-list",
        list_query=(("whose", "all"),),
    ),
    Source(
        "workgroups",
        _("Workgroups"),
        _workgroups,
        "name",
        ("purpose",),
        list_url="infrastructure:workgroup-list",
    ),
)


def _top(found: Any, text: str, title: str, *texts: str | Func) -> list[Any]:
    """The best rows, each with `headline`, `excerpt` and the `total` that was found."""
    parts = [F(part) if isinstance(part, str) else part for part in texts]
    pieces = [piece for part in parts for piece in (part, Value("\n"))]
    all_of_it = Concat(*pieces, Value(""), output_field=TextField()) if pieces else Value("")
    rows = found.annotate(
        total=Window(Count("pk")),
        headline=Headline(title, text),
        all_of_it=all_of_it,
        excerpt=Excerpt("all_of_it", text),
    )
    best = list(rows[:SHOWN])
    for row in best:
        row.excerpt = _as_read(row.excerpt, of=row.all_of_it)
    return best


def _as_read(excerpt: str, *, of: str) -> str:
    """An excerpt in a line, with dots where the text went on."""
    part = _line(excerpt)
    if not part:
        return ""
    before, found, after = _line(of).partition(part.translate(MARKS))
    if not found:
        return part
    before = before if len(before) <= SHORT else "… "
    after = after if len(after) <= SHORT else " …"
    return f"{before}{part}{after}"


def _line(text: str) -> str:
    return " ".join(MARKDOWN.sub("", text).split())
