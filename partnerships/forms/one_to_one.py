from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from partnerships.models import Contact, OneToOne, PartnerOrganization
from partnerships.services import NextStep, Outcome, Participants, log_one_to_one
from practices.models import ActionStep, ActionStepRevision
from records.forms import (
    ConflictPanel,
    FilterForm,
    NewRecordForm,
    PortalFormHelper,
    RecordForm,
    check_year,
    with_chosen,
)
from records.models import LONGEST_NOTE
from records.widgets import DateInput, DateTimeInput, Picker, PickerField

if TYPE_CHECKING:
    from datetime import date, datetime

    from partnerships.models.one_to_one import OneToOneQuerySet

# What comes next is offered a week ahead: late enough to do, soon enough to be remembered for.
A_WEEK = timedelta(days=7)


class OneToOneFilterForm(FilterForm):
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    archived = forms.BooleanField(label=_("Archived"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def apply(self, one_to_ones: OneToOneQuerySet) -> OneToOneQuerySet:
        chosen = self.chosen
        rows = one_to_ones.archived() if chosen.get("archived") else one_to_ones.current()
        if chosen.get("mine"):
            rows = rows.filter(created_by=self.user)
        rows = rows.order_by("-held_at", "-pk")
        return rows.matching(self.words) if self.words else rows


class StepChoices(forms.ModelMultipleChoiceField):
    """Action steps, by the words readers know them by."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=ActionStep.objects.none(), **kwargs)

    def offer_readable(self, one_to_one: OneToOne) -> None:
        """Every step a reader finds in the guide, and those the record served before."""
        readable = ActionStepRevision.objects.readable().in_order()
        names = dict(readable.values_list("step_id", "short_title"))
        if one_to_one.pk:
            retired = one_to_one.steps_served.exclude(pk__in=names).order_by("pk")
            names |= {step.pk: str(step) for step in retired}
        self.queryset = ActionStep.objects.filter(pk__in=names)
        self.choices = list(names.items())


class OneToOneFields(forms.ModelForm):
    contacts = PickerField(
        label=_("Whom did you talk with?"),
        queryset=Contact.objects.none(),
        widget=Picker(suggest="partnerships:contact-suggest"),
        help_text=_("Begin to type a name. Several people are fine."),
    )
    what_mattered = forms.CharField(
        label=_("What mattered most to them?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        help_text=_(
            "One line is enough. It may be asked for as a public record: leave out immigration "
            "status, health, and anything said in confidence."
        ),
    )
    partners = PickerField(
        label=_("For which organizations?"),
        queryset=PartnerOrganization.objects.none(),
        widget=Picker(suggest="partnerships:partner-suggest"),
        required=False,
        help_text=_("Empty means: those the people belong to."),
    )
    colleagues = forms.ModelMultipleChoiceField(
        label=_("Which colleagues were there?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    steps_served = StepChoices(
        label=_("Which action steps did it serve?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = OneToOne
        fields = [
            "contacts",
            "held_at",
            "what_mattered",
            "partners",
            "colleagues",
            "steps_served",
            "readers",
        ]
        widgets = {"held_at": DateTimeInput}
        labels = {"held_at": _("When?"), "readers": _("Who may read this?")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._offer("contacts", Contact.objects.visible_to(user))
        self._offer("partners", PartnerOrganization.objects.visible_to(user))
        others = User.objects.who_may(Ability.RECORD).exclude(pk=user.pk)
        colleagues = with_chosen(others, self.instance, "colleagues")
        self.fields["colleagues"].queryset = colleagues.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["steps_served"].offer_readable(self.instance)  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()

    def clean_held_at(self) -> datetime:
        held_at: datetime = self.cleaned_data["held_at"]
        if held_at > timezone.now() + timedelta(hours=1):
            raise forms.ValidationError(_("A one-to-one is logged after it was held."))
        check_year(held_at)
        return held_at

    def _offer(self, name: str, rows: Any) -> None:
        """Accept any row the person may see; show those chosen and those met of late."""
        field: PickerField = self.fields[name]  # type: ignore[assignment]
        field.queryset = rows
        value = self[name].value() or []
        chosen = [getattr(item, "pk", item) for item in value]
        field.offer(chosen, rows.current().met_of_late(self.user))


class NewOneToOneForm(OneToOneFields, NewRecordForm):
    """Four questions, about a minute; the rest can wait."""

    next_step = forms.CharField(
        label=_("What happens next?"),
        max_length=240,
        required=False,
        help_text=_("It becomes a follow-up of yours. Leave it empty if nothing does."),
    )
    next_on = forms.DateField(label=_("By when?"), widget=DateInput, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["held_at"].initial = now.replace(second=0, microsecond=0)
        self.fields["next_on"].initial = now.date() + A_WEEK
        more = _("Add more: organizations, colleagues, action steps, who may read it")
        self.helper.layout = Layout(
            "submission_key",
            "contacts",
            "held_at",
            "what_mattered",
            Row(
                Column("next_step", css_class="col-md-8"), Column("next_on", css_class="col-md-4")
            ),
            HTML(f'<details class="more"><summary>{more}</summary><div class="stack">'),
            "partners",
            "colleagues",
            "steps_served",
            "readers",
            HTML("</div></details>"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("next_on"):
            self._check_next_on(cleaned["next_on"])
        if cleaned.get("next_step") and "next_on" in cleaned and not cleaned["next_on"]:
            self.add_error("next_on", _("Say by when, so that you can be reminded."))
        return cleaned

    def _check_next_on(self, day: date) -> None:
        try:
            check_year(day)
        except forms.ValidationError as error:
            self.add_error("next_on", error)

    def save_new(self, *, by: User, at: datetime) -> OneToOne:
        return log_one_to_one(
            one_to_one=self.save(commit=False),
            participants=self._participants(),
            outcome=Outcome(next_step=self._next_step()),
            by=by,
            at=at,
            key=self.key,
        )

    def _participants(self) -> Participants:
        cleaned = self.cleaned_data
        return Participants(
            contacts=cleaned["contacts"],
            partners=cleaned["partners"],
            colleagues=cleaned["colleagues"],
            steps=cleaned["steps_served"],
        )

    def _next_step(self) -> NextStep | None:
        what = self.cleaned_data["next_step"]
        return NextStep(what=what, due_on=self.cleaned_data["next_on"]) if what else None


class OneToOneForm(OneToOneFields, RecordForm):
    instance: OneToOne

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.created_by_id != self.user.pk:
            # Colleagues who were there may mend the words; who reads them is the author's to say,
            # and naming a colleague who was there lets that colleague read.
            del self.fields["readers"], self.fields["colleagues"]
        self.helper.layout = Layout(ConflictPanel(), *self.shared_fields)

    def context(self) -> dict[str, Any]:
        return super().context() | {"user": self.user}
