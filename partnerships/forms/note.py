"""Free text about people: the field warns, and so does whoever saved it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy

from partnerships.sensitive import RULES_AS_JSON, found_in

RULES_AND_SCRIPT = Script(
    "js/sensitive.js", type="module", **{"data-sensitive-rules": RULES_AS_JSON}
)
MAY_BE_ASKED_FOR = gettext_lazy(
    "It may be asked for as a public record: leave out immigration status, health, and anything "
    "said in confidence."
)


class Warns:
    """Says, where words are typed, which of them to leave out; and again once they are saved.

    `records.forms.warnings_of` asks for the second.
    """

    def warns_of(self, text: str) -> dict[str, str]:
        return {rule.key: str(rule.says) for rule in found_in(text)}


class Note(Warns, forms.Textarea):
    """Several lines about people."""

    class Media:
        js = [RULES_AND_SCRIPT]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, "data-sensitive": "", **(attrs or {})})


class NoteLine(Warns, forms.TextInput):
    """One line, such as a promise."""

    class Media:
        js = [RULES_AND_SCRIPT]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-sensitive": "", **(attrs or {})})
