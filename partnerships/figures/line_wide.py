"""The line on a desk: time runs from left to right, ours above the strands, theirs beneath."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from partnerships.figures.line import (
    APART,
    END,
    Dot,
    Drawing,
    End,
    Path,
    Placed,
    Scale,
    Text,
    Wish,
    binned,
    bows,
    in_rows,
    r,
    radius,
    stretches,
    width,
)
from records.letters import SANS, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnerships.figures.line import Bow, Person, Story, Words

WIDTH, LEFT, RIGHT = 880.0, 14.0, 866.0
TEXT, ROW = 14.5, 19.0
ROWS = 3
HEADER = 24.0
LANE = 78.0  # the room that arcs have
PITCH = 12.0  # from strand to strand
GAP = 13.0  # from the strands to where arcs begin
LONGEST_LABEL = 320.0
BEFORE_TICK = 72.0
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months from tick to tick


@dataclass(frozen=True)
class Lane:
    """Arcs above the strands (`up` is -1) or beneath them (1)."""

    base: float
    up: int

    def mark(self, level: int) -> float:
        return r(self.base + self.up * APART * level)


def draw(story: Story, words: Words) -> Drawing:
    drawing = Drawing(WIDTH)
    x = Scale(story.first_on, story.last_on, LEFT, RIGHT)
    ours, theirs = (bows(story.arcs_of(ours=side), x) for side in (True, False))
    drawing.left_out = len(story.arcs) - len(ours) - len(theirs)
    above = _rows(_named(ours), avoid=x(story.today))
    below = _rows([*_newcomers(story, x), *_named(theirs)], avoid=x(story.today))
    y = HEADER + ROW * _used(above)
    upper = Lane(y + (LANE if ours else 0), -1)
    _labels(drawing, above, near=y, lane=upper)
    strands = {
        person.key: r(upper.base + GAP + PITCH * i) for i, person in enumerate(story.people)
    }
    y = upper.base + 2 * GAP + PITCH * max(len(strands) - 1, 0)
    y += _quiet(drawing, story, x, y)
    lower, floor = Lane(y, 1), y + (LANE if theirs else GAP)
    _arcs(drawing, ours, upper)
    _arcs(drawing, theirs, lower)
    _labels(drawing, below, near=floor, lane=lower)
    _strands(drawing, story, x, strands, floor=floor)
    _frame(drawing, story, x, floor + ROW * _used(below), words=words)
    return drawing


def _rows(wishes: list[Wish], *, avoid: float) -> list[Placed]:
    return in_rows(wishes, rows=ROWS, size=TEXT, room=(LEFT, RIGHT), avoid=avoid)


def _used(placed: list[Placed]) -> int:
    return max((label.row + 1 for label in placed), default=0)


def _named(found: list[Bow]) -> list[Wish]:
    return [
        Wish(bow.end, _short(bow.arc.label), bow.arc.tone, bow.level)
        for bow in found
        if bow.arc.label
    ]


def _newcomers(story: Story, x: Scale) -> list[Wish]:
    """The last to come first: whoever came before has room to its left, a row further out."""
    return [
        Wish(_from(person, x), _short(person.label))
        for person in reversed(story.people)
        if person.label
    ]


def _short(label: str) -> str:
    return shortened(label, width=LONGEST_LABEL, size=TEXT, face=SANS)


def _from(person: Person, x: Scale) -> float:
    """Where a strand begins: a newcomer's comes from beneath."""
    joins = x(person.first_on)
    return joins if person.is_first else r(max(joins - 24, LEFT + 2))


# --- promises -------------------------------------------------------------------------------


def _arcs(drawing: Drawing, found: list[Bow], lane: Lane) -> None:
    for bow in found:
        y = lane.mark(bow.level)
        drawing.paths.append(Path(bow.arc.tone, _bow(bow, y, lane)))
        drawing.ends.append(End(bow.end, y, bow.arc.tone))


def _bow(bow: Bow, y: float, lane: Lane) -> str:
    """As high as it is long, within the lane; it reaches its mark from outside."""
    peak = min(12 + 0.4 * (bow.end - bow.start), LANE - 8)
    high = max(peak / 0.75, abs(y - lane.base) * 1.3 + 10)
    top = r(lane.base + lane.up * high)
    reach = r(max((bow.end - bow.start) * 0.12, 1))
    return (
        f"M{bow.start:g} {lane.base:g}C{r(bow.start + reach):g} {top:g} "
        f"{r(bow.end - reach):g} {top:g} {bow.end:g} {r(y + lane.up * END):g}"
    )


