"""Free text about people: the field warns, and so does whoever saved it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.sensitive import RULES_AS_JSON, found_in

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES_AND_SCRIPT = Script(
    "js/sensitive.js", type="module", **{"data-sensitive-rules": RULES_AS_JSON}
)
# What `static/js/sensitive.js` has said at a field, so that it is not said again after saving.
WARNED = "warned"

MAY_BE_ASKED_FOR = gettext_lazy(
    "It may be asked for as a public record: leave out immigration status, health, and anything "
    "said in confidence."
)


class Note(forms.Textarea):
    """Several lines about people. It says, where they are typed, which words to leave out."""

    class Media:
        js = [RULES_AND_SCRIPT]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, "data-sensitive": "", **(attrs or {})})


class NoteLine(forms.TextInput):
    """The same in one line, such as a promise."""

    class Media:
        js = [RULES_AND_SCRIPT]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-sensitive": "", **(attrs or {})})


def sensitive_words(form: forms.BaseForm) -> list[str]:
    """What to say beside "it is saved": a sentence for each field that had no script to warn."""
    said = form.data.getlist(WARNED) if hasattr(form.data, "getlist") else []
    return [
        _("%(label)s %(warning)s") % {"label": label, "warning": rule.says}
        for label, text in _notes(form)
        for rule in found_in(text)
        if rule.key not in said
    ]


def _notes(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    for name in form.changed_data:
        field = form.fields[name]
        if isinstance(field.widget, Note | NoteLine):
            yield str(field.label or name), str(form.cleaned_data.get(name) or "")
