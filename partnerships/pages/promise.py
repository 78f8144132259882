from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from partnerships.models import Promise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from partnerships.models import Contact, PartnerOrganization
    from partnerships.models.promise import PromiseQuerySet

# As many open promises as the page about one partner shows on either side.
SHOWN = 20


@dataclass(frozen=True)
class KeptLine:
    """How many promises of one side have come due, what became of them, and where they stand."""

    counted: int
    on_time: int
    broken: int
    query: dict[str, object]

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


def promises_of(
    *,
    reader: User,
    today: date,
    partner: PartnerOrganization | None = None,
    contact: Contact | None = None,
) -> PromisesOf:
    """Two questions: the open promises, soonest first, and how many were kept."""
    about = {"partner": partner} if partner else {"contact": contact}
    seen = Promise.objects.visible_to(reader).filter(**about)
    rows = list(seen.open().select_related("owner", "partner", "contact").order_by("due_on", "pk"))
    query = {name: row.pk for name, row in about.items() if row}
    kept = kept_lines(seen, today=today, query=query)
    return PromisesOf(
        ours=[row for row in rows if row.is_ours][:SHOWN],
        theirs=[row for row in rows if not row.is_ours][:SHOWN],
        ours_kept=kept[Promise.Direction.OURS],
        theirs_kept=kept[Promise.Direction.THEIRS],
    )


def kept_lines(
    promises: PromiseQuerySet, *, today: date, query: dict[str, object]
) -> dict[str, KeptLine]:
    """For each side, in one question. `query` is what leads to these promises in the ledger."""
    found = {row["direction"]: row for row in promises.kept_rate("direction", today=today)}
    return {
        direction: KeptLine(
            counted=found.get(direction, {}).get("counted", 0),
            on_time=found.get(direction, {}).get("on_time", 0),
            broken=found.get(direction, {}).get("broken", 0),
            query={**query, "direction": str(direction)},
        )
        for direction in Promise.Direction
    }
