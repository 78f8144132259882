"""The drawn framework: everything inside, nothing on top of anything else, each step once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest
from django.template import Context, Template

from equity_portal.figures import framework_narrow, framework_wide
from equity_portal.figures.framework import LEAF_LENGTH, Box, Figure, Subject, leaf_places, tone
from records.letters import text_width, wrap

GROWS = [
    ("Build Narrative Power", 4, 1),
    ("Mobilize Data and Research", 5, 3),
    ("Change Internal Policies and Practices", 4, 2),
    ("Pursue Policy Changes that Transform the Root Causes", 4, 0),
    ("Build Strategic Partnerships", 5, 4),
    ("Support Community Power-Building", 4, 2),
]
GROUND = [
    ("Build Internal Infrastructure and Capacity", 5, 3),
    ("Develop a Shared Analysis", 4, 1),
    ("Articulate Your Vision and Values", 3, 3),
    ("Develop Shared Leadership and Support Innovation", 4, 1),
]
ARRANGEMENTS = [framework_wide, framework_narrow]


def subjects(rows: list[tuple[str, int, int]]) -> list[Subject]:
    return [
        Subject(name, f"/{number}/", total, taken, name)
        for number, (name, total, taken) in enumerate(rows)
    ]


def draw(arrangement, grows=GROWS, ground=GROUND) -> Figure:
    return arrangement.draw(subjects(grows), subjects(ground), being_written="being written")


def letters_of(arrangement, figure: Figure, of: str) -> float:
    if arrangement is framework_narrow or of == "layer":
        return arrangement.TEXT
    return framework_wide.text_size([plant.subject for plant in figure.plants])


def label_box(lines, *, size: float, centred: bool) -> Box:
    width = max(text_width(line.text, size=size) for line in lines)
    left = lines[0].x - width / 2 if centred else lines[0].x
    return Box(left, lines[0].y - size * 0.75, width, lines[-1].y - lines[0].y + size)


def labels(arrangement, figure: Figure) -> list[Box]:
    is_wide = arrangement is framework_wide
    return [
        label_box(plant.lines, size=letters_of(arrangement, figure, "plant"), centred=is_wide)
        for plant in figure.plants
    ] + [
        label_box(layer.lines, size=letters_of(arrangement, figure, "layer"), centred=False)
        for layer in figure.layers
    ]


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def is_inside(box: Box, figure: Figure) -> bool:
    return (
        box.x >= 0
        and box.y >= 0
        and box.x + box.width <= figure.width
        and box.y + box.height <= figure.height
    )


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_each_step_is_one_leaf_or_stone_and_the_taken_ones_are_filled(arrangement):
    figure = draw(arrangement)

    leaves = [(len(p.leaves), sum(leaf.is_taken for leaf in p.leaves)) for p in figure.plants]
    stones = [(len(x.stones), sum(stone.is_taken for stone in x.stones)) for x in figure.layers]
    assert leaves == [(total, taken) for _, total, taken in GROWS]
    assert stones == [(total, taken) for _, total, taken in GROUND]


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_the_ten_names_fit_and_overlap_nothing(arrangement):
    figure = draw(arrangement)
    boxes = labels(arrangement, figure)

    assert [box for box in boxes if not is_inside(box, figure)] == []
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_names_are_whole_words_in_their_order(arrangement):
    figure = draw(arrangement)

    shown = [
        " ".join(line.text for line in part.lines) for part in (*figure.plants, *figure.layers)
    ]
    assert shown == [name for name, _, _ in [*GROWS, *GROUND]]


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("steps", [0, 1, 2, 9])
def test_leaves_and_links_stay_inside(arrangement, count, steps):
    rows = [("Change Internal Policies and Practices", steps, steps // 2)] * count

    figure = draw(arrangement, rows, rows)

    links = [part.hit for part in (*figure.plants, *figure.layers)]
    marks = [
        Box(
            mark.x - (LEAF_LENGTH * mark.scale if mark.mirrored else 0),
            mark.y - LEAF_LENGTH * mark.scale,
            LEAF_LENGTH * mark.scale,
            LEAF_LENGTH * mark.scale,
        )
        for plant in figure.plants
        for mark in (*plant.leaves, *filter(None, [plant.bud]))
    ]
    assert [box for box in (*links, *marks) if not is_inside(box, figure)] == []
    assert [pair for pair in combinations(links, 2) if overlap(*pair)] == []


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_links_are_large_enough_at_the_smallest_size_shown(arrangement):
    figure = draw(arrangement)
    # 42rem is where the wide arrangement begins; 18rem is a screen of 320 px without its edges.
    narrowest = {framework_wide: 42 * 16, framework_narrow: 18 * 16}[arrangement]

    scale = narrowest / figure.width
    hits = [part.hit for part in (*figure.plants, *figure.layers)]
    assert [hit for hit in hits if min(hit.width, hit.height) * scale < 24] == []


@pytest.mark.parametrize("count", [7, 8])
def test_crowded_plants_keep_to_their_columns(count):
    rows = [("Sustain Intergenerational Accountability", 3, 1)] * count

    figure = draw(framework_wide, rows)

    boxes = labels(framework_wide, figure)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_a_practice_being_written_has_a_bud_and_no_leaf(arrangement):
    figure = draw(
        arrangement, [("Build Narrative Power", 0, 0)], [("Develop a Shared Analysis", 0, 0)]
    )

    [plant], [layer] = figure.plants, figure.layers
    assert (plant.leaves, plant.bud is not None) == ((), True)
    assert (layer.stones, layer.aside.text) == ((), "being written")


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_nothing_that_grows_or_nothing_to_grow_from(arrangement):
    only_ground = draw(arrangement, [], GROUND)
    only_plants = draw(arrangement, GROWS, [])

    assert (len(only_ground.plants), len(only_ground.layers), only_ground.roots) == (0, 4, "")
    assert (len(only_plants.plants), len(only_plants.layers), len(only_plants.soils)) == (6, 0, 1)


def test_leaves_stand_at_even_steps_up_to_the_tip():
    assert leaf_places(0) == []
    assert leaf_places(1) == [1.0]
    assert leaf_places(5) == pytest.approx([0.27, 0.4525, 0.635, 0.8175, 1.0])


def test_leaves_alternate_sides_and_grow_smaller():
    [plant] = draw(framework_wide, [("Build Narrative Power", 5, 1)], []).plants

    assert [leaf.mirrored for leaf in plant.leaves] == [True, False, True, False, True]
    assert all(low.scale > high.scale for low, high in pairwise(plant.leaves))
    assert all(low.y > high.y for low, high in pairwise(plant.leaves))


def test_neighbouring_layers_differ_in_tone():
    assert [tone(index) for index in range(8)] == [1, 2, 3, 4, 3, 4, 3, 4]


def test_wrap_takes_the_fewest_lines_and_evens_them():
    width = text_width("Transform the", size=20) + 10

    assert wrap("Pursue Policy Changes that Transform the Root Causes", width=width, size=20) == (
        "Pursue Policy",
        "Changes that",
        "Transform the",
        "Root Causes",
    )


def test_wrap_breaks_a_word_that_is_too_long():
    narrow = text_width("Building", size=20) + 2

    assert wrap("Power-Building", width=narrow, size=20) == ("Power-", "Building")
    assert wrap("Intergenerational", width=narrow, size=20) == ("Interge-", "neratio-", "nal")


@dataclass
class Practice:
    name: str
    steps_total: int
    steps_taken: int
    url: str = "/practices/one/"


@dataclass
class Group:
    place: str
    practices: list[Practice]


def test_the_tag_names_each_link_and_counts_the_steps():
    groups = [
        Group("grows", [Practice("Build <Power>", 4, 1), Practice("Mobilize Data", 0, 0)]),
        Group("ground", [Practice("Develop a Shared Analysis", 1, 0)]),
    ]

    html = Template("{% load framework %}{% framework groups counts_url='/taken/' %}").render(
        Context({"groups": groups})
    )

    assert re.findall(r'<a[^>]* aria-label="([^"]*)"', html) == 2 * [
        "Build &lt;Power&gt;. 4 action steps, 1 taken up here.",
        "Mobilize Data. Being written.",
        "Develop a Shared Analysis. 1 action step, not taken up here yet.",
    ]
    assert re.findall(r'<a href="/taken/">(.*)</a>', html) == ["1 of 5 taken up"]
    assert re.findall(r"style=", html) == []
