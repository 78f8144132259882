"""Who changed what and when: the events that triggers wrote down, as people read them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from django.db import models
    from django.utils.functional import _StrPromise

    Namer = Callable[[Collection[Any], Any], dict[Any, str]]

LIMIT = 200
ADDED = gettext_lazy("%(name)s was added.")
CHANGED = gettext_lazy("What is written about %(name)s was changed.")
TAKEN_OUT = gettext_lazy("%(name)s was taken out.")


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """Something that happened; `by` is empty where nobody's name is known."""

    at: datetime
    by: str
    what: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class History:
    """The latest changes, newest first; `is_cut` when there were more."""

    changes: Sequence[Change]
    is_cut: bool


@dataclass(frozen=True)
class Part:
    """Rows that belong to a record: `of` points to it, `named` to whom or what they add."""

    model: type[models.Model]
    of: str
    named: str
    added: str | _StrPromise = ADDED
    changed: str | _StrPromise = CHANGED
    taken_out: str | _StrPromise = TAKEN_OUT


@dataclass(frozen=True)
class Moment:
    """What it means that a field was filled in, or emptied again."""

    done: str | _StrPromise
    undone: str | _StrPromise


ARCHIVING = Moment(
    gettext_lazy("This was archived."), gettext_lazy("This was brought back from the archive.")
)


def _all_versions(versions: QuerySet, _reader: Any) -> QuerySet:
    return versions


def _nothing(_record: Any) -> Collection[str]:
    return ()


@dataclass(frozen=True)
class Story:
    """What belongs to the history of one kind of record, and who may read how much of it."""

    parts: Sequence[Part] = ()
    moments: Mapping[str, Moment] = field(default_factory=dict)
    # Fields that no form edits and a reader wants to know of, such as the reason for a step.
    told: Collection[str] = ()
    # Which versions the reader could have read while they stood.
    readable: Callable[[QuerySet, Any], QuerySet] = _all_versions
    # Fields of this record whose values are shown nowhere.
    withheld: Callable[[Any], Collection[str]] = _nothing
    # How rows are called, where str() will not do; given keys and the reader.
    names: Mapping[type[models.Model], Namer] = field(default_factory=dict)


def history_of(record: models.Model, *, reader: Any, story: Story) -> History:
    """The record's history as far as `reader` may know it. A constant number of queries."""
    events = _own_events(record, reader, story)
    for part in story.parts:
        events += _part_events(record, part, reader, story)
    events.sort(key=lambda event: (event.at, event.part is None, event.row.pgh_id), reverse=True)
    teller = _Teller(record, story, _names(events[:LIMIT], reader, story))
    told = [teller.tell(event) for event in events[:LIMIT]]
    return History([change for change in told if change], is_cut=len(events) > LIMIT)


@dataclass(frozen=True)
class _Event:
    """One row of an event table, and the row before it where the reader may know that too."""

    row: Any
    before: Any
    part: Part | None = None

    @property
    def at(self) -> datetime:
        at: datetime = self.row.pgh_created_at
        return at

    @property
    def author(self) -> Any:
        context = self.row.pgh_context
        return context.metadata.get("user") if context else None

    @property
    def is_work_of_the_portal(self) -> bool:
        context = self.row.pgh_context
        return bool(context and context.metadata.get("task"))


# --- reading the event tables ----------------------------------------------------------------


def _own_events(record: Any, reader: Any, story: Story) -> list[_Event]:
    rows = _latest(story.readable(record.events.all(), reader))
    known = {row.pgh_id: row for row in rows}
    # A version that the reader could not have read is missing here, and so it is never shown
    # as what stood before.
    return [_Event(row, known.get(row.previous)) for row in rows]


def _part_events(record: Any, part: Part, reader: Any, story: Story) -> list[_Event]:
    manager = part.model.pgh_event_model.objects  # type: ignore[attr-defined]  # pghistory's
    rows = manager.filter(**{part.of: record.pk})
    if story.readable is not _all_versions:
        rows = _while_readable(rows, record, story.readable(record.events.all(), reader))
    rows = _latest(rows)
    known = {row.pgh_id: row for row in rows}
    missing = {row.previous for row in rows if row.pgh_label == "update"} - known.keys()
    known |= manager.in_bulk(missing)
    return [_Event(row, known.get(row.previous), part) for row in rows]


def _while_readable(rows: QuerySet, record: Any, versions: QuerySet) -> QuerySet:
    """Those that happened under a version the reader could have read.

    What was taken out was there before: that version must have been readable too.
    """
    of_record = record.events.order_by("-pgh_id").values("pgh_id")
    then = of_record.filter(pgh_created_at__lte=OuterRef("pgh_created_at"))
    earlier = of_record.filter(pgh_created_at__lt=OuterRef("pgh_created_at"))
    readable = versions.values("pgh_id")
    rows = rows.annotate(then=Subquery(then[:1]), earlier=Subquery(earlier[:1]))
    was_readable = Q(earlier__isnull=True) | Q(earlier__in=readable)
    return rows.filter(Q(then__in=readable) & (~Q(pgh_label="delete") | was_readable))


