"""One search over every kind of record, each through the reader's own `visible_to`.

One question a kind: its rows are found, counted and cut short in the same statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, TextField, Value, Window
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from infrastructure.models import Workgroup
from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization
from practices.models import ActionStepRevision, PracticeRevision, Resource
from records.models import Headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

SHOWN = 8
SHORT = 24  # characters: dots would hardly take less room
MARKS = str.maketrans("", "", Headline.START + Headline.STOP)
# Markdown's own signs, and where a link leads: an excerpt is read, not pressed.
MARKDOWN = re.compile(
    r"^[ \t]*(?:[-+]|\d+\.)[ \t]+|\]\([^)\s]*\)?|[*`#>|\[\]]|(?<!\w)_|_(?!\w)", re.MULTILINE
)


class Excerpt(Headline):
    """The words around the match rather than those that follow it."""

    LENGTH = "MaxFragments=1, MaxWords=32, MinWords=16"


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
    title: str
    hits: Sequence[Hit]
    total: int
    list_url: str

    @property
    def is_cut_short(self) -> bool:
        return self.total > len(self.hits)


def find(text: str, *, reader: User | AnonymousUser) -> list[Kind]:
    """What the reader may see that says `text`, kind by kind; empty kinds are left out."""
    kinds = [
        _practices(text),
        _steps(text),
        _resources(text),
        _partners(text, reader),
        _contacts(text, reader),
        _one_to_ones(text, reader),
        _follow_ups(text, reader),
        _workgroups(text, reader),
    ]
    return [kind for kind in kinds if kind.hits]


def _practices(text: str) -> Kind:
    found = PracticeRevision.objects.readable().select_related("practice").search(text)
    rows = _top(found, text, "name", *PracticeRevision.WORDS[1:])
    hits = [Hit(row.practice.get_absolute_url(), row.headline, row.excerpt) for row in rows]
    return _kind("practices", _("Practices"), rows, hits)


def _steps(text: str) -> Kind:
    found = ActionStepRevision.objects.readable().select_related("step__practice").search(text)
    rows = _top(found, text, "title", *ActionStepRevision.WORDS[2:])
    hits = [Hit(row.step.get_absolute_url(), row.headline, row.excerpt) for row in rows]
    return _kind("steps", _("Action steps"), rows, hits)


def _resources(text: str) -> Kind:
    rows = _top(Resource.objects.published().search(text), text, "title", "annotation")
    hits = [
        Hit(row.url, row.headline, row.excerpt, note=f"{row.publisher}, {row.get_kind_display()}")
        for row in rows
    ]
    url = reverse("practices:resource-list", query={"q": text})
    return _kind("resources", _("Resources"), rows, hits, url)


def _partners(text: str, reader: User | AnonymousUser) -> Kind:
    seen = PartnerOrganization.objects.visible_to(reader).current()
    rows = _top(seen.search(text), text, "name", "about")
    hits = [
        Hit(row.get_absolute_url(), row.headline, row.excerpt, note=row.get_kind_display())
        for row in rows
    ]
    url = reverse("partnerships:partner-list", query={"q": text})
    return _kind("partners", _("Partner organizations"), rows, hits, url)


def _contacts(text: str, reader: User | AnonymousUser) -> Kind:
    seen = Contact.objects.visible_to(reader).current().prefetch_related("affiliations__partner")
    rows = _top(seen.search(text), text, "name")
    hits = [Hit(row.get_absolute_url(), row.headline, note=row.where()) for row in rows]
    url = reverse("partnerships:contact-list", query={"q": text})
    return _kind("contacts", _("Contacts"), rows, hits, url)


def _one_to_ones(text: str, reader: User | AnonymousUser) -> Kind:
    seen = OneToOne.objects.visible_to(reader).current().prefetch_related("contacts")
    rows = _top(seen.search(text), text, "what_mattered", "what_mattered")
    hits = [Hit(row.get_absolute_url(), excerpt=row.excerpt, record=row) for row in rows]
    url = reverse("partnerships:one-to-one-list", query={"q": text})
    return _kind("one-to-ones", _("One-to-ones"), rows, hits, url)


def _follow_ups(text: str, reader: User | AnonymousUser) -> Kind:
    seen = FollowUp.objects.visible_to(reader).current().select_related("assignee")
    rows = _top(seen.search(text), text, "what")
    hits = [
        Hit(row.get_absolute_url(), row.headline, note=row.assignee.name, record=row)
        for row in rows
    ]
    url = reverse("partnerships:follow-up-list", query={"q": text, "whose": "all"})
    return _kind("follow-ups", _("Follow-ups"), rows, hits, url)


def _workgroups(text: str, reader: User | AnonymousUser) -> Kind:
    seen = Workgroup.objects.visible_to(reader).current()
    rows = _top(seen.search(text), text, "name", "purpose")
    hits = [Hit(row.get_absolute_url(), row.headline, row.excerpt) for row in rows]
    url = reverse("infrastructure:workgroup-list", query={"q": text})
    return _kind("workgroups", _("Workgroups"), rows, hits, url)


def _top(found: Any, text: str, title: str, *texts: str) -> list[Any]:
    """The best rows, each with `headline`, `excerpt` and the `total` that was found."""
    pieces = [piece for name in texts for piece in (F(name), Value("\n"))]
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


def _kind(name: str, title: str, rows: list[Any], hits: list[Hit], list_url: str = "") -> Kind:
    return Kind(name, title, hits, rows[0].total if rows else 0, list_url)
