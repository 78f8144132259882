from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnerships.forms.terms import TermsField


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("", []),
        (" , ,", []),
        ("Housing", ["Housing"]),
        (" transit ,  fair  fares,Transit", ["transit", "fair fares"]),
    ],
)
def test_a_line_becomes_terms_trimmed_and_none_twice(line, terms):
    assert TermsField().clean(line) == terms


@pytest.mark.parametrize("line", ["a" * 61, ",".join(str(n) for n in range(31))])
def test_too_long_or_too_many_are_refused_with_a_sentence(line):
    with pytest.raises(ValidationError):
        TermsField().clean(line)


@given(st.lists(st.text(alphabet="abcdef ", min_size=1, max_size=10), max_size=8))
def test_what_is_shown_again_is_what_was_kept(words):
    field = TermsField()
    kept = field.clean(",".join(words))

    assert field.clean(field.prepare_value(kept)) == kept
    assert not field.has_changed(kept, field.prepare_value(kept))
