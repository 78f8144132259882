from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import OneToOne, Promise
from records.spans import A_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from accounts.models import User
    from partnerships.models import Contact, PartnerOrganization, PromiseChange
    from partnerships.models.promise import PromiseQuerySet

# As many open promises as the page about one partner shows on either side.
SHOWN = 20


@dataclass(frozen=True)
class KeptLine:
    """How many promises of one side have come due, what became of them, and where they stand."""

    counted: int
    on_time: int
    broken: int
    query: Mapping[str, object]

    @property
    def is_any(self) -> bool:
        """Whether one has come due, or is broken before that."""
        return bool(self.counted or self.broken)

    @property
    def counted_url(self) -> str:
        return self._url("counted")

    @property
    def on_time_url(self) -> str:
        return self._url("on_time")

    @property
    def broken_url(self) -> str:
        return self._url("broken")

    def _url(self, state: str) -> str:
        return reverse("partnerships:promise-list", query={**self.query, "state": state})


@dataclass(frozen=True)
class PromisesOf:
    """What is open between us and one partner or person, as far as the reader may see."""

    ours: Sequence[Promise]
    theirs: Sequence[Promise]
    ours_kept: KeptLine
    theirs_kept: KeptLine

    @property
    def are_any(self) -> bool:
        """Whether anything is open, has come due or is broken."""
        kept = self.ours_kept.is_any or self.theirs_kept.is_any
        return bool(self.ours or self.theirs or kept)


def promises_of(
    *,
    reader: User,
    today: date,
    partner: PartnerOrganization | None = None,
    contact: Contact | None = None,
) -> PromisesOf:
    """Two questions: the open promises, soonest first, and how many were kept."""
    given = {"partner": partner, "contact": contact}
    about = {name: row.pk for name, row in given.items() if row}
    seen = Promise.objects.visible_to(reader).filter(**about)
    with_names = seen.open().select_related("owner", "partner", "contact")
    rows = list(with_names.order_by("due_on", "pk"))
    kept = kept_lines(seen, today=today, query=about)
    return PromisesOf(
        ours=[row for row in rows if row.is_ours][:SHOWN],
        theirs=[row for row in rows if not row.is_ours][:SHOWN],
        ours_kept=kept[Promise.Direction.OURS],
        theirs_kept=kept[Promise.Direction.THEIRS],
    )


def kept_lines(
    promises: PromiseQuerySet, *, today: date, query: Mapping[str, object]
) -> dict[str, KeptLine]:
    """For each side, in one question. `query` is what leads to these promises in the ledger."""
    found = {row["direction"]: row for row in promises.kept_rate("direction", today=today)}
    return {side: kept_line(side, found.get(side, {}), query) for side in Promise.Direction}


def kept_line(side: str, row: Mapping[str, int], query: Mapping[str, object]) -> KeptLine:
    return KeptLine(
        counted=row.get("counted", 0),
        on_time=row.get("on_time", 0),
        broken=row.get("broken", 0),
        query={**query, "direction": str(side)},
    )


@dataclass(frozen=True)
class PromiseSection:
    """Promises that stand alike."""

    title: str
    rows: Sequence[Promise]
    is_late: bool = False


def promise_sections(rows: Iterable[Promise], *, today: date) -> list[PromiseSection]:
    """Late, this week, later: what now, before what became of the others."""
    rows = list(rows)
    open_rows = [row for row in rows if row.is_open]
    soon = today + A_WEEK
    sections = [
        PromiseSection(_("Late"), [r for r in open_rows if r.due_on < today], is_late=True),
        PromiseSection(
            _("In the next seven days"), [r for r in open_rows if today <= r.due_on <= soon]
        ),
        PromiseSection(_("Later"), [r for r in open_rows if r.due_on > soon]),
        PromiseSection(_("Kept"), [r for r in rows if r.state == Promise.State.KEPT]),
        PromiseSection(_("Broken"), [r for r in rows if r.state == Promise.State.BROKEN]),
    ]
    return [section for section in sections if section.rows]


@dataclass(frozen=True)
class PromisePage:
    changes: Sequence[PromiseChange]
    one_to_one: OneToOne | None
    may_change: bool
    is_late: bool


def promise_page(promise: Promise, *, reader: User, today: date) -> PromisePage:
    """The one-to-one it came from is named only to those who may read it."""
    readable = OneToOne.objects.visible_to(reader).prefetch_related("contacts")
    changes = promise.changes.select_related("changed_by").order_by("changed_at", "pk")
    return PromisePage(
        changes=list(changes),
        one_to_one=readable.filter(promises=promise).first(),
        may_change=Promise.objects.changeable_by(reader).filter(pk=promise.pk).exists(),
        is_late=promise.is_late(today=today),
    )
