from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.alike import AsksWhetherAlike, ContactAlikeForm, PlaceForAlike
from partnerships.forms.note import Note
from partnerships.forms.one_row import offer, organization, person
from partnerships.forms.parts import Part, half
from partnerships.models import Affiliation, Contact, PartnerOrganization
from partnerships.services import add_contact
from records.forms import ConflictPanel, PortalFormHelper, RecordForm, check_year
from records.models import LONGEST_NOTE
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import User


REACHED_BY = ("email", "phone")


class ContactFields(forms.ModelForm):
    """What is asked about a person, when they are new and later."""

    access_needs = forms.CharField(
        label=_("What they ask for, to take part"),
        widget=Note,
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("An interpreter, a room without steps, evenings. Not why."),
    )
    met_through = person(label=_("Who introduced us"))

    class Meta:
        model = Contact
        fields = [
            "name",
            "preferred_name",
            "pronouns",
            "language",
            "email",
            "phone",
            "reach_by",
            "access_needs",
            "met_through",
            "do_not_contact",
        ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._keep_from_view()
        offer(self, "met_through", Contact.objects.visible_to(user), user)
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(ConflictPanel(), "name", *self.parts())

    def _keep_from_view(self) -> None:
        """Of somebody who asked not to be contacted, neither e-mail nor phone, until that is taken back.

        What somebody typed before the wish was written down still arrives.
        """
        if self.instance.pk and self.instance.do_not_contact:
            for name in REACHED_BY:
                if self.add_prefix(name) not in self.data:
                    del self.fields[name]

    def parts(self) -> list[Any]:
        """Folded until wanted: a name is enough."""
        return [
            Part(
                _("How to reach them"),
                half(*(name for name in REACHED_BY if name in self.fields)),
                "reach_by",
                "do_not_contact",
                hint=_("e-mail, phone, what they prefer, whether we may"),
            ),
            Part(
                _("What they like to be called"),
                half("preferred_name", "pronouns"),
                hint=_("and their pronouns"),
            ),
            Part(
                _("Language and access"),
                "language",
                "access_needs",
                hint=_("what makes it easy to take part"),
            ),
            Part(_("Who introduced us"), "met_through"),
        ]

    def clean_met_through(self) -> Contact | None:
        through: Contact | None = self.cleaned_data["met_through"]
        if through and through.pk == self.instance.pk:
            raise forms.ValidationError(_("Nobody introduces themselves here. Choose another."))
        return through


class ContactForm(ContactFields, RecordForm):
    def context(self) -> dict[str, Any]:
        return super().context() | {"user": self.user}


class NewContactForm(ContactFields, AsksWhetherAlike):
    alike_form = ContactAlikeForm
    alike_url = "partnerships:contact-alike"

    partner = organization(
        label=_("Organization"),
        help_text=_(
            "Leave empty for somebody who stands for themselves. More can be added later."
        ),
    )
    role = forms.CharField(label=_("Their role there"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "partner", PartnerOrganization.objects.visible_to(self.user), self.user)
        self.helper.layout.insert(2, PlaceForAlike())
        self.helper.layout.insert(3, half("partner", "role"))

    def save_new(self, *, by: User, at: datetime) -> Contact:
        partner = self.cleaned_data["partner"]
        roles = [Affiliation(partner=partner, role=self.cleaned_data["role"])] if partner else []
        contact = self.save(commit=False)
        return add_contact(contact=contact, affiliations=roles, by=by, at=at, key=self.key)


class AffiliationForm(forms.ModelForm):
    """One more role of a contact, at one organization, now or earlier."""

    partner = organization(label=_("Organization"))

    class Meta:
        model = Affiliation
        fields = ["partner", "role", "started_on", "ended_on"]
        widgets = {"started_on": DateInput, "ended_on": DateInput}
        labels = {"role": _("Role"), "started_on": _("Since"), "ended_on": _("Until")}
        help_texts = {"ended_on": _("Empty means: still.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].required = True
        offer(self, "partner", PartnerOrganization.objects.visible_to(user), user)
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(half("partner", "role"), half("started_on", "ended_on"))

    def clean_started_on(self) -> date | None:
        return self._sane("started_on")

    def clean_ended_on(self) -> date | None:
        return self._sane("ended_on")

    def _sane(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day:
            check_year(day)
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        started, ended = self.cleaned_data.get("started_on"), self.cleaned_data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("This ends before it begins."))
        elif self._is_current_already() and not ended and "ended_on" not in self.errors:
            self.add_error("partner", _("They have a current role at this organization already."))
        return self.cleaned_data

    def _is_current_already(self) -> bool:
        """Django leaves a constraint to the database when its condition is on no field here."""
        partner = self.cleaned_data.get("partner")
        roles = Affiliation.objects.filter(contact=self.instance.contact, ended_on__isnull=True)
        return partner is not None and roles.filter(partner=partner).exists()


class ResumeForm(forms.Form):
    """Until when a role goes on whose ending is taken back; empty means: still."""

    until = forms.DateField(required=False)

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until:
            check_year(until)
        return until
