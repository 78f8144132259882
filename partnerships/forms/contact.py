from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Affiliation, Contact, PartnerOrganization
from partnerships.services import add_contact
from records.forms import ConflictPanel, NewRecordForm, PortalFormHelper, RecordForm
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


class ContactFields(forms.ModelForm):
    class Meta:
        model = Contact
        fields = [
            "name",
            "preferred_name",
            "pronouns",
            "language",
            "email",
            "phone",
            "do_not_contact",
        ]

    WHO = Fieldset(
        str(_("Who they are")),
        Row(Column("name", css_class="col-md-6"), Column("preferred_name", css_class="col-md-6")),
        Row(Column("pronouns", css_class="col-md-6"), Column("language", css_class="col-md-6")),
    )
    REACH = Fieldset(
        str(_("How to reach them")),
        Row(Column("email", css_class="col-md-6"), Column("phone", css_class="col-md-6")),
        "do_not_contact",
    )


class ContactForm(ContactFields, RecordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(ConflictPanel(), self.WHO, self.REACH)


class NewContactForm(ContactFields, NewRecordForm):
    partner = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=PartnerOrganization.objects.none(),
        required=False,
        help_text=_(
            "Leave empty for somebody who stands for themselves. More can be added later."
        ),
    )
    role = forms.CharField(label=_("Their role there"), max_length=100, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = PartnerOrganization.objects.visible_to(user).current()
        self.fields["partner"].queryset = partners.order_by("name", "pk")  # type: ignore[attr-defined]
        where = Row(Column("partner", css_class="col-md-6"), Column("role", css_class="col-md-6"))
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(self.WHO, where, self.REACH, "submission_key")

    def save_new(self, *, by: User, at: datetime) -> Contact:
        partner = self.cleaned_data["partner"]
        roles = [Affiliation(partner=partner, role=self.cleaned_data["role"])] if partner else []
        contact = self.save(commit=False)
        return add_contact(contact=contact, affiliations=roles, by=by, at=at, key=self.key)


class AffiliationForm(forms.ModelForm):
    """One more role of a contact, at one organization."""

    class Meta:
        model = Affiliation
        fields = ["partner", "role", "started_on"]
        widgets = {"started_on": DateInput}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = PartnerOrganization.objects.visible_to(user).current()
        self.fields["partner"].queryset = partners.order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(
            Row(
                Column("partner", css_class="col-md-4"),
                Column("role", css_class="col-md-4"),
                Column("started_on", css_class="col-md-4"),
            )
        )

    def clean_partner(self) -> PartnerOrganization:
        """Django leaves a constraint to the database when its condition is on no field here."""
        partner: PartnerOrganization = self.cleaned_data["partner"]
        current = Affiliation.objects.filter(contact=self.instance.contact, partner=partner)
        if current.filter(ended_on__isnull=True).exists():
            raise forms.ValidationError(
                _("They have a current role at this organization already.")
            )
        return partner
