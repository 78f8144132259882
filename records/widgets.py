from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.widgets import Script
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable


# Digits that every 64-bit key fits in.
LONGEST_KEY = 18


class DateInput(forms.DateInput):
    """The browser's own date field, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


# What picker.js says. The words are here because this is where they are translated.
WORDS = {
    "chosen": _("Chosen"),
    "list": _("Suggestions"),
    "remove": _("Remove {name}"),
    "added": _("{name} is chosen."),
    "removed": _("{name} is no longer chosen."),
    "count": _("Suggestions: {count}."),
    "none": _("Nobody and nothing by that name."),
    "unchosen": _("“{text}” is not chosen yet. Choose it from the list, or clear the field."),
    "offline": _("Suggestions cannot be loaded now. What you chose is kept."),
}


class Picker(forms.SelectMultiple):
    """Choose rows by typing part of a name.

    It is a select with the chosen rows and a few likely ones; `picker.js` turns it into a text
    field with suggestions from `suggest`, an address that answers {"results": [{"value",
    "label", "note"}]}. Any row of the field's queryset is accepted, shown or not. Without an
    address every row stands in the page, and is found there.
    """

    LIKELY = 30

    class Media:
        css = {"all": ["css/picker.css"]}
        js = [Script("js/picker.js", type="module")]

    def __init__(self, *, suggest: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggest = reverse_lazy(suggest) if suggest else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-picker"] = str(self.suggest)
        for key, words in WORDS.items():
            context["widget"]["attrs"][f"data-says-{key}"] = str(words)
        return context


def is_key(text: str) -> bool:
    """Whether a text from outside may be asked for as a row's key."""
    return text.isdecimal() and len(text) <= LONGEST_KEY


class OnePicker(Picker):
    """The same for one row: choosing another takes the place of the first."""

    def __init__(self, *, suggest: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(suggest=suggest, attrs={"data-one": "", **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was chosen; several, which only a list without script can send, fit no row."""
        values = super().value_from_datadict(data, files, name)
        return ",".join(values) if isinstance(values, list) else values


class _Offered:
    """Rows chosen with a Picker: only the chosen and the likely are in the page."""

    queryset: Any
    widget: Any
    label_from_instance: Any

    def offer(self, chosen: Iterable[Any], likely: Any) -> None:
        """Put into the page what is chosen (keys) and the first of `likely` (a queryset)."""
        keys = [str(key) for key in chosen if is_key(str(key))]
        rows = [*self.queryset.filter(pk__in=keys)] if keys else []
        known = {row.pk for row in rows}
        rows += [row for row in likely[: Picker.LIKELY] if row.pk not in known]
        self.widget.choices = [(row.pk, self.label_from_instance(row)) for row in rows]


class PickerField(_Offered, forms.ModelMultipleChoiceField):
    """Several rows, each once."""

    widget: Picker

    def clean(self, value: Any) -> Any:
        keys = [str(key) for key in value or []]
        rows = super().clean(value)
        twice = next((row for row in rows if keys.count(str(row.pk)) > 1), None)
        if twice:
            raise forms.ValidationError(
                _("%(name)s is here twice. Take one of them out.")
                % {"name": self.label_from_instance(twice)}
            )
        return rows


class OnePickerField(_Offered, forms.ModelChoiceField):
    """One row, or none where it is not required."""

    widget: OnePicker
    default_error_messages = {"invalid_choice": _("Choose one of those in the portal.")}
