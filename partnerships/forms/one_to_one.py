from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Div, Layout, Row
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partnerships.forms.newcomer import NewcomerPicker, NewcomerPickerField
from partnerships.forms.note import NoteLine
from partnerships.forms.one_to_one_fields import OneToOneFields, on_the_day_or_later
from partnerships.forms.parts import Part
from partnerships.models import Contact, OneToOne, PartnerOrganization, Promise
from partnerships.services import (
    NextStep,
    Outcome,
    Participants,
    Word,
    count_as_contact,
    log_one_to_one,
)
from records.forms import ConflictPanel, NewRecordForm, RecordForm
from records.models import LONGEST_LINE
from records.spans import A_WEEK
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


class What(forms.CharField):
    """What somebody will do: one line, which becomes a row of its own."""

    widget = NoteLine

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_LINE, required=False, **kwargs)


def by_when() -> forms.DateField:
    return forms.DateField(label=_("By when?"), widget=DateInput, required=False)


# The fields of a promise: what, by when, who gives it, and how its line is called.
WORDS = {
    "we_promised": (Promise.Direction.OURS, _("We promised")),
    "we_promised_too": (Promise.Direction.OURS, _("We promised something else too")),
    "they_offered": (Promise.Direction.THEIRS, _("They offered")),
    "they_offered_too": (Promise.Direction.THEIRS, _("They offered something else too")),
}


