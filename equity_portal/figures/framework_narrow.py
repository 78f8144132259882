"""The framework on a phone: stems rise at the edge and each bends into the line of its name."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from equity_portal.figures.framework import (
    LEAF_LENGTH,
    Box,
    Figure,
    Layer,
    Line,
    Mark,
    Plant,
    Subject,
    lines_at,
    r,
    soils,
    tone,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 288
TEXT, LEADING = 15, 18
NAMES, NAMES_END = 64, WIDTH - 4
TOP = 20
FIRST_STEM, STEM_PITCH, STEMS_END = 8, 7, 50
ROW, BEFORE_GROUND = 54, 14
FIRST_LEAF, LEAF_PITCH, BUD = 70, 36, 96
LAYER, STONE_PITCH = 34, 23
STONE_ANGLES = (-8, 6, -3, 10, -6)
ROOT_DEPTHS = (104, 150, 176, 160, 136, 84, 122, 66)
NO_GROUND = 40
WAVE = 96


def draw(grows: Sequence[Subject], ground: Sequence[Subject], *, being_written: str) -> Figure:
    names = [_lines(subject) for subject in grows]
    rows = list(accumulate((ROW + LEADING * len(lines) for lines in names), initial=TOP))
    surface = rows[-1] + BEFORE_GROUND if grows else TOP
    layers = _layers(ground, surface, being_written)
    tops = [layer.hit.y - 3 for layer in layers] or [surface]
    bottom = layers[-1].hit.y + layers[-1].hit.height + 3 if layers else surface + NO_GROUND
    return Figure(
        width=WIDTH,
        height=r(bottom),
        plants=tuple(
            _plant(i, grows, names[i], rows[i], surface, being_written) for i in range(len(grows))
        ),
        layers=layers,
        soils=soils(tops, width=WIDTH, height=bottom, wave=WAVE),
        roots="".join(_root(i, _x(i, grows), surface, bottom) for i in range(len(grows))),
    )


def _lines(subject: Subject) -> tuple[str, ...]:
    return wrapped(subject, width=NAMES_END - NAMES, size=TEXT)


def _x(index: int, grows: Sequence[Subject]) -> float:
    pitch = min(STEM_PITCH, (STEMS_END - FIRST_STEM) / max(len(grows) - 1, 1))
    return r(FIRST_STEM + pitch * index)


def _plant(
    index: int,
    grows: Sequence[Subject],
    lines: Sequence[str],
    top: float,
    surface: float,
    being_written: str,
) -> Plant:
    subject, x = grows[index], _x(index, grows)
    branch = top + LEADING * len(lines) + 10
    leaves = _leaves(subject, branch)
    end = r(leaves[-1].x + 26 * leaves[-1].scale) if leaves else BUD
    return Plant(
        subject=subject,
        hit=Box(NAMES - 6, r(top), WIDTH - NAMES + 5, r(30 + LEADING * len(lines))),
        stem=f"M{x:g} {surface + 2:g}V{branch + 26:g}C{x:g} {branch + 6:g} {x + 10:g} {branch:g} {x + 30:g} {branch:g}H{end:g}",
        lines=lines_at(lines, x=NAMES, first=top + 15, leading=LEADING),
        leaves=leaves,
        bud=None if leaves else Mark(BUD, branch, angle=64),
        aside=None if leaves else Line(BUD + 26, branch + 4, being_written),
    )


def _leaves(subject: Subject, branch: float) -> tuple[Mark, ...]:
    """Along the branch; closer and smaller when there are many."""
    count = subject.steps_total
    room = WIDTH - FIRST_LEAF - LEAF_LENGTH
    pitch = min(LEAF_PITCH, room / (count - 1)) if count > 1 else LEAF_PITCH
    return tuple(
        Mark(
            r(FIRST_LEAF + pitch * i),
            branch,
            angle=20,
            scale=round(pitch / LEAF_PITCH, 2),
            is_taken=i < subject.steps_taken,
        )
        for i in range(count)
    )


def _layers(ground: Sequence[Subject], surface: float, being_written: str) -> tuple[Layer, ...]:
    names = [_lines(subject) for subject in ground]
    tops = accumulate((LAYER + LEADING * len(lines) for lines in names), initial=surface)
    return tuple(
        _layer(i, subject, lines, top, being_written)
        for i, (subject, lines, top) in enumerate(zip(ground, names, tops, strict=False))
    )


def _layer(
    index: int, subject: Subject, lines: Sequence[str], top: float, being_written: str
) -> Layer:
    stones = top + LEADING * len(lines) + 19
    return Layer(
        subject=subject,
        tone=tone(index),
        hit=Box(3, r(top + 3), WIDTH - 6, r(LAYER + LEADING * len(lines) - 6)),
        lines=lines_at(lines, x=NAMES, first=top + 23, leading=LEADING),
        stones=tuple(
            Mark(
                NAMES + 9 + STONE_PITCH * i,
                r(stones),
                angle=STONE_ANGLES[i % len(STONE_ANGLES)],
                scale=0.72,
                is_taken=i < subject.steps_taken,
            )
            for i in range(subject.steps_total)
        ),
        aside=None if subject.steps_total else Line(NAMES, r(stones + 4), being_written),
    )


def _root(index: int, x: float, surface: float, bottom: float) -> str:
    depth = min(ROOT_DEPTHS[index % len(ROOT_DEPTHS)], bottom - surface - 10)
    bend = (3, -5, 4, -3, 5, -4)[index % 6]
    return f"M{x:g} {r(surface):g}c{-bend} {r(depth * 0.4):g} {bend} {r(depth * 0.6):g} {bend // 2} {r(depth):g}"
