"""How many promises were kept, for the whole department and in its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.functions import TruncQuarter
from django.utils.translation import gettext as _

from partnerships.models import PartnerOrganization, Promise
from partnerships.pages.promise import KeptLine, kept_line, kept_lines
from records.quarters import Quarter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from accounts.models import User

# Of fewer, one promise more or less changes the figure by more than anybody should read into it.
ENOUGH_FOR_A_RATE = 10
PARTNERS_SHOWN = 200


@dataclass(frozen=True)
class KeptRow:
    """One partner, program or quarter."""

    name: str
    ours: KeptLine
    theirs: KeptLine
    url: str = ""


@dataclass(frozen=True)
class KeptTable:
    title: str
    of: str  # what its rows are
    rows: Sequence[KeptRow]
    is_cut: bool = False


@dataclass(frozen=True)
class KeptRatePage:
    ours: KeptLine
    theirs: KeptLine
    tables: Sequence[KeptTable]

    @property
    def percent(self) -> int | None:
        """Of ours; None where there are too few to speak of a rate."""
        if self.ours.counted < ENOUGH_FOR_A_RATE:
            return None
        return round(100 * self.ours.on_time / self.ours.counted)


def kept_rate_page(*, reader: User, today: date) -> KeptRatePage:
    seen = Promise.objects.visible_to(reader)
    lines = kept_lines(seen, today=today, query={})
    due = seen.counted(today=today)
    tables = [
        _by_quarter(due.annotate(quarter=TruncQuarter("counts_on")), today),
        _by_program(due, today),
        _by_partner(due, today),
    ]
    return KeptRatePage(
        ours=lines[Promise.Direction.OURS],
        theirs=lines[Promise.Direction.THEIRS],
        tables=[table for table in tables if table.rows],
    )


def _by_quarter(due: Any, today: date) -> KeptTable:
    groups = due.kept_rate("quarter", "direction", today=today)
    return KeptTable(_("By quarter"), _("Quarter"), list(reversed(_rows(groups, _of_quarter))))


def _of_quarter(group: dict[str, Any]) -> tuple[str, dict[str, object], str]:
    quarter = Quarter.of(group["quarter"])
    return quarter.label, {"quarter": str(quarter)}, ""


def _by_program(due: Any, today: date) -> KeptTable:
    groups = due.kept_rate("program__name", "program", "direction", today=today)
    return KeptTable(_("By program"), _("Program"), _rows(groups, _of_program))


def _of_program(group: dict[str, Any]) -> tuple[str, dict[str, object], str]:
    if group["program"] is None:
        return _("No program"), {"program": "none"}, ""
    return group["program__name"], {"program": group["program"]}, ""


def _by_partner(due: Any, today: date) -> KeptTable:
    groups = due.kept_rate("partner__name", "partner", "direction", today=today)
    rows = _rows(groups[: 2 * PARTNERS_SHOWN + 2], _of_partner)
    return KeptTable(
        _("By organization"),
        _("Organization"),
        rows[:PARTNERS_SHOWN],
        is_cut=len(rows) > PARTNERS_SHOWN,
    )


def _of_partner(group: dict[str, Any]) -> tuple[str, dict[str, object], str]:
    if group["partner"] is None:
        return _("People, no organization"), {"partner": "none"}, ""
    page = PartnerOrganization(pk=group["partner"]).get_absolute_url()
    return group["partner__name"], {"partner": group["partner"]}, page


def _rows(
    groups: Iterable[dict[str, Any]],
    name: Callable[[dict[str, Any]], tuple[str, dict[str, object], str]],
) -> list[KeptRow]:
    """A row for each thing counted by, ours and theirs side by side, in the order they came."""
    parts: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for group in groups:
        title, query, url = name(group)
        key = (title, tuple(query.items()), url)
        parts.setdefault(key, {})[group["direction"]] = group
    return [
        KeptRow(
            name=title,
            url=url,
            ours=kept_line("ours", sides.get("ours", {}), dict(query)),
            theirs=kept_line("theirs", sides.get("theirs", {}), dict(query)),
        )
        for (title, query, url), sides in parts.items()
    ]
