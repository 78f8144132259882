"""The framework side by side: stems stand on the ground, names above them, roots along the seams."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from equity_portal.figures.framework import (
    Box,
    Figure,
    Layer,
    Line,
    Mark,
    Plant,
    Subject,
    leaf_places,
    lines_at,
    r,
    seams,
    soils,
    tone,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 1040
ROOMY = 6  # beside one another; more than this and letters are smaller
TEXT, CROWDED_TEXT, LEADING = 21.5, 17, 24
TOP = 26
ABOVE_LEAF, ABOVE_BUD = 36, 28  # from the tip to the last line of the name
BARE, PER_STEP = 82, 18
LAYER, BETWEEN = 40, 2
STONE_PITCH, STONE_EDGE = 32, 30
STONE_ANGLES = (-6, 10, -3, 6, -8)
NO_GROUND = 34
WAVE = 128


def draw(grows: Sequence[Subject], ground: Sequence[Subject], *, being_written: str) -> Figure:
    names = [wrapped(s, width=_column(grows) - 10, size=text_size(grows)) for s in grows]
    surface = TOP + max(map(_reach, names, grows), default=0)
    layers = _layers(ground, surface, being_written)
    tops = [surface, *(layer.hit.y + layer.hit.height + BETWEEN for layer in layers[:-1])]
    bottom = layers[-1].hit.y + layers[-1].hit.height + 1 if layers else surface + NO_GROUND
    plants = tuple(_plant(i, grows, names[i], surface) for i in range(len(grows)))
    return Figure(
        width=WIDTH,
        height=r(bottom),
        plants=plants,
        layers=layers,
        soils=soils(tops, width=WIDTH, height=bottom, wave=WAVE),
        roots="".join(_root(i, grows, tops, bottom) for i in range(len(grows))),
    )


def text_size(grows: Sequence[Subject]) -> float:
    return TEXT if len(grows) <= ROOMY else CROWDED_TEXT


def _column(grows: Sequence[Subject]) -> float:
    return WIDTH / max(len(grows), 4)


def _x(index: int, grows: Sequence[Subject]) -> float:
    return WIDTH / 2 + (index - (len(grows) - 1) / 2) * _column(grows)


def _length(subject: Subject) -> float:
    return BARE + PER_STEP * max(subject.steps_total, 1)


def _clearance(subject: Subject) -> float:
    return ABOVE_LEAF if subject.steps_total else ABOVE_BUD


def _reach(lines: Sequence[str], subject: Subject) -> float:
    """From the ground to the first line of the name."""
    return _length(subject) + _clearance(subject) + LEADING * (len(lines) - 1)


# --- what grows ---------------------------------------------------------------------------


def _plant(index: int, grows: Sequence[Subject], lines: Sequence[str], surface: float) -> Plant:
    subject, x = grows[index], _x(index, grows)
    sway = -1 if index % 2 else 1
    stem = Stem(x, surface, _length(subject), sway)
    first = surface - _reach(lines, subject)
    column = _column(grows)
    return Plant(
        subject=subject,
        hit=Box(
            r(x - column / 2 + 4),
            r(first - LEADING),
            r(column - 8),
            r(surface - first + LEADING - 4),
        ),
        stem=stem.path,
        lines=lines_at(lines, x=x, first=first, leading=LEADING),
        leaves=tuple(_leaves(stem, subject)),
        bud=None if subject.steps_total else Mark(*stem.at(1), angle=-8 * sway),
        aside=None,
    )


class Stem:
    """A curve from the ground to a tip, leaning one way and back."""

    def __init__(self, x: float, surface: float, length: float, sway: int) -> None:
        tip, bend = surface - length, length / 150
        self.points = (
            (x, surface + 2),
            (x - 9 * sway, surface - 48 * bend),
            (x + 7 * sway, tip + 62 * bend),
            (x - 5 * sway, tip),
        )
        self.sway = sway

    @property
    def path(self) -> str:
        start, *bends = (f"{r(x):g} {r(y):g}" for x, y in self.points)
        return f"M{start}C{' '.join(bends)}"

    def at(self, t: float) -> tuple[float, float]:
        weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
        x, y = (
            sum(weight * point[axis] for weight, point in zip(weights, self.points, strict=True))
            for axis in (0, 1)
        )
        return r(x), r(y)


def _leaves(stem: Stem, subject: Subject) -> Iterator[Mark]:
    """From the ground up: alternating sides, smaller and more upright toward the tip."""
    count = subject.steps_total
    for i, place in enumerate(leaf_places(count)):
        is_tip = i == count - 1
        is_left = (i % 2 == 0) == (stem.sway > 0)
        upright = 48 if is_tip else 4 + 24 * i / (count - 1)
        yield Mark(
            *stem.at(place),
            angle=r(upright if is_left else -upright),
            scale=round(0.9 if is_tip else 1.24 - 0.34 * i / (count - 1), 2),
            mirrored=is_left,
            is_taken=i < subject.steps_taken,
        )


# --- what it grows from -------------------------------------------------------------------


def _layers(ground: Sequence[Subject], surface: float, being_written: str) -> tuple[Layer, ...]:
    names = [wrapped(s, width=_room_beside_stones(s), size=TEXT) for s in ground]
    depths = [LAYER + LEADING * (len(lines) - 1) for lines in names]
    tops = accumulate(depths, initial=surface)
    return tuple(
        _layer(i, subject, lines, Box(3, r(top + 1), WIDTH - 6, r(depth - BETWEEN)), being_written)
        for i, (subject, lines, top, depth) in enumerate(
            zip(ground, names, tops, depths, strict=False)
        )
    )


def _room_beside_stones(subject: Subject) -> float:
    return WIDTH - 16 - 48 - max(subject.steps_total * STONE_PITCH, 130)


def _layer(
    index: int, subject: Subject, lines: Sequence[str], hit: Box, being_written: str
) -> Layer:
    middle = hit.y + hit.height / 2 + 1
    first = middle + 6 - LEADING * (len(lines) - 1) / 2
    count = subject.steps_total
    return Layer(
        subject=subject,
        tone=tone(index),
        hit=hit,
        lines=lines_at(lines, x=16, first=first, leading=LEADING),
        stones=tuple(
            Mark(
                WIDTH - STONE_EDGE - STONE_PITCH * (count - 1 - i),
                r(middle),
                angle=STONE_ANGLES[(count - 1 - i) % len(STONE_ANGLES)],
                is_taken=i < subject.steps_taken,
            )
            for i in range(count)
        ),
        aside=None if count else Line(WIDTH - 16, r(middle + 5), being_written),
    )


# --- roots run along the seams between the layers, where they fight no words ---------------


def _root(index: int, grows: Sequence[Subject], tops: Sequence[float], bottom: float) -> str:
    x, room = _x(index, grows), _column(grows) / 2 - 4
    within = list(seams(tops, bottom))[: 2 + (index % 3 > 0) + (index % 2)]
    sway = -1 if index % 2 else 1
    depth = within[-1][1] - within[0][0] - 14
    tap = (
        f"M{r(x):g} {r(tops[0]):g}c{-2 * sway} {r(depth * 0.3):g} "
        f"{5 * sway} {r(depth * 0.6):g} {-2 * sway} {r(depth):g}"
    )
    return tap + "".join(
        _laterals(index + level, x, seam + (1 if level == 0 else -10), room - 7 * level)
        for level, (seam, _) in enumerate(within)
    )


def _laterals(turn: int, x: float, start: float, room: float) -> str:
    """One rootlet each way along a seam, and now and then a twig of it."""
    paths = []
    for side in (-1, 1):
        length = min(66, room) - 5 * ((2 * turn + side) % 3)
        drop = 5.5 + (turn + side) % 3
        a, b, c, d, e = (r(side * length * part) for part in (0.22, 0.4, 0.62, 0.24, 0.38))
        paths.append(
            f"M{r(x):g} {r(start):g}c{a:g} -0.5 {b:g} {drop + 2:g} {c:g} {drop:g}"
            f"s{d:g} 1 {e:g} {drop - 2:g}"
        )
        if (turn + side) % 2:
            twig = f"M{r(x + side * length * 0.54):g} {r(start + drop + 0.4):g}"
            paths.append(f"{twig}c{4 * side} 3 {6 * side} 4 {13 * side} 8")
    return "".join(paths)
