"""The line on a phone: time runs downward, ours to the left of the strands, theirs to the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from partnerships.figures.line import (
    APART,
    END,
    Dot,
    Drawing,
    End,
    Path,
    Scale,
    Text,
    binned,
    bows,
    r,
    radius,
    stretches,
)
from records.letters import SANS, shortened, wrap

if TYPE_CHECKING:
    from datetime import date

    from partnerships.figures.line import Bow, Story, Words

WIDTH = 288.0
TEXT, LEADING, BETWEEN = 13.5, 17.0, 9.0
TOP, BOTTOM = 30.0, 26.0
LANE = 40.0
PITCH = 9.0
GAP = 11.0
PER_DAY, SHORT, LONG = 0.7, 320.0, 580.0
MOST_LABELS = 9
MOST_LINES = 2
FARTHEST = 70.0  # from what a label names


@dataclass(frozen=True)
class Lane:
    """Arcs to the left of the strands (`out` is -1) or to their right (1)."""

    base: float
    out: int

    def mark(self, level: int) -> float:
        return r(self.base + self.out * APART * level)


@dataclass(frozen=True)
class Label:
    on: date
    at: float
    lines: tuple[str, ...]
    kind: str = ""
    rank: int = 0  # what is left out last has the lowest

    @property
    def height(self) -> float:
        return LEADING * (1 + len(self.lines)) + BETWEEN


def draw(story: Story, words: Words) -> Drawing:
    drawing = Drawing(WIDTH)
    days = (story.last_on - story.first_on).days
    bottom = TOP + min(max(days * PER_DAY, SHORT), LONG)
    y = Scale(story.first_on, story.last_on, TOP, bottom)
    ours, theirs = (bows(story.arcs_of(ours=side), y) for side in (True, False))
    drawing.left_out = len(story.arcs) - len(ours) - len(theirs)
    left = Lane(LANE + 4 if ours else 6, -1)
    strands = {person.key: r(left.base + GAP + PITCH * i) for i, person in enumerate(story.people)}
    right = Lane(left.base + 2 * GAP + PITCH * max(len(strands) - 1, 0), 1)
    edge = right.base + (LANE if theirs else 4)
    _arcs(drawing, ours, left)
    _arcs(drawing, theirs, right)
    _strands(drawing, story, y, strands, edge=edge)
    reached = _labels(drawing, _wanted(story, ours + theirs, words, y, edge), bottom, edge)
    _lanes(drawing, words, ours=left if ours else None, theirs=right if theirs else None)
    drawing.paths.insert(0, Path("today", f"M2 {y(story.today):g}H{edge:g}"))
    drawing.height = r(max(bottom, reached) + BOTTOM)
    return drawing


def _lanes(drawing: Drawing, words: Words, *, ours: Lane | None, theirs: Lane | None) -> None:
    if ours:
        drawing.texts.append(Text(0, 12, words.ours, "lane"))
    if theirs:
        drawing.texts.append(Text(max(theirs.base, 112), 12, words.theirs, "lane"))


def _arcs(drawing: Drawing, found: list[Bow], lane: Lane) -> None:
    for bow in found:
        x = lane.mark(bow.level)
        drawing.paths.append(Path(bow.arc.tone, _bow(bow, x, lane)))
        drawing.ends.append(End(x, bow.end, bow.arc.tone))


def _bow(bow: Bow, x: float, lane: Lane) -> str:
    peak = min(8 + 0.3 * (bow.end - bow.start), LANE - 4)
    wide = max(peak / 0.75, abs(x - lane.base) * 1.25 + 6)
    far = r(lane.base + lane.out * wide)
    reach = r(max((bow.end - bow.start) * 0.12, 1))
    return (
        f"M{lane.base:g} {bow.start:g}C{far:g} {r(bow.start + reach):g} "
        f"{far:g} {r(bow.end - reach):g} {r(x + lane.out * END):g} {bow.end:g}"
    )


# --- strands --------------------------------------------------------------------------------


def _strands(
    drawing: Drawing, story: Story, y: Scale, strands: dict[int, float], *, edge: float
) -> None:
    for person in story.people:
        x = strands[person.key]
        kind = "coming" if person.is_coming else "strand"
        joins, last = y(person.first_on), y(person.last_on)
        if not person.is_first:
            drawing.paths.append(Path(kind, _joining(x, joins, edge)))
        if person.is_coming:
            drawing.paths.append(Path(kind, f"M{x:g} {joins:g}V{y.end:g}"))
            continue
        for start, end, is_quiet in stretches(story, person, y):
            drawing.paths.append(Path("quiet" if is_quiet else kind, f"M{x:g} {start:g}V{end:g}"))
        if person.is_here and last < y.end:
            drawing.paths.append(Path("next", f"M{x:g} {last:g}V{y.end:g}"))
        places = [y(touch.on) for touch in story.touches if person.key in touch.people]
        drawing.dots += [
            Dot(x, place, radius(count, of=len(story.touches))) for place, count in binned(places)
        ]


def _begin(joins: float) -> float:
    return r(max(joins - 22, TOP - 8))


def _joining(x: float, joins: float, edge: float) -> str:
    begin = _begin(joins)
    bend = r((joins - begin) * 0.75)
    return f"M{edge:g} {begin:g}C{edge:g} {begin + bend:g} {x:g} {joins - bend:g} {x:g} {joins:g}"


# --- words ----------------------------------------------------------------------------------


def _wanted(story: Story, found: list[Bow], words: Words, y: Scale, edge: float) -> list[Label]:
    def label(on: date, text: str, kind: str = "", *, rank: int, at: float | None = None) -> Label:
        return Label(on, y(on) if at is None else at, _lines(text, edge), kind, rank)

    labels = [label(story.today, words.today, "strong", rank=0)]
    labels += [
        label(bow.arc.ends_on, bow.arc.label, bow.arc.tone, rank=1)
        for bow in found
        if bow.arc.label
    ]
    for person in story.people:
        if person.label:
            joins = y(person.first_on)
            at = joins if person.is_first or person.is_coming else _begin(joins)
            labels.append(label(person.first_on, person.label, rank=2, at=at))
    for quiet in story.quiet:
        middle = quiet.from_on + (quiet.to_on - quiet.from_on) / 2
        labels.append(label(middle, quiet.label, "quiet", rank=3))
    kept = sorted(labels, key=lambda one: one.rank)[:MOST_LABELS]
    return [replace(one, rank=number) for number, one in enumerate(kept)]


def _lines(text: str, edge: float) -> tuple[str, ...]:
    """In two lines at most, the second cut short where there is more to say."""
    room = WIDTH - edge - 20
    lines = wrap(text, width=room, size=TEXT, face=SANS)
    if len(lines) <= MOST_LINES:
        return lines
    rest = text.removeprefix(lines[0]).strip()
    return lines[0], shortened(rest, width=room, size=TEXT, face=SANS)


def _labels(drawing: Drawing, labels: list[Label], bottom: float, edge: float) -> float:
    """A date and a line or two each, none over another; how far down they reach."""
    start = edge + 20
    placed = _near(labels, bottom)
    for label, place in placed:
        drawing.texts.append(Text(start, r(place - 4), date_format(label.on, "N j, Y"), "date"))
        for number, words in enumerate(label.lines):
            line = r(place - 4 + LEADING * (number + 1))
            drawing.texts.append(Text(start, line, words, label.kind))
        drawing.paths.append(
            Path("lead", f"M{edge + 2:g} {label.at:g}L{start - 5:g} {r(place):g}")
        )
    return max((place + label.height - BETWEEN - LEADING for label, place in placed), default=0.0)


def _near(labels: list[Label], bottom: float) -> list[tuple[Label, float]]:
    """Where each stands; those that would stand far from what they name are left out."""
    labels = sorted(labels, key=lambda label: label.at)
    while True:
        placed = list(zip(labels, _spread(labels, top=TOP + 8, bottom=bottom), strict=True))
        far = [label for label, place in placed if label.rank and abs(place - label.at) > FARTHEST]
        if not far:
            return placed
        labels.remove(max(far, key=lambda label: label.rank))


def _spread(labels: list[Label], *, top: float, bottom: float) -> list[float]:
    """Each as near its own place as the others leave it, in order; the last may go lower."""
    places: list[float] = []
    free = top
    for label in labels:
        places.append(max(label.at, free))
        free = places[-1] + label.height
    limit = max(bottom, top + sum(label.height for label in labels[:-1]))
    for i in range(len(labels) - 1, -1, -1):
        places[i] = min(places[i], limit)
        limit = places[i] - (labels[i - 1].height if i else 0)
    return places
