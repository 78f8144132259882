"""What a field says when it cannot take an answer: what is wrong, and what would be right.

Django's own sentences, and so those of every package, are replaced here, once, for each class of
field. A form says more only where it knows more.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LEFT_OUT = _("One of these cannot be chosen, or not any more. Choose from those that are listed.")
NO_ADDRESS = _("This is no web address. A good value: https://example.org.")

FIELDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.BooleanField: {"required": _("Tick this to go on.")},
    forms.ChoiceField: {
        "required": _("Choose one."),
        "invalid_choice": _("“%(value)s” cannot be chosen. Choose one of those that are listed."),
    },
    forms.ModelChoiceField: {
        "invalid_choice": _("This cannot be chosen, or not any more. Choose another."),
    },
    forms.MultipleChoiceField: {
        "required": _("Choose one at least."),
        "invalid_choice": LEFT_OUT,
        "invalid_list": LEFT_OUT,
    },
    forms.ModelMultipleChoiceField: {
        "required": _("Choose one at least."),
        "invalid_choice": LEFT_OUT,
        "invalid_list": LEFT_OUT,
        "invalid_pk_value": LEFT_OUT,
    },
    forms.IntegerField: {"invalid": _("Write a whole number, such as 12.")},
    forms.FloatField: {"invalid": _("Write a number, such as 2.5.")},
    forms.DecimalField: {"invalid": _("Write a number, such as 2.5.")},
    forms.DateField: {"invalid": _("There is no such day. A good value: 2026-03-31.")},
    forms.TimeField: {"invalid": _("There is no such time. A good value: 14:30.")},
    forms.DateTimeField: {
        "invalid": _("There is no such day and time. A good value: 2026-03-31 14:30.")
    },
    forms.URLField: {"invalid": NO_ADDRESS},
    forms.FileField: {"required": _("Choose a file."), "empty": _("This file is empty.")},
}

# A validator that takes no message of its own reads it from its class.
VALIDATORS: tuple[tuple[Any, Any], ...] = (
    (validators.EmailValidator, _("This is no e-mail address. A good value: rosa@example.org.")),
    (validators.URLValidator, NO_ADDRESS),
    (validators.validate_slug, _("Use letters from a to z, digits and hyphens: build-power.")),
    (
        validators.ProhibitNullCharactersValidator,
        _("A character in this cannot be kept. Type it rather than paste it."),
    ),
    (validators.MaxValueValidator, _("This can be %(limit_value)s at most.")),
    (validators.MinValueValidator, _("This must be %(limit_value)s at least.")),
    (
        validators.MaxLengthValidator,
        ngettext_lazy(
            "This has %(show_value)d characters. Shorten it to %(limit_value)d.",
            "This has %(show_value)d characters. Shorten it to %(limit_value)d.",
            "limit_value",
        ),
    ),
    (
        validators.MinLengthValidator,
        ngettext_lazy(
            "This has %(show_value)d characters. Write %(limit_value)d at least.",
            "This has %(show_value)d characters. Write %(limit_value)d at least.",
            "limit_value",
        ),
    ),
)

COLUMNS = {"unique": _("This is taken already. Choose another.")}


def use() -> None:
    """To be called before any form is declared: a field copies its words when it is made."""
    for field, sentences in FIELDS.items():
        own = vars(field).get("default_error_messages", {})
        field.default_error_messages = {**own, **sentences}
    for validator, sentence in VALIDATORS:
        validator.message = sentence
    models.Field.default_error_messages = {**models.Field.default_error_messages, **COLUMNS}
