"""The drawn line through time: everything inside, no word on another, each touch and promise in its place."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.figures import line_narrow, line_wide
from partnerships.figures.line import (
    APART,
    Arc,
    Dot,
    End,
    Person,
    Quiet,
    Scale,
    Story,
    Touch,
    Words,
    bows,
    levels,
    stretches,
    width,
)

TODAY = date(2026, 3, 12)
WORDS = Words("We promised", "They offered", "Today")
ARRANGEMENTS = [line_wide, line_narrow]
SIZE = {line_wide: line_wide.TEXT, line_narrow: line_narrow.TEXT}


def day(days_ago: int) -> date:
    return TODAY - timedelta(days=days_ago)


def person(key: int, first: int, last: int, **more) -> Person:
    return Person(key, day(first), day(last), f"Person {key} joins", **more)


def story(**more) -> Story:
    """Two of us, the second brought in later; three touches."""
    return Story(
        today=TODAY,
        people=(person(1, 400, 20, is_first=True), person(2, 200, 200)),
        touches=(Touch(day(400), (1,)), Touch(day(200), (1, 2)), Touch(day(20), (1,))),
        **more,
    )


def boxes(arrangement, drawing) -> list[tuple[float, float, float, float]]:
    """Where each word stands: left, top, right, bottom."""
    found = []
    for text in drawing.texts:
        long = width(text.text, SIZE[arrangement])
        left = {"start": text.x, "middle": text.x - long / 2, "end": text.x - long}[text.anchor]
        found.append((left, text.y - 10, left + long, text.y + 3))
    return found


def cross(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@st.composite
def stories(draw) -> Story:
    """Any relationship: a few of us, up to some hundred touches, promises in every state."""
    ago = st.integers(0, 4000)
    count = draw(st.integers(1, 5))
    touches = tuple(
        Touch(day(days), tuple(people))
        for days, people in draw(
            st.lists(
                st.tuples(ago, st.sets(st.integers(1, count), min_size=1)), min_size=3, max_size=60
            )
        )
    )
    begun = min(touch.on for touch in touches)
    people = tuple(
        Person(
            key=key,
            first_on=min(days),
            last_on=max(days),
            label=f"{draw(st.text(alphabet='Anna Bé-ト', max_size=40))} joins",
            is_here=draw(st.booleans()),
            is_first=min(days) == begun,
        )
        for key in range(1, count + 1)
        if (days := [touch.on for touch in touches if key in touch.people])
    )
    arcs = tuple(
        Arc(
            made_on=day(made),
            ends_on=day(made) + timedelta(days=long),
            is_ours=ours,
            tone=tone,
            label="Broken: send the forms for the speakers" if tone in {"late", "broken"} else "",
        )
        for made, long, ours, tone in draw(
            st.lists(
                st.tuples(
                    ago,
                    st.integers(0, 900),
                    st.booleans(),
                    st.sampled_from(["kept", "due", "late", "broken", "changed"]),
                ),
                max_size=40,
            )
        )
    )
    return Story(TODAY, people, touches, arcs)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@given(told=stories())
@settings(max_examples=60, deadline=None)
def test_no_word_stands_on_another_and_all_stay_inside(arrangement, told):
    drawing = arrangement.draw(told, WORDS)
    found = boxes(arrangement, drawing)

    assert [pair for pair in combinations(found, 2) if cross(*pair)] == []
    outside = [
        box
        for box in found
        if box[0] < -0.5 or box[1] < 0 or box[2] > drawing.width + 0.5 or box[3] > drawing.height
    ]
    assert outside == []


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@given(told=stories())
@settings(max_examples=60, deadline=None)
def test_marks_never_touch_and_what_has_no_room_is_counted(arrangement, told):
    drawing = arrangement.draw(told, WORDS)

    near = [
        (one, other)
        for one, other in combinations(drawing.ends, 2)
        if abs(one.x - other.x) < APART - 0.2 and abs(one.y - other.y) < APART - 0.2
    ]
    assert near == []
    assert len(drawing.ends) + drawing.left_out == len(told.arcs)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_each_touch_is_a_dot_on_the_strand_of_each_who_was_there(arrangement):
    drawing = arrangement.draw(story(), WORDS)

    assert len(drawing.dots) == 4
    across = "y" if arrangement is line_wide else "x"
    assert len({getattr(dot, across) for dot in drawing.dots}) == 2


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_touches_of_the_same_days_are_one_larger_dot_in_a_long_story(arrangement):
    touches = tuple(Touch(day(days), (1,)) for days in range(500))
    told = Story(TODAY, (person(1, 499, 0, is_first=True),), touches)

    drawing = arrangement.draw(told, WORDS)

    assert len(drawing.dots) < 80
    assert {dot.r for dot in drawing.dots} == {5.0}


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_only_what_went_wrong_and_who_came_are_named(arrangement):
    arcs = (
        Arc(day(390), day(300), is_ours=True, tone="kept"),
        Arc(day(200), day(120), is_ours=True, tone="broken", label="Broken: stipends"),
        Arc(day(60), day(-30), is_ours=False, tone="due"),
    )

    drawing = arrangement.draw(story(arcs=arcs), WORDS)

    named = {text.text for text in drawing.texts if text.kind not in {"date", "lane"}}
    assert named == {"Person 1 joins", "Person 2 joins", "Broken: stipends", "Today"}
    lanes = [text.text for text in drawing.texts if text.kind == "lane"]
    assert lanes == ["We promised", "They offered"]


def test_a_strand_joins_and_one_that_is_planned_is_only_hinted_at():
    told = story()
    coming = Person(-1, day(-14), day(-14), "Lee is to join", is_coming=True)
    told = Story(TODAY, (*told.people, coming), told.touches)

    drawing = line_wide.draw(told, WORDS)

    kinds = [path.kind for path in drawing.paths]
    assert (kinds.count("strand"), kinds.count("coming"), kinds.count("next")) == (2, 2, 2)


def test_whoever_left_has_no_strand_into_the_future():
    told = story()
    gone = (told.people[0], person(2, 200, 200, is_here=False))

    drawing = line_wide.draw(Story(TODAY, gone, told.touches), WORDS)

    assert [path.kind for path in drawing.paths].count("next") == 1


def test_quiet_is_where_all_of_us_were():
    told = story(quiet=(Quiet(day(200), day(20), "25 weeks quiet"),))
    scale = Scale(told.first_on, told.last_on, 0, 100)

    parts = [list(stretches(told, one, scale)) for one in told.people]

    assert [[is_quiet for _start, _end, is_quiet in part] for part in parts] == [[False, True], []]
    assert "25 weeks quiet" in [text.text for text in line_wide.draw(told, WORDS).texts]


def test_whoever_joins_soon_after_another_is_named_where_they_join():
    people = (
        person(1, 624, 20, is_first=True),
        person(2, 530, 10),
        person(3, 420, 420),
        person(4, 350, 350),
        person(5, 215, 215),
    )
    touches = tuple(Touch(one.first_on, (one.key,)) for one in people)

    drawing = line_wide.draw(Story(TODAY, people, touches), WORDS)

    named = [text.text for text in drawing.texts if "joins" in text.text]
    assert sorted(named) == [f"Person {key} joins" for key in range(1, 6)]


def test_a_promise_far_ahead_ends_at_the_edge():
    told = story(arcs=(Arc(day(20), day(-2000), is_ours=True, tone="due"),))

    drawing = line_wide.draw(told, WORDS)

    assert drawing.ends == [End(line_wide.RIGHT, drawing.ends[0].y, "due")]


def test_marks_at_one_place_stand_above_one_another_until_there_is_no_room():
    assert levels([50, 50, 55, 50, 50, 80]) == [0, 1, 2, 3, None, 0]


def test_the_urgent_ones_are_placed_first():
    same = [Arc(day(90), day(30), is_ours=True, tone="kept") for _ in range(5)]
    late = Arc(day(80), day(30), is_ours=True, tone="late")
    told = story(arcs=(*same, late))

    found = bows(told.arcs_of(ours=True), Scale(told.first_on, told.last_on, 0, 100))

    assert [bow.arc.tone for bow in found] == ["late", "kept", "kept", "kept"]


def test_a_short_story_shows_four_weeks_at_least():
    told = Story(
        TODAY, (person(1, 3, 1, is_first=True),), tuple(Touch(day(n), (1,)) for n in (3, 2, 1))
    )

    assert told.last_on - told.first_on >= timedelta(days=28)
    assert all(isinstance(dot, Dot) for dot in line_wide.draw(told, WORDS).dots)
