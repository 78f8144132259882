from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from partnerships.models import FollowUp, PartnerOrganization
from partnerships.services import add_follow_up
from records.forms import (
    ConflictPanel,
    FilterForm,
    NewRecordForm,
    PortalFormHelper,
    RecordForm,
    check_year,
    with_chosen,
)
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime

    from partnerships.models.follow_up import FollowUpQuerySet


class FollowUpFilterForm(FilterForm):
    WHOSE = [("", _("Mine")), ("all", _("Everybody's"))]
    STATE = [("", _("Open")), ("done", _("Done")), ("archived", _("Archived"))]

    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATE, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def apply(self, follow_ups: FollowUpQuerySet) -> FollowUpQuerySet:
        chosen = self.chosen
        match chosen.get("state"):
            case "done":
                follow_ups = follow_ups.done().order_by("-completed_at", "-pk")
            case "archived":
                follow_ups = follow_ups.archived().order_by("-archived_at", "-pk")
            case _:
                follow_ups = follow_ups.open().order_by("due_on", "pk")
        if chosen.get("whose") != "all":
            follow_ups = follow_ups.assigned_to(self.user)
        return follow_ups.matching(self.words) if self.words else follow_ups


class FollowUpFields(forms.ModelForm):
    class Meta:
        model = FollowUp
        fields = ["what", "due_on", "assignee", "partner"]
        widgets = {"due_on": DateInput}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        who_may = User.objects.who_may(Ability.SEE_PARTNERS)
        colleagues = with_chosen(who_may, self.instance, "assignee")
        current = PartnerOrganization.objects.visible_to(user).current()
        partners = with_chosen(current, self.instance, "partner")
        self.fields["assignee"].queryset = colleagues.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["partner"].queryset = partners.order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(
            ConflictPanel(),
            "what",
            Row(Column("due_on", css_class="col-md-6"), Column("assignee", css_class="col-md-6")),
            "partner",
        )

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        check_year(due_on)
        return due_on


class NewFollowUpForm(FollowUpFields, NewRecordForm):
    def save_new(self, *, by: User, at: datetime) -> FollowUp:
        return add_follow_up(follow_up=self.save(commit=False), by=by, at=at, key=self.key)


class FollowUpForm(FollowUpFields, RecordForm):
    def context(self) -> dict[str, Any]:
        return super().context() | {"user": self.user}


class PutOffForm(forms.Form):
    """A later day for a follow-up."""

    until = forms.DateField(label=_("Put off until"), widget=DateInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = PortalFormHelper()

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        check_year(until)
        return until
