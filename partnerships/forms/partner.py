from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Program, User
from accounts.roles import Ability
from partnerships.models import PartnerOrganization
from partnerships.services import add_partner
from records.forms import (
    ConflictPanel,
    NewRecordForm,
    PortalFormHelper,
    RecordForm,
    with_chosen,
)
from records.models import LONGEST_NOTE

if TYPE_CHECKING:
    from datetime import datetime


class PartnerFields(forms.ModelForm):
    """What is asked about a partner organization, when it is new and later."""

    about = forms.CharField(
        label=_("What they work for"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("In their own words where you can. It may be asked for as a public record."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    owners = forms.ModelMultipleChoiceField(
        label=_("Who keeps the relationship"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Two people are safer than one: a relationship should outlast a resignation."),
    )
    programs = forms.ModelMultipleChoiceField(
        label=_("Programs it concerns"),
        queryset=Program.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = PartnerOrganization
        fields = ["name", "kind", "about", "website", "rhythm_weeks", "owners", "programs"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = with_chosen(User.objects.who_may(Ability.RECORD), self.instance, "owners")
        programs = with_chosen(Program.objects.current(), self.instance, "programs")
        self.fields["owners"].queryset = owners.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["programs"].queryset = programs.order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(
            ConflictPanel(),
            Row(Column("name", css_class="col-md-6"), Column("kind", css_class="col-md-6")),
            "about",
            Row(
                Column("website", css_class="col-md-6"),
                Column("rhythm_weeks", css_class="col-md-6"),
            ),
            Fieldset(str(_("Who keeps it")), "owners", "programs"),
        )


class NewPartnerForm(PartnerFields, NewRecordForm):
    def save_new(self, *, by: User, at: datetime) -> PartnerOrganization:
        return add_partner(
            partner=self.save(commit=False),
            owners=self.cleaned_data["owners"],
            programs=self.cleaned_data["programs"],
            by=by,
            at=at,
            key=self.key,
        )


class PartnerForm(PartnerFields, RecordForm):
    pass
