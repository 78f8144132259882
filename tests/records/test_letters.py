"""How wide words are before a browser has set them, and what is left of them in less room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.letters import SANS, SERIF, shortened, text_width, wrap


@pytest.mark.parametrize(
    ("text", "face", "expected"),
    [
        ("", SANS, 0),
        ("ab", SERIF, 10.64),
        ("ab", SANS, 12.48),
        ("é", SANS, 7.0),
        ("東京", SANS, 20.0),
    ],
)
def test_words_are_as_wide_as_their_letters(text, face, expected):
    assert text_width(text, size=10, face=face) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("Pay the speakers", 200, "Pay the speakers"),
        ("Pay the speakers", 90, "Pay the…"),
        ("Pay the speakers", 45, "Pay…"),
        ("Intergenerational", 60, "Interg…"),
        ("Intergenerational", 1, "I…"),
    ],
)
def test_what_does_not_fit_ends_in_whole_words_where_it_can(text, room, expected):
    assert shortened(text, width=room, size=14, face=SANS) == expected


@given(text=st.text(max_size=80), room=st.integers(30, 400))
def test_what_was_shortened_fits(text, room):
    assert text_width(shortened(text, width=room, size=14, face=SANS), size=14, face=SANS) <= room


@given(text=st.text(alphabet="ab -é東", max_size=60), room=st.integers(40, 200))
def test_wrapped_lines_fit_in_either_face(text, room):
    for face in (SERIF, SANS):
        lines = wrap(text, width=room, size=14, face=face)
        assert [x for x in lines if text_width(x, size=14, face=face) > room] == []
