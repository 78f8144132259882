from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from partnerships.forms.filters import AsksForSome, KeyField, asked_for, offered
from partnerships.forms.note import Note, NoteLine
from partnerships.forms.one_row import offer, organization, person
from partnerships.forms.parts import Part
from partnerships.forms.sharing import SharingFields
from partnerships.models import Contact, FollowUp, PartnerOrganization
from partnerships.services import add_follow_up
from records.forms import (
    ConflictPanel,
    FilterForm,
    NewRecordForm,
    PortalFormHelper,
    RecordForm,
    check_to_come,
    check_year,
    with_chosen,
)
from records.models import LONGEST_NOTE
from records.spans import A_WEEK
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime

    from partnerships.models.follow_up import FollowUpQuerySet
    from partnerships.models.partner import PartnerOrganizationQuerySet


class FollowUpFilterForm(AsksForSome):
    WHOSE = [("", _("Mine")), ("team", _("My team’s")), ("all", _("Everybody’s"))]
    STATE = [
        ("", _("Open")),
        ("overdue", _("Overdue")),
        ("done", _("Done")),
        ("cancelled", _("Cancelled")),
        ("archived", _("Archived")),
    ]

    # Chosen by the links above the list.
    whose = forms.ChoiceField(choices=WHOSE, widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATE, required=False)
    who = forms.CharField(label=_("Person or organization"), max_length=160, required=False)
    partner = KeyField()
    contact = KeyField()

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.partners = PartnerOrganization.objects.visible_to(user)
        self.contacts = Contact.objects.visible_to(user)
        keys = asked_for(self, partner=self.partners, contact=self.contacts)
        for field, choices in offered(**keys).items():
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    def apply(self, follow_ups: FollowUpQuerySet) -> FollowUpQuerySet:
        rows = self._about(self._in_state(follow_ups))
        match self.chosen.get("whose"):
            case "all":
                pass
            case "team":
                rows = rows.of_team(self.user)
            case _:
                rows = rows.assigned_to(self.user)
        return rows.matching(self.words) if self.words else rows

    def _about(self, rows: FollowUpQuerySet) -> FollowUpQuerySet:
        """Those about the person or organization that is named, or that the page before was about."""
        for name in self.KEYS:
            if name in self.chosen:
                rows = rows.filter(**{name: self.chosen[name]})
        if who := self.chosen.get("who"):
            people = self.contacts.matching(who).values("pk")
            organizations = self.partners.matching(who).values("pk")
            rows = rows.filter(Q(contact__in=people) | Q(partner__in=organizations))
        return rows

    def _in_state(self, rows: FollowUpQuerySet) -> FollowUpQuerySet:
        """What now by its date; what was, the latest first."""
        match self.chosen.get("state"):
            case "overdue":
                return rows.overdue(today=self.today).order_by("due_on", "pk")
            case "done":
                return rows.done().order_by("-completed_at", "-pk")
            case "cancelled":
                return rows.cancelled().order_by("-cancelled_at", "-pk")
            case "archived":
                return rows.archived().order_by("-archived_at", "-pk")
            case _:
                return rows.open().order_by("due_on", "pk")


class GoingColdFilterForm(FilterForm):
    WHOSE = [("", _("Kept by me")), ("all", _("Kept by anybody"))]

    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def apply(self, gone_quiet: PartnerOrganizationQuerySet) -> PartnerOrganizationQuerySet:
        """The longest overdue first."""
        rows = gone_quiet
        if self.chosen.get("whose") != "all":
            rows = rows.owned_by(self.user)
        rows = rows.matching(self.words) if self.words else rows
        return rows.order_by(F("touch_due_at").asc(), "pk")


class FollowUpFields(SharingFields):
    partner = organization(label=_("Organization"))
    contact = person(label=_("Person"))
    note = forms.CharField(label=_("Note"), widget=Note, max_length=LONGEST_NOTE, required=False)

    class Meta:
        model = FollowUp
        fields = [
            "what",
            "due_on",
            "assignee",
            "partner",
            "contact",
            "note",
            "repeat_weeks",
            "readers",
            "named_readers",
        ]
        widgets = {"what": NoteLine, "due_on": DateInput}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        who_may = User.objects.who_may(Ability.SEE_PARTNERS)
        colleagues = with_chosen(who_may, self.instance, "assignee")
        self.fields["assignee"].queryset = colleagues.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["assignee"].empty_label = _("Choose a colleague")  # type: ignore[attr-defined]
        offer(self, "partner", PartnerOrganization.objects.visible_to(user), user)
        offer(self, "contact", Contact.objects.visible_to(user), user)
        self.offer_readers(user)
        self._say_their_wish()
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(
            ConflictPanel(),
            "what",
            Row(Column("due_on", css_class="col-md-6"), Column("assignee", css_class="col-md-6")),
            "partner",
            "contact",
            Part(_("A note, or again every few weeks"), "note", "repeat_weeks"),
            self.sharing_layout(),
        )

    def _say_their_wish(self) -> None:
        contact = self.instance.contact
        if contact and contact.do_not_contact:
            self.fields["contact"].help_text = _("They asked us not to contact them.")

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        check_year(due_on)
        return due_on


class NewFollowUpForm(FollowUpFields, NewRecordForm):
    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # Late enough to do, soon enough to be remembered for.
        self.fields["due_on"].initial = today + A_WEEK

    def clean_due_on(self) -> date:
        due_on = super().clean_due_on()
        check_to_come(due_on, today=self.today)
        return due_on

    def save_new(self, *, by: User, at: datetime) -> FollowUp:
        return add_follow_up(
            follow_up=self.save(commit=False),
            named_readers=self.cleaned_data["named_readers"],
            by=by,
            at=at,
            key=self.key,
        )


class FollowUpForm(FollowUpFields, RecordForm):
    instance: FollowUp

    def context(self) -> dict[str, Any]:
        return super().context() | {"user": self.user}

    def clean_due_on(self) -> date:
        due_on = super().clean_due_on()
        talk = self.instance.one_to_one
        if talk and "due_on" in self.changed_data:
            held_on = timezone.localtime(talk.held_at).date()
            if due_on < held_on:
                raise forms.ValidationError(
                    _("This is before the one-to-one that it came from. Choose a later day.")
                )
        return due_on
