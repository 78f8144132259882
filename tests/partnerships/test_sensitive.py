from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.sensitive import RULES, RULES_AS_JSON, adds_up, found_in


def keys(text):
    return [rule.key for rule in found_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Her number is 123-45-6789.", ["tax-number"]),
        ("ssn 123 45 6789", ["tax-number"]),
        ("She gave me her social security number.", ["tax-number"]),
        ("Card 4111 1111 1111 1111, expires in May", ["card"]),
        ("account number: 000123456789", ["account"]),
        ("Routing 021000021", ["account"]),
        ("Two members are undocumented.", ["immigration"]),
        ("His visa expired in June.", ["immigration"]),
        ("Dijo que su primo está sin papeles.", ["immigration"]),
        ("She was diagnosed last year.", ["health"]),
        ("He has diabetes and cannot stand long.", ["health"]),
        ("Told me in confidence that the board is split.", ["confidence"]),
        ("Off the record: the chair will resign.", ["confidence"]),
        ("Please don’t tell anyone yet.", ["confidence"]),
        ("She is a registered Democrat.", ["politics"]),
        ("Undocumented, and off the record.", ["immigration", "confidence"]),
    ],
)
def test_what_should_not_be_recorded_is_noticed(text, found):
    assert keys(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Call her at 312-555-0199 or (312) 555-0199.",
        "+1 312 555 0199, after five",
        "Reached on 13125550199.",
        "We meet on 2026-03-12 at 14:30, room 123-45.",
        "Zip 60601-1234.",
        "The clinic is in confidence’s way.",
        "Members have grown in confidence since the rally.",
        "A gain in confidence, they said.",
        "She is confident that the council listens.",
        "The confidentiality agreement was signed by both sides.",
        "The diabetes program loses its grant; asthma rates in the district rose.",
        "They want the clinic to open on Saturdays.",
        "The immigration forum is on Thursday.",
        "The board voted for the ordinance.",
        "Social Security office hours should be printed in Spanish.",
        "Twelve papers were read; the account of the meeting is on the wall.",
        "We opened an account with the print shop in 2024.",
        "Order 1234 5678 9012 3456 arrived.",  # its digits do not add up as a card's
        "0000 0000 0000 0000",
    ],
)
def test_what_may_well_be_recorded_is_left_alone(text):
    assert keys(text) == []


@given(st.from_regex(r"\(?[2-9]\d{2}\)?[- .][2-9]\d{2}[- .]\d{4}", fullmatch=True))
def test_no_phone_number_is_taken_for_anything(number):
    assert keys(f"Call {number} on Monday") == []


@given(st.dates().map(lambda day: day.isoformat()))
def test_no_date_is_taken_for_anything(day):
    assert keys(f"By {day}.") == []


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at(text):
    assert isinstance(found_in(text), list)


@given(st.text(alphabet="0123456789", min_size=12, max_size=18))
def test_one_digit_more_makes_any_number_add_up(digits):
    fitting = [last for last in "0123456789" if adds_up(digits + last)]

    assert len(fitting) == 1 or set(digits) == {"0"}


def test_the_page_is_handed_every_rule():
    assert [rule["key"] for rule in json.loads(str(RULES_AS_JSON))] == [r.key for r in RULES]
