from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Program, User
from accounts.roles import Ability
from partnerships.forms.note import NoteLine
from partnerships.forms.one_row import offer, organization, person
from partnerships.forms.sharing import SharingFields
from partnerships.models import Contact, PartnerOrganization, Promise
from partnerships.services import make_promise
from records.forms import (
    ConflictPanel,
    NewRecordForm,
    PortalFormHelper,
    RecordForm,
    check_year,
    with_chosen,
)
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime


class PromiseFields(SharingFields):
    """What is asked about a promise, when it is new and later."""

    partner = organization(label=_("Which organization?"))
    contact = person(label=_("Which person?"), help_text=_("One of the two is enough."))

    class Meta:
        model = Promise
        fields = [
            "direction",
            "what",
            "partner",
            "contact",
            "owner",
            "program",
            "readers",
            "named_readers",
        ]
        widgets = {"direction": forms.RadioSelect, "what": NoteLine}
        labels = {
            "direction": _("Who promised?"),
            "what": _("What?"),
            "owner": _("Who of us?"),
            "program": _("For which program?"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["direction"].choices = Promise.Direction.choices  # type: ignore[attr-defined]  # no empty one
        offer(self, "partner", PartnerOrganization.objects.visible_to(user), user)
        offer(self, "contact", Contact.objects.visible_to(user), user)
        colleagues = with_chosen(
            User.objects.who_may(Ability.SEE_PARTNERS), self.instance, "owner"
        )
        self.fields["owner"].queryset = colleagues.order_by("name", "pk")  # type: ignore[attr-defined]
        programs = with_chosen(Program.objects.current(), self.instance, "program")
        self.fields["program"].queryset = programs.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["program"].empty_label = _("None")  # type: ignore[attr-defined]
        self.offer_readers(user)
        self.helper = PortalFormHelper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = {"partner", "contact"} & cleaned.keys()
        if len(chosen) == 2 and not (cleaned["partner"] or cleaned["contact"]):  # noqa: PLR2004 (both fields are well)
            self.add_error("partner", _("Say which organization, or which person."))
        return cleaned


class NewPromiseForm(PromiseFields, NewRecordForm):
    contact = person(
        label=_("Which person?"),
        help_text=_("One of the two is enough. Alone, it is for where that person works."),
    )

    class Meta(PromiseFields.Meta):
        fields = [*PromiseFields.Meta.fields, "promised_on", "due_on"]
        widgets = {**PromiseFields.Meta.widgets, "promised_on": DateInput, "due_on": DateInput}
        labels = {
            **PromiseFields.Meta.labels,
            "promised_on": _("Promised on which day?"),
            "due_on": _("By when?"),
        }
        help_texts = {
            "promised_on": _(
                "Say so if it was a while ago. It may have come due since, and is then late."
            ),
            "owner": _("Who carries our promise, or whom theirs was made to."),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["promised_on"].initial = today
        self.helper.layout = Layout(
            "submission_key",
            "direction",
            "what",
            Row(Column("partner", css_class="col-md-6"), Column("contact", css_class="col-md-6")),
            Row(
                Column("due_on", css_class="col-md-6"),
                Column("promised_on", css_class="col-md-6"),
            ),
            Row(Column("owner", css_class="col-md-6"), Column("program", css_class="col-md-6")),
            self.sharing_layout(),
        )

    def clean_promised_on(self) -> date:
        promised_on: date = self.cleaned_data["promised_on"]
        check_year(promised_on)
        if promised_on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return promised_on

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        check_year(due_on)
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        promised_on, due_on = cleaned.get("promised_on"), cleaned.get("due_on")
        if cleaned.get("contact") and not cleaned.get("partner"):
            cleaned["partner"] = self._where(cleaned["contact"])
        if promised_on and due_on and due_on < promised_on:
            self.add_error("due_on", self._too_early(promised_on))
        return cleaned

    def _where(self, contact: Contact) -> PartnerOrganization | None:
        """Where the person is now; of several organizations, none in particular."""
        now = PartnerOrganization.objects.visible_to(self.user).current()
        roles = contact.affiliations.current(on=self.today)
        found = list(now.filter(pk__in=roles.values("partner"))[:2])
        return found[0] if len(found) == 1 else None

    def _too_early(self, promised_on: date) -> Any:
        if promised_on == self.today:
            return _(
                "This day has passed. Choose today or a later one, or say beside it on which "
                "earlier day it was promised."
            )
        return _("This is before the day it was promised.")

    def save_new(self, *, by: User, at: datetime) -> Promise:
        return make_promise(
            promise=self.save(commit=False),
            named_readers=self.cleaned_data["named_readers"],
            by=by,
            at=at,
            key=self.key,
        )


class PromiseForm(PromiseFields, RecordForm):
    """Everything but its dates, which are changed with a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            ConflictPanel(),
            "direction",
            "what",
            Row(Column("partner", css_class="col-md-6"), Column("contact", css_class="col-md-6")),
            Row(Column("owner", css_class="col-md-6"), Column("program", css_class="col-md-6")),
            self.sharing_layout(),
        )

    def context(self) -> dict[str, Any]:
        return super().context() | {"user": self.user}
