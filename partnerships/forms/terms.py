from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships.models import OneToOne, PartnerOrganization
from partnerships.models.terms import LONGEST_TERM, MOST_TERMS

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_TERMS = MOST_TERMS * (LONGEST_TERM + 2)


class TermsInput(forms.TextInput):
    """Offers, while one types, what the department uses already; `of` says for which field."""

    class Media:
        js = [Script("js/terms.js", type="module")]

    def __init__(self, *, of: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.of = of

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        url = reverse("partnerships:term-suggest", query={"of": self.of})
        context["widget"]["attrs"]["data-terms"] = url
        return context


class TermsField(forms.CharField):
    """Short words with commas between them: kept as typed, trimmed, none twice."""

    # Two people's words of this kind are kept side by side; see records.forms.
    joined_by = ", "

    def __init__(self, *, of: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("With commas between them."))
        if of:
            kwargs.setdefault("widget", TermsInput(of=of))
        super().__init__(required=False, max_length=LONGEST_TERMS, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))

    def clean(self, value: Any) -> list[str]:  # a line in, terms out
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


# Where terms of each kind are kept.
KEPT_IN: dict[str, Any] = {
    "issue_areas": PartnerOrganization,
    "communities": PartnerOrganization,
    "languages": PartnerOrganization,
    "tags": PartnerOrganization,
    "issues": OneToOne,
}
# Words are offered from the latest rows: a department's whole history would be read for nothing.
ROWS_READ, TERMS_OFFERED = 2000, 60


class TermsOfForm(forms.Form):
    """Which field's words are asked for."""

    of = forms.ChoiceField(choices=[(name, name) for name in KEPT_IN])

    def terms(self, reader: User) -> list[str]:
        name = self.cleaned_data["of"]
        rows = KEPT_IN[name].objects.visible_to(reader).current().order_by("-pk")
        lines = rows.exclude(**{name: []}).values_list(name, flat=True)[:ROWS_READ]
        usual = Counter(term for line in lines for term in line)
        return [term for term, _times in usual.most_common(TERMS_OFFERED)]
