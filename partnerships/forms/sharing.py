from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Readers, User
from accounts.roles import Ability
from records.forms import with_chosen


class SharingFields(forms.ModelForm):
    """Who may read a record: one choice, and the colleagues it names.

    A subclass lists "readers" and "named_readers" in `Meta.fields`, calls `offer_readers` at the
    end of its `__init__`, and puts `sharing_layout()` where it belongs. The colleagues are asked
    for only while "Named colleagues" is chosen, which a style sheet sees to.
    """

    named_readers = forms.ModelMultipleChoiceField(
        label=_("Which colleagues?"),
        queryset=User.objects.get_queryset().none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    instance: Any

    def offer_readers(self, user: User, *, default: str = "") -> None:
        """Offer whoever may see partners. `default` is what a new record begins with."""
        if self.instance.pk is None:
            author_id = user.pk
            self.fields["readers"].initial = default or self.fields["readers"].initial
        else:
            author_id = self.instance.created_by_id
        self.fields["readers"].label = _("Who may read this?")
        if author_id != user.pk:
            # Others may mend the words; who reads them is the author's to say.
            del self.fields["readers"], self.fields["named_readers"]
            return
        others = User.objects.who_may(Ability.SEE_PARTNERS).exclude(pk=author_id)
        rows = with_chosen(others, self.instance, "named_readers")
        self.fields["named_readers"].queryset = rows.order_by("name", "pk")  # type: ignore[attr-defined]

    def sharing_layout(self) -> Div:
        if "readers" not in self.fields:
            return Div()
        return Div("readers", Div("named_readers", css_class="named"), css_class="sharing")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("readers") != Readers.NAMED:
            if "named_readers" in cleaned:
                cleaned["named_readers"] = User.objects.get_queryset().none()
        elif "named_readers" in cleaned and not cleaned["named_readers"]:
            self.add_error(
                "named_readers",
                _("Name at least one colleague, or choose above who else may read this."),
            )
        return cleaned
