"""The framework as a drawing: practices that grow, practices that are their ground.

Each action step is a leaf or a stone, filled once a team here has taken it up. Pure geometry:
subjects go in, numbers and paths come out, and `templates/components/framework.html` writes
them down. Two arrangements, since a figure for a phone is another figure and not a smaller one.
Letter sizes are those that static/css/figures.css sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from records.letters import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST_LEAF = 0.27  # along the stem, which is 0 at the ground and 1 at the tip
LEAF_LENGTH = 34
TONES = 4


@dataclass(frozen=True)
class Subject:
    """What the figure must know about a practice."""

    name: str
    url: str
    steps_total: int
    steps_taken: int
    label: str


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Mark:
    """A leaf, a bud or a stone: where it stands, how it leans, how large it is."""

    x: float
    y: float
    angle: float = 0
    scale: float = 1
    mirrored: bool = False
    is_taken: bool = False

    @property
    def transform(self) -> str:
        across = -self.scale if self.mirrored else self.scale
        return (
            f"translate({self.x:g} {self.y:g}) rotate({self.angle:g}) "
            f"scale({across:.3g} {self.scale:.3g})"
        )


@dataclass(frozen=True)
class Plant:
    subject: Subject
    hit: Box
    stem: str
    lines: tuple[Line, ...]
    leaves: tuple[Mark, ...]
    bud: Mark | None
    aside: Line | None


@dataclass(frozen=True)
class Layer:
    subject: Subject
    tone: int
    hit: Box
    lines: tuple[Line, ...]
    stones: tuple[Mark, ...]
    aside: Line | None


@dataclass(frozen=True)
class Soil:
    tone: int
    path: str


@dataclass(frozen=True)
class Figure:
    width: float
    height: float
    plants: tuple[Plant, ...]
    layers: tuple[Layer, ...]
    soils: tuple[Soil, ...]
    roots: str


def r(number: float) -> float:
    return round(number, 1)


def tone(index: int) -> int:
    """Deeper layers are darker; past the fourth, the two darkest take turns."""
    return index + 1 if index < TONES else TONES - 1 + index % 2


def leaf_places(count: int) -> list[float]:
    """Even steps along the stem, the last at its tip."""
    if count <= 1:
        return [1.0] * count
    return [FIRST_LEAF + (1 - FIRST_LEAF) * i / (count - 1) for i in range(count)]


def soils(tops: Sequence[float], *, width: float, height: float, wave: float) -> tuple[Soil, ...]:
    """Each layer to the bottom of the figure, so that the next one covers it."""
    return tuple(
        Soil(
            tone(i),
            _soil(
                top,
                bottom=height,
                width=width,
                wave=wave + 14 * (i * 2 % 5),
                shift=17 * (i * 3 % 7),
            ),
        )
        for i, top in enumerate(tops)
    )


def _soil(top: float, *, bottom: float, width: float, wave: float, shift: float) -> str:
    more = int((width + shift) / wave)
    humps = f"q{wave / 2:g} -6 {wave:g} 0" + f"t{wave:g} 0" * more
    return f"M{-shift:g} {top:g}{humps}V{bottom:g}H{-shift:g}Z"


def seams(tops: Sequence[float], bottom: float) -> Iterator[tuple[float, float]]:
    """Where each layer begins and ends."""
    return pairwise((*tops, bottom))


def lines_at(texts: Sequence[str], *, x: float, first: float, leading: float) -> tuple[Line, ...]:
    return tuple(Line(r(x), r(first + leading * i), text) for i, text in enumerate(texts))


def wrapped(subject: Subject, *, width: float, size: float) -> tuple[str, ...]:
    return wrap(subject.name, width=width, size=size)
