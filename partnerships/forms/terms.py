from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models.terms import LONGEST_TERM, MOST_TERMS

LONGEST_LINE = MOST_TERMS * (LONGEST_TERM + 2)


class TermsField(forms.CharField):
    """Short words with commas between them: kept as typed, trimmed, none twice."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("With commas between them."))
        super().__init__(required=False, max_length=LONGEST_LINE, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]  # a line in, terms out
        terms: dict[str, str] = {}
        for part in super().clean(value).replace("\n", ",").split(","):
            term = " ".join(part.split())
            if term:
                terms.setdefault(term.casefold(), term)
        self._check(list(terms.values()))
        return list(terms.values())

    def _check(self, terms: list[str]) -> None:
        for term in terms:
            if len(term) > LONGEST_TERM:
                raise forms.ValidationError(
                    _("“%(term)s…” is too long: %(most)d characters at most, with commas between.")
                    % {"term": term[:20], "most": LONGEST_TERM}
                )
        if len(terms) > MOST_TERMS:
            raise forms.ValidationError(_("At most %(most)d of these.") % {"most": MOST_TERMS})
