"""What is asked about a one-to-one or another touch, when it is new and later."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Readers, User
from accounts.roles import Ability
from partnerships.forms.note import Note, NoteLine
from partnerships.forms.parts import Part
from partnerships.forms.sharing import SharingFields
from partnerships.forms.terms import TermsField
from partnerships.models import Contact, OneToOne, PartnerOrganization
from practices.models import ActionStep, ActionStepRevision
from records.forms import PortalFormHelper, check_year, with_chosen
from records.models import LONGEST_NOTE
from records.widgets import DateTimeInput, Picker, PickerField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# A clock in a pocket may be a little ahead of ours.
AN_HOUR = timedelta(hours=1)


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


def note(
    label: str | _StrPromise, *, help_text: str | _StrPromise = "", required: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=Note,
        max_length=LONGEST_NOTE,
        required=required,
        help_text=help_text,
    )


class OneToOneFields(SharingFields):
    contacts = PickerField(
        label=_("Whom did you talk with?"),
        queryset=Contact.objects.none(),
        widget=Picker(suggest="partnerships:contact-suggest"),
        help_text=_("Begin to type a name. Several people are fine."),
    )
    what_mattered = note(
        _("What mattered most to them?"),
        required=True,
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
    purpose = note(
        _("What was it for?"),
        help_text=_("As you said it at the beginning, with anything you came to ask."),
    )
    access_needs = note(
        _("What did they ask for, to take part?"),
        help_text=_("An interpreter, a room without steps, evenings. Not why."),
    )
    issues = TermsField(label=_("Issues and campaigns"))
    connections = note(_("Whom do they answer to, and with whom are they connected?"))
    asked_and_offered = note(_("What did they ask for, and what did they offer?"))
    can_and_cannot = note(_("What did you say we can and cannot do?"))
    colleagues = PickerField(
        label=_("Which colleagues were there?"),
        queryset=User.objects.get_queryset().none(),
        widget=Picker(),
        required=False,
        help_text=_("They always see it, and may edit it if they log one-to-ones themselves."),
    )
    steps_served = StepChoices(
        label=_("Which action steps did it serve?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = OneToOne
        fields = [
            "title",
            "contacts",
            "held_at",
            "what_mattered",
            "kind",
            "purpose",
            "place",
            "language",
            "access_needs",
            "has_permission",
            "issues",
            "connections",
            "asked_and_offered",
            "can_and_cannot",
            "time_paid",
            "steps_served",
            "partners",
            "colleagues",
            "readers",
            "named_readers",
        ]
        widgets = {"held_at": DateTimeInput, "title": NoteLine}
        labels = {
            "title": _("What was it?"),
            "held_at": _("When?"),
            "kind": _("What kind was it?"),
            "place": _("Where, or by what means?"),
            "language": _("In which language?"),
            "has_permission": _("They know that we write this down"),
            "time_paid": _("Was their time paid?"),
        }

    def suit(
        self, user: User, *, now: datetime, is_one_to_one: bool, default_readers: str = ""
    ) -> None:
        """Ask what fits: about a one-to-one or another touch, of this person."""
        self.user, self.now, self.is_one_to_one = user, now, is_one_to_one
        if is_one_to_one:
            del self.fields["title"]
        else:
            self._ask_about_a_touch()
        self._offer("contacts", Contact.objects.visible_to(user))
        self._offer("partners", PartnerOrganization.objects.visible_to(user))
        self._offer_colleagues()
        self.fields["steps_served"].offer_readable(self.instance)  # type: ignore[attr-defined]
        self._offer_kinds(OneToOne.ONE_TO_ONES if is_one_to_one else OneToOne.OTHERS)
        paid: Any = self.fields["time_paid"]
        paid.choices = [("", _("Nothing was agreed")), *OneToOne.TimePaid.choices]
        self.offer_readers(user, default=default_readers)
        if "readers" in self.fields:
            self.fields["readers"].help_text = _(
                "Colleagues who were there always see it, whatever you choose."
            )
        kind = self.get_initial_for_field(self.fields["kind"], "kind")
        self.usual = {
            "kind": OneToOne.Kind.MAINTENANCE if is_one_to_one else kind,
            "readers": default_readers or Readers.EQUITY_TEAM,
        }
        self.helper = PortalFormHelper()

    def clean_kind(self) -> str:
        """What it was, unless somebody said otherwise."""
        usual = self.get_initial_for_field(self.fields["kind"], "kind")
        return str(self.cleaned_data["kind"] or usual)

    def clean_held_at(self) -> datetime:
        held_at: datetime = self.cleaned_data["held_at"]
        check_year(held_at)
        if held_at > self.now + AN_HOUR:
            raise forms.ValidationError(_("It is logged after it was held: choose a time past."))
        return held_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked = "contacts" in cleaned and "partners" in cleaned
        if not self.is_one_to_one and asked and not (cleaned["contacts"] or cleaned["partners"]):
            self.add_error(
                "partners", _("Say for which organization it was, or who of them was there.")
            )
        return cleaned

    # --- the parts of the page --------------------------------------------------------------

    def parts(self) -> list[Part]:
        """The parts of a one-to-one, as it is taught, each opened only when wanted."""
        purpose = Part(
            _("Purpose"),
            "kind",
            "purpose",
            Row(Column("place", css_class="col-md-6"), Column("language", css_class="col-md-6")),
            "access_needs",
            hint=_("kind, place, language, access"),
        )
        exploration = Part(
            _("Exploration"),
            "has_permission",
            "issues",
            "connections",
            hint=_("issues, whom they answer to"),
        )
        exchange = Part(
            _("Exchange"),
            "asked_and_offered",
            "can_and_cannot",
            "time_paid",
            hint=_("asked, offered, can and cannot"),
        )
        commitment = Part(
            _("Commitment"), "steps_served", hint=_("action steps of the guide it served")
        )
        return [purpose, exploration, exchange, commitment]

    def readers_part(self) -> Part:
        """Who may read it: its line says so also while it is folded."""
        return Part(_("Who may read this"), self.sharing_layout(), shows="readers")

    # --- what is offered --------------------------------------------------------------------

    def _offer(self, name: str, rows: Any) -> None:
        """Accept any row the person may see; show those chosen and those met of late."""
        field: PickerField = self.fields[name]  # type: ignore[assignment]
        field.queryset = rows
        value = self[name].value() or []
        chosen = [getattr(item, "pk", item) for item in value]
        field.offer(chosen, rows.current().met_of_late(self.user))

    def _offer_colleagues(self) -> None:
        author = self.instance.created_by_id or self.user.pk
        others = User.objects.who_may(Ability.SEE_PARTNERS).exclude(pk=author)
        rows = with_chosen(others, self.instance, "colleagues")
        self.fields["colleagues"].queryset = rows.order_by("name", "pk")  # type: ignore[attr-defined]

    def _offer_kinds(self, kinds: Any) -> None:
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].required = False

    def _ask_about_a_touch(self) -> None:
        """An event or a meeting has a name, is for organizations, and needs nobody by name."""
        self.order_fields(["title", "held_at", "partners"])
        self.fields["title"].required = True
        self.fields["contacts"].required = False
        self.fields["contacts"].label = _("Who of them was there?")
        self.fields["partners"].help_text = ""
        self.fields["what_mattered"].label = _("What mattered there?")


def on_the_day_or_later(form: forms.BaseForm, name: str, *, what: str | _StrPromise) -> None:
    """Put an error at the date field `name` where it comes before the meeting, or in no year."""
    day: date | None = form.cleaned_data.get(name)
    held_at: datetime | None = form.cleaned_data.get("held_at")
    if day is None:
        return
    try:
        check_year(day)
    except forms.ValidationError as error:
        form.add_error(name, error)
        return
    if held_at and day < timezone.localtime(held_at).date():
        form.add_error(name, what)