def _latest(rows: QuerySet) -> list[Any]:
    """The last of them, each with the key of the event before it; one more than is shown."""
    same = rows.model._default_manager.filter(pgh_obj=OuterRef("pgh_obj"))
    previous = same.filter(pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id").values("pgh_id")
    rows = rows.annotate(previous=Subquery(previous[:1])).select_related("pgh_context")
    return list(rows.order_by("-pgh_id")[: LIMIT + 1])


# --- names -----------------------------------------------------------------------------------


def _names(events: Iterable[_Event], reader: Any, story: Story) -> dict[Any, dict[Any, str]]:
    """What the reader knows each row by that the events point to: one query for each model."""
    keys: dict[Any, set[Any]] = defaultdict(set)
    for event in events:
        keys[get_user_model()].add(event.author)
        for relation in _relations(event.row):
            values = (getattr(row, relation.attname) for row in (event.row, event.before) if row)
            keys[relation.related_model].update(values)
    return {
        model: story.names.get(model, _namer(model))(values - {None}, reader)
        for model, values in keys.items()
    }


def _relations(row: Any) -> list[Any]:
    fields = row._meta.concrete_fields
    return [f for f in fields if f.is_relation and not f.name.startswith("pgh_")]


def _namer(model: Any) -> Namer:
    def names(keys: Collection[Any], reader: Any) -> dict[Any, str]:
        rows = model._default_manager.all()
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(reader)
        return {row.pk: str(row) for row in rows.filter(pk__in=keys)} if keys else {}

    return names


# --- telling -----------------------------------------------------------------------------------


class _Teller:
    def __init__(self, record: Any, story: Story, names: dict[Any, dict[Any, str]]) -> None:
        self.record = record
        self.moments = {"archived_at": ARCHIVING, **story.moments}
        self.told = story.told
        self.withheld = story.withheld(record)
        self.names = names

    def tell(self, event: _Event) -> Change | None:
        """The event in words; None where nothing in it is the reader's to know."""
        what, fields = self._part(event) if event.part else self._own(event)
        if not what:
            return None
        return Change(at=event.at, by=self._by(event), what=what, fields=tuple(fields))

    def _by(self, event: _Event) -> str:
        if event.is_work_of_the_portal:
            return _("The portal")
        return self.names.get(get_user_model(), {}).get(event.author, "")

    def _own(self, event: _Event) -> tuple[str, list[FieldChange]]:
        if event.row.pgh_label == "insert":
            return _("This was written down."), []
        if event.before is None:
            return _("You could read this from then on."), []
        fields = self._fields(event, skip=self.withheld)
        what = self._moment(event) or (_("This was changed.") if fields else "")
        return what, fields

    def _moment(self, event: _Event) -> str:
        for name, moment in self.moments.items():
            was, now = getattr(event.before, name, None), getattr(event.row, name, None)
            if (was is None) != (now is None):
                return str(moment.done if was is None else moment.undone)
        return ""

    def _part(self, event: _Event) -> tuple[str, list[FieldChange]]:
        part: Any = event.part
        named = part.model._meta.get_field(part.named)
        name = self._shown(named, getattr(event.row, named.attname))
        sentence = {"insert": part.added, "delete": part.taken_out}.get(
            event.row.pgh_label, part.changed
        )
        fields = self._fields(event, skip={part.of, part.named})
        return (sentence % {"name": name} if name else ""), fields

    def _fields(self, event: _Event, *, skip: Collection[str]) -> list[FieldChange]:
        if event.row.pgh_label == "delete":
            return []
        of_model = event.row.pgh_tracked_model._meta.concrete_fields
        tracked = {f.name for f in event.row._meta.concrete_fields}
        changes = []
        for f in of_model:
            # What nobody edits, such as the version, is told by a moment or not at all.
            if f.primary_key or f.name in skip or f.name not in tracked:
                continue
            if not f.editable and f.name not in self.told:
                continue
            was = getattr(event.before, f.attname) if event.before else None
            now = getattr(event.row, f.attname)
            before, after = self._shown(f, was), self._shown(f, now)
            if was != now and before is not None and after is not None and before != after:
                changes.append(FieldChange(str(capfirst(f.verbose_name)), before, after))
        return changes

    def _shown(self, f: Any, value: Any) -> str | None:
        """A value as a person reads it; None where it is not for this reader."""
        if value is None or value == "":
            return ""
        if f.is_relation:
            return self.names.get(f.related_model, {}).get(value)
        if f.flatchoices:
            return str(dict(f.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            value = timezone.localtime(value)
        return str(formats.localize(value))
