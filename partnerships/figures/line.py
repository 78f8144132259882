"""A relationship as a line through time: each of us who knows them is a strand of it.

Pure geometry: a story goes in, paths and places of words come out, and
`templates/partnerships/line_drawing.html` writes them down. Two arrangements, since a figure for
a phone is another figure and not a smaller one. What does not fit is left out and counted, never
drawn over something else: the table beside the figure has everything. Sizes of letters are those
that static/css/line.css sets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from records.letters import SANS, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Tone = Literal["kept", "due", "late", "broken", "changed"]

SHORTEST = timedelta(days=28)  # a line never shows less than this before today
AHEAD = 0.2  # of the time behind us is what is shown of the time before us
END = 5  # half the width of the mark at an arc's end
APART = 2 * END + 3  # from one mark to the next
LEVELS = 4  # so many marks stand above one another
DOT = 5.0
CROWD = 80  # touches; with more, one alone is a smaller dot
BIN = 11.0  # touches nearer than this are one larger dot
# Who needs room first, where not everything can be drawn.
URGENCY: tuple[Tone, ...] = ("late", "due", "changed", "broken", "kept")


@dataclass(frozen=True)
class Person:
    """One of us who knows them: from when to when, and how they came in."""

    key: int
    first_on: date
    last_on: date
    label: str = ""
    is_here: bool = True
    is_first: bool = False
    is_coming: bool = False


@dataclass(frozen=True)
class Touch:
    on: date
    people: tuple[int, ...]


@dataclass(frozen=True)
class Arc:
    """A promise, from the day it was made to the day it was kept, or was or is due."""

    made_on: date
    ends_on: date
    is_ours: bool
    tone: Tone
    label: str = ""


@dataclass(frozen=True)
class Quiet:
    """A long time without a touch."""

    from_on: date
    to_on: date
    label: str


@dataclass(frozen=True)
class Story:
    today: date
    people: tuple[Person, ...]
    touches: tuple[Touch, ...]
    arcs: tuple[Arc, ...] = ()
    quiet: tuple[Quiet, ...] = ()

    @property
    def first_on(self) -> date:
        days = [touch.on for touch in self.touches] + [arc.made_on for arc in self.arcs]
        return min([*days, self.today - SHORTEST])

    @property
    def last_on(self) -> date:
        ahead = (self.today - self.first_on) * AHEAD
        planned = [arc.ends_on for arc in self.arcs]
        planned += [person.first_on for person in self.people if person.is_coming]
        latest = max([*planned, self.today + ahead / 2])
        return min(latest, self.today + ahead)

    def arcs_of(self, *, ours: bool) -> list[Arc]:
        """Those that need room first come first."""
        arcs = [arc for arc in self.arcs if arc.is_ours == ours]
        return sorted(
            arcs, key=lambda arc: (URGENCY.index(arc.tone), -arc.ends_on.toordinal(), arc.made_on)
        )


@dataclass(frozen=True)
class Words:
    """What the figure says of itself."""

    ours: str
    theirs: str
    today: str


# --- what is drawn ------------------------------------------------------------------------


@dataclass(frozen=True)
class Path:
    kind: str
    d: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class End:
    """The mark at the end of an arc; its shape says what its colour says."""

    x: float
    y: float
    tone: Tone

    @property
    def cross(self) -> str:
        x, y = self.x, self.y
        return f"M{x - END:g} {y - END:g}L{x + END:g} {y + END:g}M{x + END:g} {y - END:g}L{x - END:g} {y + END:g}"

    @property
    def bar(self) -> str:
        return f"M{self.x - END:g} {self.y:g}h{2 * END}"


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    kind: str = ""
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass
class Drawing:
    width: float
    height: float = 0
    paths: list[Path] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    left_out: int = 0  # promises for which there was no room


# --- what both arrangements need ------------------------------------------------------------


def r(number: float) -> float:
    return round(number, 1)


@dataclass(frozen=True)
class Scale:
    """From days to places along the line."""

    first_on: date
    last_on: date
    start: float
    end: float

    def __call__(self, on: date) -> float:
        whole = max((self.last_on - self.first_on).days, 1)
        part = min(max((on - self.first_on).days / whole, 0), 1)
        return r(self.start + part * (self.end - self.start))


def binned(places: Iterable[float]) -> Iterator[tuple[float, int]]:
    """Where dots stand, and how many touches each is."""
    group: list[float] = []
    for place in sorted(places):
        if group and place - group[0] >= BIN:
            yield r(sum(group) / len(group)), len(group)
            group = []
        group.append(place)
    if group:
        yield r(sum(group) / len(group)), len(group)


def radius(count: int, *, of: int) -> float:
    """Larger for many, so that a busy time shows in a long story too."""
    return DOT if of <= CROWD else min(DOT - 2 + count / 2, DOT)


def stretches(story: Story, person: Person, scale: Scale) -> Iterator[tuple[float, float, bool]]:
    """From this person's first touch to the last, quiet where all of us were."""
    here, last = scale(person.first_on), scale(person.last_on)
    for quiet in story.quiet:
        start, end = max(scale(quiet.from_on), here), min(scale(quiet.to_on), last)
        if end <= start:
            continue
        if start > here:
            yield here, start, False
        yield start, end, True
        here = end
    if last > here:
        yield here, last, False


