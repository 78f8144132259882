"""A list as a file for a spreadsheet: row by row, and harmless when it is opened there."""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db import models

# What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian
# keyboards, which some spreadsheets narrow first.
FORMULAS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
ROWS_AT_ONCE = 500
# Excel takes a file without it for Latin-1.
BYTE_ORDER_MARK = "\ufeff"

Column = tuple[str, "Callable[[Any], object]"]


def safe_cell(value: object) -> str:
    """A value as text that no spreadsheet will calculate: an apostrophe makes it words."""
    text = _as_text(value)
    is_formula = text.lstrip().startswith(FORMULAS) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if is_formula else text


def csv_file(
    rows: models.QuerySet, columns: Sequence[Column], *, name: str
) -> StreamingHttpResponse:
    """The whole of `rows` as a download, written while it is read."""
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.csv"
    # What is written while the answer goes out is written after the middleware has left.
    lines = _lines(rows, columns, zone=timezone.get_current_timezone())
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
        },
    )


class _Echo:
    """What the csv module writes to, and we hand on."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: models.QuerySet, columns: Sequence[Column], *, zone: Any) -> Iterator[str]:
    # A spreadsheet that parts cells at semicolons must not find one within a cell.
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow([safe_cell(title) for title, _value in columns])
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        with timezone.override(zone):
            cells = [safe_cell(value(row)) for _title, value in columns]
        yield writer.writerow(cells)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(_as_text(item) for item in value)
    return str(value)
