"""Sample forms for the components page: every kind of field, at rest and refused."""

from __future__ import annotations

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from records.forms import PortalFormHelper
from records.widgets import DateInput


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As they would introduce themselves."))
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Only for what they agreed to receive.")
    )
    organization = forms.ChoiceField(
        label=_("Organization"),
        choices=[("tenants", "Eastbank Tenants Union"), ("faith", "Mt. Zion Faith Table")],
    )
    met_on = forms.DateField(label=_("First met on"), widget=DateInput(), required=False)
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Read by the equity team. May be asked for as a public record."),
    )
    side = forms.ChoiceField(
        label=_("Whose promise is it?"),
        choices=[("ours", _("Ours to them")), ("theirs", _("Theirs to us"))],
        widget=forms.RadioSelect,
        help_text=_("Ours are shown to the partner."),
    )
    steps = forms.MultipleChoiceField(
        label=_("Which action steps does it serve?"),
        choices=[("1", _("Hold one-to-ones")), ("2", _("Earn your place with organizers"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told = forms.BooleanField(
        label=_("They know that we keep this"), help_text=_("They may read it and correct it.")
    )
    number = forms.CharField(label=_("Record number"), disabled=True, initial="EP-2026-0311")

    @property
    def helper(self) -> PortalFormHelper:
        helper = PortalFormHelper()
        helper.layout = Layout(
            Fieldset(_("Who, and what"), Row(Column("name"), Column("email"))),
            "organization",
            "met_on",
            "note",
            "side",
            "steps",
            "told",
            "number",
        )
        return helper

    def clean(self) -> None:
        if self.data.get(self.add_prefix("email")) == "rosa":
            self.add_error(None, _("Rosa Delgado is written down already, at another address."))


def sample_form() -> SampleForm:
    return SampleForm(prefix="sample")


def sample_form_with_errors() -> SampleForm:
    return SampleForm(
        {
            "refused-email": "rosa",
            "refused-met_on": "2026-02-31",
            "refused-organization": "tenants",
        },
        prefix="refused",
    )
