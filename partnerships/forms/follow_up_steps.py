"""What becomes of a follow-up: done and what is next, another day, another person, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from partnerships.forms.note import NoteLine
from partnerships.models import FollowUp
from partnerships.services import complete_and_go_on, write_next_down
from records.forms import (
    NewRecordForm,
    Overtaken,
    OverVersion,
    PortalFormHelper,
    check_to_come,
    check_year,
)
from records.models import LONGEST_LINE
from records.spans import A_WEEK
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime


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


class HandOverForm(OverVersion, forms.Form):
    """Another colleague for a follow-up, and a line that says why."""

    to = forms.ModelChoiceField(
        label=_("To which colleague?"),
        queryset=User.objects.get_queryset().none(),
        empty_label=_("Choose a colleague"),
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_LINE,
        widget=NoteLine,
        help_text=_("They read this beside the follow-up."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, but: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.who_may(Ability.SEE_PARTNERS)
        if but:
            colleagues = colleagues.exclude(pk=but.pk)
        self.fields["to"].queryset = colleagues.order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()


class CancelForm(Overtaken, forms.Form):
    """Why a follow-up will not be done."""

    reason = forms.CharField(label=_("Why not?"), max_length=LONGEST_LINE, widget=NoteLine)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = PortalFormHelper()


class GoOnForm(Overtaken, NewRecordForm):
    """What comes after a follow-up that is done, and by when.

    `alone` where somebody else closed it meanwhile: what comes next is all that is left to save.
    """

    alone = forms.BooleanField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = FollowUp
        fields = ["what", "due_on"]
        widgets = {"what": NoteLine, "due_on": DateInput}
        labels = {"what": _("What happens next?"), "due_on": _("By when?")}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["due_on"].initial = today + A_WEEK
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(
            Row(Column("what", css_class="col-md-8"), Column("due_on", css_class="col-md-4"))
        )

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        check_to_come(due_on, today=self.today)
        check_year(due_on)
        return due_on

    @property
    def is_alone(self) -> bool:
        return bool(self["alone"].value())

    def save_alone(self, follow_up: FollowUp, *, by: User, at: datetime) -> FollowUp:
        what, due_on = self.cleaned_data["what"], self.cleaned_data["due_on"]
        return write_next_down(
            closed=follow_up, what=what, due_on=due_on, by=by, at=at, key=self.key
        )

    def save_after(self, follow_up: FollowUp, *, by: User, at: datetime) -> FollowUp:
        """Raises services.AlreadyCompleted."""
        what, due_on = self.cleaned_data["what"], self.cleaned_data["due_on"]
        return complete_and_go_on(
            follow_up=follow_up, what=what, due_on=due_on, by=by, at=at, key=self.key
        )