def levels(places: Sequence[float]) -> list[int | None]:
    """How far out each mark stands so that none touches another; None where there is no room."""
    taken: list[list[float]] = [[] for _level in range(LEVELS)]
    found: list[int | None] = []
    for place in places:
        free = (
            number
            for number, others in enumerate(taken)
            if all(abs(place - other) >= APART for other in others)
        )
        level = next(free, None)
        if level is not None:
            taken[level].append(place)
        found.append(level)
    return found


def width(text: str, size: float) -> float:
    return text_width(text, size=size, face=SANS)


@dataclass(frozen=True)
class Bow:
    """An arc that has found its place: along the line, and how far out its mark stands."""

    arc: Arc
    start: float
    end: float
    level: int


def bows(arcs: Sequence[Arc], scale: Scale) -> list[Bow]:
    """Those for which there is room, the urgent ones first."""
    found = levels([scale(arc.ends_on) for arc in arcs])
    return [
        Bow(arc, scale(arc.made_on), scale(arc.ends_on), level)
        for arc, level in zip(arcs, found, strict=True)
        if level is not None
    ]


@dataclass(frozen=True)
class Wish:
    """A label that wants to stand at a place, which a thin line leads to."""

    at: float
    text: str
    kind: str = ""
    level: int | None = None  # of the mark it names; none for a strand


@dataclass(frozen=True)
class Placed:
    wish: Wish
    row: int
    start: float
    end: float


def in_rows(
    wishes: Iterable[Wish],
    *,
    rows: int,
    size: float,
    room: tuple[float, float],
    avoid: float,
) -> list[Placed]:
    """Labels in rows, the first being nearest to what they name.

    None touches another, the line that leads to another, or the line at `avoid`. One for which
    there is no room is not placed, so the first to wish has the best place.
    """
    wishes = list(wishes)
    placed: list[Placed] = []
    for wish in wishes:
        long = width(wish.text, size)
        # In the first row nothing but its place says what a strand's label names.
        beginnings = [other.at for other in wishes if other.level is None and other is not wish]
        candidates = (
            Placed(wish, row, start, r(start + long))
            for row in range(rows)
            for start in _starts(wish.at, long, room=room, avoid=avoid)
            if row or not any(start - 3 < at < start + long + 3 for at in beginnings)
        )
        fitting = (one for one in candidates if not any(_clash(one, other) for other in placed))
        if (found := next(fitting, None)) is not None:
            placed.append(found)
    return placed


def _starts(at: float, long: float, *, room: tuple[float, float], avoid: float) -> Iterator[float]:
    """Where a label may begin: at what it names, ending there, about it; beside what it avoids."""
    for start in (at - 4, at - long + 4, at - long / 2, avoid - long - 7, avoid + 7):
        within = r(min(max(start, room[0]), room[1] - long))
        is_near = within - 24 <= at <= within + long + 24
        if is_near and not within - 4 < avoid < within + long + 4:
            yield within


def _clash(one: Placed, other: Placed) -> bool:
    if one.row == other.row:
        return one.start < other.end + 12 and other.start < one.end + 12
    near, far = sorted((one, other), key=lambda label: label.row)
    return near.start - 5 < far.wish.at < near.end + 5
