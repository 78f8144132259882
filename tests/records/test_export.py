"""A file for a spreadsheet holds the rows, and nothing that a spreadsheet would carry out."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.models import PartnerOrganization
from records.export import csv_file, safe_cell
from tests.factories import PartnerFactory

DANGEROUS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(
    st.one_of(words, st.builds(str.__add__, st.sampled_from([*DANGEROUS, " =", "\u00a0+"]), words))
)
def test_no_cell_begins_as_a_formula_and_no_word_is_lost(text):
    cell = safe_cell(text)

    assert not cell.lstrip(" \u00a0").startswith(DANGEROUS)
    assert cell in {text, f"'{text}"}


@given(words)
def test_what_was_written_is_read_again(text):
    line = io.StringIO()
    csv.writer(line).writerow([safe_cell(text), "end"])

    [[cell, end]] = csv.reader(io.StringIO(line.getvalue(), newline=""))

    assert (cell, end) == (safe_cell(text), "end")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        (-7, "'-7"),
        (date(2026, 3, 12), "2026-03-12"),
        (datetime(2026, 3, 12, 17, 0, tzinfo=UTC), "2026-03-12 12:00"),
        (["a", "b"], "a; b"),
        (["=1+1", "b"], "'=1+1; b"),
        ("555-0177", "555-0177"),
        ("+1 555 0177", "'+1 555 0177"),
    ],
)
def test_values_are_written_as_people_read_them(value, cell):
    assert safe_cell(value) == cell


@pytest.mark.django_db
def test_a_file_has_a_row_of_words_and_a_row_for_each():
    PartnerFactory(name="Añejo, “Sons”")
    PartnerFactory(name="=cmd|' /C calc'!A0")
    rows = PartnerOrganization.objects.order_by("name", "pk")

    answer = csv_file(rows, [("Name", lambda row: row.name), ("No.", lambda row: 1)], name="a")
    text = b"".join(answer).decode()

    assert text.startswith('\ufeff"Name","No."\r\n')
    assert sorted(text.removeprefix("\ufeff").splitlines()[1:]) == [
        '"\'=cmd|\' /C calc\'!A0","1"',
        '"Añejo, “Sons”","1"',
    ]
