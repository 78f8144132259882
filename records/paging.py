"""Pages of a list, by the keys of the rows at their ends: as quick at the last as at the first.

A page never counts the rows and never skips any. It asks for those that come after, or before, the
row in the address, in the order the queryset states, which ends in "pk". Rows that come and go
meanwhile neither repeat nor hide others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Col, OrderBy
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest

ROWS_ON_A_PAGE = 25
AFTER, BEFORE = "after", "before"
# "page" was in the addresses of earlier lists, and is in people's bookmarks.
PLACES = (AFTER, BEFORE, "page")
LONGEST_PLACE = 1000

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """Some rows of a list; `previous` and `next` are query strings, empty where there is nothing."""

    rows: Sequence[M]
    previous: str = ""
    next: str = ""

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Key:
    """One of the things a list is sorted by."""

    name: str
    is_descending: bool
    nulls_last: bool
    may_be_null: bool
    field: models.Field

    def reversed(self) -> Key:
        return replace(self, is_descending=not self.is_descending, nulls_last=not self.nulls_last)

    def of(self, row: models.Model) -> Any:
        value: Any = row
        for part in self.name.split("__"):
            value = None if value is None else getattr(value, part)
        return value

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, *, inclusive: bool = False) -> Q:
        """What stands after `value` in this key's own order."""
        null = Q(**{f"{self.name}__isnull": True})
        if value is None:
            nothing = Q(pk__in=[])
            after = nothing if self.nulls_last else ~null
            return after | null if inclusive else after
        lookup = ("lt" if self.is_descending else "gt") + ("e" if inclusive else "")
        after = Q(**{f"{self.name}__{lookup}": value})
        return after | null if self.may_be_null and self.nulls_last else after

    def read(self, value: Any) -> Any:
        """A value from an address. Raises ValidationError or ValueError."""
        if value is None and self.may_be_null:
            return None
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise ValidationError("")
        # As text: a field that holds days cannot even refuse a number.
        clean = self.field.to_python(_possible(str(value)))
        if clean is None or (isinstance(clean, datetime) and timezone.is_naive(clean)):
            raise ValidationError("")
        return clean


def keyset_page(
    request: HttpRequest, rows: models.QuerySet[M], *, size: int = ROWS_ON_A_PAGE
) -> KeysetPage[M]:
    """The page of `rows` that the address asks for; the first where it cannot be read."""
    keys = keys_of(rows)
    for name in (AFTER, BEFORE):
        place = _place(request, name, keys)
        if place is None:
            continue
        found = _rows_from(rows, keys, place, size=size, back=name == BEFORE)
        if found:
            return _page(request, keys, found, size=size, came_by=name)
    return _page(request, keys, list(rows[: size + 1]), size=size, came_by="")


def keys_of(rows: models.QuerySet) -> list[Key]:
    """What the queryset is sorted by, read from its own order."""
    keys = [_key(rows, order) for order in rows.query.order_by]
    if not keys or keys[-1].name not in {"pk", rows.model._meta.pk.name}:
        message = f"The order of {rows.model.__name__} must end in pk: {rows.query.order_by}"
        raise ValueError(message)
    return keys


def _key(rows: models.QuerySet, order: Any) -> Key:
    if isinstance(order, F):
        order = order.asc()
    if not isinstance(order, OrderBy):
        text = str(order)
        order = F(text.removeprefix("-")).desc() if text.startswith("-") else F(text).asc()
    if not isinstance(order.expression, F):
        message = f"A page can be asked for by fields and annotations, not by {order.expression}"
        raise TypeError(message)
    name: str = order.expression.name  # type: ignore[attr-defined]  # the stubs leave it out
    resolved: Any = order.expression.resolve_expression(rows.query.clone())
    is_plain = isinstance(resolved, Col) and "__" not in name
    return Key(
        name=name,
        is_descending=order.descending,
        # PostgreSQL takes a missing value for larger than any other.
        nulls_last=bool(order.nulls_last or (not order.descending and not order.nulls_first)),
        may_be_null=not is_plain or resolved.target.null,
        field=resolved.output_field,
    )


def _rows_from(
    rows: models.QuerySet[M], keys: list[Key], place: list[Any], *, size: int, back: bool
) -> list[M]:
    """Up to one row more than fits, in the order of the list, nearest to the place."""
    if back:
        rows, keys = rows.reverse(), [key.reversed() for key in keys]
    found = list(rows.filter(_beyond(keys, place))[: size + 1])
    return found[::-1] if back else found


def _beyond(keys: list[Key], place: list[Any]) -> Q:
    """After the place in the order of all keys together.

    The first condition says nothing new; it lets PostgreSQL begin at the place in an index.
    """
    beyond, same = Q(), Q()
    for key, value in zip(keys, place, strict=True):
        beyond |= same & key.beyond(value)
        same &= key.same(value)
    return keys[0].beyond(place[0], inclusive=True) & beyond


def _page(
    request: HttpRequest, keys: list[Key], found: list[M], *, size: int, came_by: str
) -> KeysetPage[M]:
    is_more = len(found) > size
    if came_by == BEFORE:
        shown, is_before, is_after = found[-size:], is_more, True
    else:
        shown, is_before, is_after = found[:size], came_by == AFTER, is_more
    return KeysetPage(
        rows=shown,
        previous=_address(request, BEFORE, keys, shown[0]) if is_before else "",
        next=_address(request, AFTER, keys, shown[-1]) if is_after else "",
    )


# --- places in addresses --------------------------------------------------------------------


def without_place(request: HttpRequest) -> Any:
    """The query string's filters alone."""
    query = request.GET.copy()
    for name in PLACES:
        query.pop(name, None)
    return query


def _address(request: HttpRequest, name: str, keys: list[Key], row: models.Model) -> str:
    query = without_place(request)
    query[name] = json.dumps([_written(key.of(row)) for key in keys], ensure_ascii=False)
    return "?" + str(query.urlencode())


def _written(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def _place(request: HttpRequest, name: str, keys: list[Key]) -> list[Any] | None:
    """The values in the address, or None where they are not this list's."""
    text = request.GET.get(name, "")
    if not text or len(text) > LONGEST_PLACE:
        return None
    try:
        values = json.loads(text)
        if not isinstance(values, list) or len(values) != len(keys):
            return None
        return [key.read(value) for key, value in zip(keys, values, strict=True)]
    except (ValueError, ValidationError, OverflowError, RecursionError):
        return None


def _possible(text: str) -> str:
    """A text that PostgreSQL can hold. Raises ValueError."""
    if "\x00" in text:
        raise ValueError
    text.encode()
    return text
