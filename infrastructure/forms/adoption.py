from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from infrastructure.models import Adoption, Workgroup
from infrastructure.services import take_up_step
from practices.models import PracticeRevision
from records.forms import ConflictPanel, FilterForm, NewRecordForm, PortalFormHelper, RecordForm
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import User
    from infrastructure.models.adoption import AdoptionQuerySet
    from practices.models import ActionStep

LOOK_BACK = timedelta(weeks=12)


class AdoptionFilterForm(FilterForm):
    WHOSE = [("", _("Mine and my teams'")), ("all", _("Everybody's"))]
    STATE = [
        ("", _("Planned and under way")),
        ("live", _("All but what was set aside")),
        *Adoption.Status.choices,
        ("archived", _("Archived")),
    ]

    q = None  # type: ignore[assignment]  # one line each: the filters find them
    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    status = forms.ChoiceField(label=_("State"), choices=STATE, required=False)
    practice = forms.ChoiceField(label=_("Practice"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        names = PracticeRevision.objects.readable().in_order()
        self.fields["practice"].choices = [  # type: ignore[attr-defined]
            ("", _("All practices")),
            *names.values_list("practice__slug", "name"),
        ]

    def apply(self, adoptions: AdoptionQuerySet) -> AdoptionQuerySet:
        chosen = self.chosen
        adoptions = self._in_state(adoptions, chosen.get("status", ""))
        if chosen.get("whose") != "all":
            adoptions = adoptions.concerning(self.user)
        if chosen.get("practice"):
            adoptions = adoptions.filter(step__practice__slug=chosen["practice"])
        return adoptions.order_by(F("due_on").asc(nulls_last=True), "pk")

    def _in_state(self, adoptions: AdoptionQuerySet, state: str) -> AdoptionQuerySet:
        match state:
            case "":
                return adoptions.open()
            case "live":
                return adoptions.live()
            case "archived":
                return adoptions.archived()
            case _:
                return adoptions.current().filter(status=state)


class NewAdoptionForm(NewRecordForm):
    """For whom a step is taken up, in a line what they mean to do, and when to look back."""

    MYSELF = "myself"

    team = forms.ChoiceField(
        label=_("Who takes it up"),
        widget=forms.RadioSelect,
        initial=MYSELF,
        help_text=_("You can take it up for a program or a workgroup that you belong to."),
    )

    class Meta:
        model = Adoption
        fields = ["intent", "due_on"]
        widgets = {"due_on": DateInput}

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.fields["team"].choices = self._teams()  # type: ignore[attr-defined]
        self.fields["due_on"].initial = today + LOOK_BACK
        self.fields["due_on"].help_text = _("On this day, look at how it went. It may stay empty.")
        self.helper = PortalFormHelper()
        self.helper.layout = Layout("team", "intent", "due_on", "submission_key")

    def _teams(self) -> list[tuple[str, Any]]:
        """Oneself, and what one belongs to."""
        programs = self.user.programs.current().order_by("name", "pk")
        groups = Workgroup.objects.visible_to(self.user).current().joined_by(self.user)
        return [
            (self.MYSELF, _("I do, myself")),
            *(
                (f"program-{row.pk}", _("Program: %(name)s") % {"name": row.name})
                for row in programs
            ),
            *(
                (f"workgroup-{row.pk}", _("Workgroup: %(name)s") % {"name": row.name})
                for row in groups.order_by("name", "pk")
            ),
        ]

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        return due_on

    def save_new(self, *, step: ActionStep, at: datetime) -> Adoption:
        adoption: Adoption = self.save(commit=False)
        adoption.step = step
        kind, _dash, key = self.cleaned_data["team"].partition("-")
        if kind == self.MYSELF:
            adoption.person = self.user
        else:
            setattr(adoption, f"{kind}_id", int(key))
        return take_up_step(adoption=adoption, by=self.user, at=at, key=self.key)


class AdoptionForm(RecordForm):
    """How it goes. Who took up which step stays as it was said."""

    class Meta:
        model = Adoption
        fields = ["status", "reason_set_aside", "intent", "due_on"]
        widgets = {"status": forms.RadioSelect, "due_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_set_aside"].help_text = _("Needed only when it is set aside.")
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(
            ConflictPanel(), "status", "reason_set_aside", "intent", "due_on"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("status") != Adoption.Status.SET_ASIDE:
            cleaned["reason_set_aside"] = ""
        elif not cleaned.get("reason_set_aside"):
            self.add_error("reason_set_aside", _("Say why it is set aside."))
        return cleaned