# --- strands --------------------------------------------------------------------------------


def _strands(
    drawing: Drawing, story: Story, x: Scale, strands: dict[int, float], *, floor: float
) -> None:
    for person in story.people:
        y = strands[person.key]
        joins, last = x(person.first_on), x(person.last_on)
        kind = "coming" if person.is_coming else "strand"
        if not person.is_first:
            begin = _from(person, x)
            bend = r((joins - begin) * 0.75)
            drawing.paths.append(
                Path(
                    kind,
                    f"M{begin:g} {floor:g}C{begin + bend:g} {floor:g} {joins - bend:g} {y:g} {joins:g} {y:g}",
                )
            )
        if person.is_coming:
            drawing.paths.append(Path(kind, f"M{joins:g} {y:g}H{RIGHT:g}"))
            continue
        for start, end, is_quiet in stretches(story, person, x):
            drawing.paths.append(Path("quiet" if is_quiet else kind, f"M{start:g} {y:g}H{end:g}"))
        if person.is_here and last < RIGHT:
            drawing.paths.append(Path("next", f"M{last:g} {y:g}H{RIGHT:g}"))
        places = [x(touch.on) for touch in story.touches if person.key in touch.people]
        drawing.dots += [
            Dot(place, y, radius(count, of=len(story.touches))) for place, count in binned(places)
        ]


def _quiet(drawing: Drawing, story: Story, x: Scale, y: float) -> float:
    """Words beneath the strands, where the stretch is longer than they are; the room they take."""
    room = 0.0
    for quiet in story.quiet:
        start, end = x(quiet.from_on), x(quiet.to_on)
        if end - start >= width(quiet.label, TEXT) + 60:
            middle = r((start + end) / 2)
            drawing.texts.append(Text(middle, r(y + 6), quiet.label, "quiet", "middle"))
            room = ROW - 4
    return room


# --- words ----------------------------------------------------------------------------------


def _labels(drawing: Drawing, labels: list[Placed], *, near: float, lane: Lane) -> None:
    """Rows away from `near`, where the lane ends; a thin line leads from each to what it names."""
    for label in labels:
        edge = near + lane.up * ROW * label.row
        y = edge + (14 if lane.up > 0 else -5)
        drawing.texts.append(Text(label.start, r(y), label.wish.text, label.wish.kind))
        level = label.wish.level
        to = near if level is None else lane.mark(level) + lane.up * (END + 3)
        if abs(edge - to) > 1:
            drawing.paths.append(Path("lead", f"M{label.wish.at:g} {r(edge):g}V{r(to):g}"))


def _frame(drawing: Drawing, story: Story, x: Scale, y: float, *, words: Words) -> None:
    today = x(story.today)
    offered = any(not arc.is_ours for arc in story.arcs)
    foot = r(y + (ROW + 8 if offered else 8))
    if any(arc.is_ours for arc in story.arcs):
        drawing.texts.append(Text(LEFT, 13, words.ours, "lane"))
    if offered:
        drawing.texts.append(Text(LEFT, r(foot - 5), words.theirs, "lane"))
    drawing.texts.append(Text(r(today + 6), 13, words.today, "strong"))
    drawing.paths.insert(0, Path("today", f"M{today:g} 4V{foot:g}"))
    drawing.paths.insert(0, Path("axis", f"M{LEFT:g} {foot:g}H{RIGHT:g}"))
    for on, text in _ticks(story, x):
        drawing.paths.append(Path("axis", f"M{x(on):g} {foot - 5:g}v10"))
        drawing.texts.append(
            Text(x(on), r(foot + 22), text, "date", "start" if x(on) <= LEFT else "middle")
        )
    drawing.height = r(foot + 30)


def _ticks(story: Story, x: Scale) -> Iterator[tuple[date, str]]:
    """The month it begins, then months or years with room between them."""
    first, last = story.first_on, story.last_on
    opening = date_format(first, "N Y")
    yield first, opening
    months = (RIGHT - LEFT) / max((last - first).days, 1) * 30.4
    step = next((step for step in STEPS if step * months >= BEFORE_TICK), STEPS[-1])
    free = LEFT + width(opening, TEXT) + 30
    for number in range(first.year * 12 + first.month, last.year * 12 + last.month):
        on = date(number // 12, number % 12 + 1, 1)
        if number % step == 0 and x(on) >= free and x(on) <= RIGHT - 24:
            yield on, str(on.year) if on.month == 1 else date_format(on, "N")
