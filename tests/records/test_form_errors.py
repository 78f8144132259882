"""What fields say, of ours and of the packages, is in the portal's voice."""

from __future__ import annotations

import pytest
from allauth.account.forms import ResetPasswordForm
from django import forms

from practices.admin import ResourceForm
from tests.factories import ProgramFactory


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (forms.CharField(), "", "Fill this in."),
        (forms.ChoiceField(choices=[("a", "A")]), "", "Choose one."),
        (
            forms.ChoiceField(choices=[("a", "A")]),
            "b",
            "“b” cannot be chosen. Choose one of those that are listed.",
        ),
        (forms.MultipleChoiceField(choices=[("a", "A")]), [], "Choose one at least."),
        (
            forms.MultipleChoiceField(choices=[("a", "A")]),
            ["b"],
            "One of these cannot be chosen, or not any more. Choose from those that are listed.",
        ),
        (forms.BooleanField(), "", "Tick this to go on."),
        (forms.IntegerField(), "1.5", "Write a whole number, such as 12."),
        (forms.IntegerField(max_value=104), "105", "This can be 104 at most."),
        (forms.IntegerField(min_value=1), "0", "This must be 1 at least."),
        (forms.DateField(), "2026-02-30", "There is no such day. A good value: 2026-03-31."),
        (forms.TimeField(), "25:00", "There is no such time. A good value: 14:30."),
        (
            forms.DateTimeField(),
            "31 February",
            "There is no such day and time. A good value: 2026-03-31 14:30.",
        ),
        (
            forms.EmailField(),
            "rosa",
            "This is no e-mail address. A good value: rosa@example.org.",
        ),
        (
            forms.URLField(assume_scheme="https"),
            "https://x y",
            "This is no web address. A good value: https://example.org.",
        ),
        (forms.SlugField(), "a b", "Use letters from a to z, digits and hyphens: build-power."),
        (forms.CharField(max_length=2), "abc", "This has 3 characters. Shorten it to 2."),
        (
            forms.CharField(),
            "a\x00",
            "A character in this cannot be kept. Type it rather than paste it.",
        ),
    ],
    ids=lambda part: type(part).__name__ if isinstance(part, forms.Field) else None,
)
def test_a_field_says_what_is_wrong_and_what_would_be_right(field, value, said):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)

    assert refused.value.messages == [said]


def test_forms_of_packages_and_of_the_admin_were_declared_afterwards(db):
    form = ResetPasswordForm({"email": ""})

    assert form.errors == {"email": ["Fill this in."]}
    assert ResourceForm.declared_fields["steps"].error_messages["required"] == (
        "Choose one at least."
    )


def test_a_name_that_is_taken_is_told_in_a_sentence(db):
    ProgramFactory(name="Maternal health")
    program = ProgramFactory.build(name="Maternal health")

    with pytest.raises(forms.ValidationError) as refused:
        program.validate_unique()

    assert refused.value.messages == ["This is taken already. Choose another."]