class NewOneToOneForm(OneToOneFields, NewRecordForm):
    """Four questions, about a minute; the rest can wait. Another touch asks as little.

    `kind` says which other touch it is, or nothing for a one-to-one.
    """

    contacts = NewcomerPickerField(
        label=_("Whom did you talk with?"),
        queryset=Contact.objects.none(),
        longest=120,
        widget=NewcomerPicker(
            suggest="partnerships:contact-suggest", adds=_("Add “{name}” as a new person")
        ),
        help_text=_("Begin to type a name. Several people are fine."),
    )
    partners = NewcomerPickerField(
        label=_("For which organizations?"),
        queryset=PartnerOrganization.objects.none(),
        longest=160,
        widget=NewcomerPicker(
            suggest="partnerships:partner-suggest", adds=_("Add “{name}” as a new organization")
        ),
        required=False,
        help_text=_(
            "Empty means: those the people belong to. Somebody new belongs to the one named here."
        ),
    )
    next_step = What(
        label=_("What happens next?"),
        help_text=_("It becomes a follow-up of yours. Leave it empty if nothing does."),
    )
    next_on = by_when()
    we_promised = What(label=_("What did we promise?"))
    we_promised_on = by_when()
    we_promised_too = What(label=_("What else did we promise?"))
    we_promised_too_on = by_when()
    they_offered = What(label=_("What did they offer to do?"))
    they_offered_on = by_when()
    they_offered_too = What(label=_("What else did they offer?"))
    they_offered_too_on = by_when()

    def __init__(
        self,
        *args: Any,
        user: User,
        now: datetime,
        default_readers: str,
        kind: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        is_one_to_one = kind not in OneToOne.OTHERS
        if not is_one_to_one:
            self.fields["kind"].initial = kind
        self.suit(user, now=now, is_one_to_one=is_one_to_one, default_readers=default_readers)
        self.fields["held_at"].initial = now.replace(second=0, microsecond=0)
        # Late enough to do, soon enough to be remembered for.
        in_a_week = now.date() + A_WEEK
        for name in ("next_on", *(f"{word}_on" for word in WORDS)):
            self.fields[name].initial = self.usual[name] = in_a_week
        self.helper.layout = Layout("submission_key", *self._questions(), *self._more())

    @classmethod
    def initial_of(cls, words: dict[str, list[str]]) -> dict[str, Any]:
        """What a draft put into the fields: a box that was not ticked then is not ticked now."""
        initial: dict[str, Any] = {}
        for name, field in cls.base_fields.items():
            values = words.get(name, [])
            if isinstance(field, forms.ModelMultipleChoiceField):
                initial[name] = values
            elif values or isinstance(field, forms.BooleanField):
                initial[name] = values[0] if values else False
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_pair("next_step", "next_on", _("Say by when, so that you can be reminded."))
        for word in WORDS:
            self._check_pair(word, f"{word}_on", _("Say by when: a promise has a date."))
        return cleaned

    def _check_pair(self, what: str, when: str, missing: Any) -> None:
        """What is said has a day, on or after the meeting; a day alone says nothing."""
        if not self.cleaned_data.get(what):
            self.errors.pop(when, None)
            return
        if when in self.cleaned_data and not self.cleaned_data[when]:
            self.add_error(when, missing)
        on_the_day_or_later(
            self, when, what=_("This is before you met. Choose that day or a later one.")
        )

    def save_new(self, *, by: User, at: datetime) -> OneToOne:
        cleaned = self.cleaned_data
        words = [
            Word(direction=direction, what=cleaned[word], due_on=cleaned[f"{word}_on"])
            for word, (direction, _label) in WORDS.items()
            if cleaned[word]
        ]
        what = cleaned["next_step"]
        next_step = NextStep(what=what, due_on=cleaned["next_on"]) if what else None
        return log_one_to_one(
            one_to_one=self.save(commit=False),
            participants=self._participants(),
            outcome=Outcome(next_step=next_step, words=words),
            by=by,
            at=at,
            key=self.key,
        )

    def _participants(self) -> Participants:
        cleaned = self.cleaned_data
        return Participants(
            contacts=cleaned["contacts"].rows,
            partners=cleaned["partners"].rows,
            colleagues=cleaned["colleagues"],
            steps=cleaned["steps_served"],
            named_readers=cleaned["named_readers"],
            new_contacts=cleaned["contacts"].names,
            new_partners=cleaned["partners"].names,
        )

    # --- the page ---------------------------------------------------------------------------

    def _questions(self) -> list[Any]:
        outcome = [
            self._pair("next_step", "next_on"),
            Div(self._word("we_promised"), self._word("they_offered"), css_class="adds"),
        ]
        if self.is_one_to_one:
            return ["contacts", "held_at", "what_mattered", *outcome]
        came_of_it = Part(_("What came of it"), *outcome, hint=_("next step, promises"))
        return ["title", "held_at", "partners", "what_mattered", came_of_it]

    def _word(self, name: str) -> Part:
        """A promise, one press away, and one more of the same side behind another press."""
        too = f"{name}_too"
        another = Part(_("Another"), self._pair(too, f"{too}_on"), as_button=True)
        return Part(WORDS[name][1], self._pair(name, f"{name}_on"), another, as_button=True)

    def _pair(self, what: str, when: str) -> Row:
        return Row(Column(what, css_class="col-md-8"), Column(when, css_class="col-md-4"))

    def _more(self) -> list[Part]:
        who = ["partners"] if self.is_one_to_one else ["contacts"]
        there = Part(_("Who was there"), *who, "colleagues", hint=_("organizations, colleagues"))
        return [*self.parts(), there, self.readers_part()]


class OneToOneForm(OneToOneFields, RecordForm):
    instance: OneToOne

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suit(user, now=now, is_one_to_one=self.instance.is_one_to_one)
        if self.instance.created_by_id != user.pk:
            # Naming a colleague who was there lets that colleague read: the author's to say.
            del self.fields["colleagues"]
        self.helper.layout = Layout(ConflictPanel(), *self._all())

    def save(self, commit: bool = True) -> OneToOne:  # noqa: FBT001, FBT002 (Django's signature)
        """A colleague who is named only now was there too, and may have been introduced."""
        with transaction.atomic():
            one_to_one: OneToOne = super().save(commit)
            if commit:
                count_as_contact(one_to_one=one_to_one, by=self.user, at=self.now)
        return one_to_one

    def _all(self) -> list[Any]:
        first = ["contacts", "held_at"] if self.is_one_to_one else ["title", "held_at", "partners"]
        also = ["partners"] if self.is_one_to_one else ["contacts"]
        colleagues = ["colleagues"] if "colleagues" in self.fields else []
        readers = [self.readers_part()] if "readers" in self.fields else []
        who = Part(_("Who was there"), *also, *colleagues, hint=_("organizations, colleagues"))
        return [*first, "what_mattered", *self.parts(), who, *readers]

    def context(self) -> dict[str, Any]:
        return super().context() | {"user": self.user, "now": self.now}
