from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from partnerships.forms.newcomer import NEW
from partnerships.models import Contact, OneToOneDraft, PartnerOrganization
from records.widgets import is_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from accounts.models import User

# More than these, of the last 90 days, are an archive and no desk.
MOST_DRAFTS = 10
# Where a draft says something of its own; it is recognised by the first of these.
SAID = (
    "what_mattered",
    "next_step",
    "we_promised",
    "they_offered",
    "purpose",
    "connections",
    "asked_and_offered",
    "can_and_cannot",
    "access_needs",
    "issues",
    "place",
)


@dataclass(frozen=True)
class DraftLine:
    """A draft as its author recognises it: when, what or with whom, how it begins."""

    key: UUID
    saved_at: datetime
    whom: list[str]
    begins: str

    @property
    def url(self) -> str:
        return reverse("partnerships:one-to-one-create", query={"draft": str(self.key)})


def draft_of(author: User, *, key: str) -> OneToOneDraft | None:
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return OneToOneDraft.objects.of(author).kept().filter(key=wanted).first()


def drafts_of(author: User, *, apart_from: Any = None) -> list[DraftLine]:
    """What they began and have not saved, latest first; not the one that is open, nor an empty one."""
    drafts = OneToOneDraft.objects.of(author).kept().order_by("-saved_at", "-pk")
    rows = [row for row in drafts[: MOST_DRAFTS + 1] if str(row.key) != str(apart_from)]
    lines = draft_lines(author, rows[:MOST_DRAFTS])
    return [line for line in lines if line.whom or line.begins]


def draft_lines(author: User, drafts: Iterable[OneToOneDraft]) -> list[DraftLine]:
    rows = list(drafts)
    people = _names(Contact.objects.visible_to(author), rows, "contacts")
    places = _names(PartnerOrganization.objects.visible_to(author), rows, "partners")
    return [
        DraftLine(
            key=row.key,
            saved_at=row.saved_at,
            whom=row.words.get("title")
            or _whom(row, "contacts", people)
            or _whom(row, "partners", places),
            begins=_begins(row),
        )
        for row in rows
    ]


def _begins(draft: OneToOneDraft) -> str:
    said = (text.strip() for field in SAID for text in draft.words.get(field, []))
    return next((text for text in said if text), "")


def _names(rows: Any, drafts: list[OneToOneDraft], field: str) -> dict[str, str]:
    keys = {key for draft in drafts for key in draft.words.get(field, []) if is_key(key)}
    if not keys:
        return {}
    return {str(pk): name for pk, name in rows.filter(pk__in=keys).values_list("pk", "name")}


def _whom(draft: OneToOneDraft, field: str, names: dict[str, str]) -> list[str]:
    values = draft.words.get(field, [])
    new = {value: value.removeprefix(NEW) for value in values if value.startswith(NEW)}
    return [name for value in values if (name := (names | new).get(value))]
