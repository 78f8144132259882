"""What becomes of a promise: kept, broken, or given another date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnerships.forms.note import Note
from partnerships.models import PromiseChange
from records.forms import Overtaken, OverVersion, PortalFormHelper, check_to_come, check_year
from records.models import LONGEST_NOTE
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date

    from partnerships.models import Promise


class _SettlingForm(Overtaken, forms.Form):
    on = forms.DateField(widget=DateInput)

    def __init__(self, *args: Any, promise: Promise, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promise, self.today = promise, today
        self.fields["on"].initial = today
        self.helper = PortalFormHelper()

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        check_year(on)
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if on < self.promise.promised_on:
            raise forms.ValidationError(_("This is before the day it was promised."))
        return on


class KeepForm(_SettlingForm):
    evidence = forms.CharField(
        label=_("How can one see that it was kept?"),
        widget=Note,
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_(
            "A link, a date, a name: whatever somebody who asks could look at. It may be asked "
            "for as a public record."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Kept on which day?")


class BreakForm(_SettlingForm):
    reason = forms.CharField(
        label=_("Why?"),
        widget=Note,
        max_length=LONGEST_NOTE,
        help_text=_("Say it as you would say it to them. It may be asked for as a public record."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Since which day is that clear?")
        self.order_fields(["reason", "on"])


class ChangeForm(OverVersion, forms.ModelForm):
    """Another date, with the reason."""

    AGREED = [("yes", _("Yes. The new date is the one that counts from now on.")), ("no", "")]

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    was_agreed = forms.TypedChoiceField(
        label=_("Did they agree to it?"),
        choices=AGREED,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        widget=Note,
        max_length=LONGEST_NOTE,
        help_text=_("It stays beside the promise, whatever becomes of it."),
    )

    class Meta:
        model = PromiseChange
        fields = ["to_due_on", "reason", "was_agreed"]
        widgets = {"to_due_on": DateInput}
        labels = {"to_due_on": _("By when now?")}

    def __init__(self, *args: Any, promise: Promise, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promise, self.today = promise, today
        self.fields["version"].initial = promise.version
        no = _("No, or nobody asked. It still counts by %(day)s.") % {
            "day": date_format(promise.counts_on, "DATE_FORMAT")
        }
        self.fields["to_due_on"].help_text = _("Now it is due on %(day)s.") % {
            "day": date_format(promise.due_on, "DATE_FORMAT")
        }
        self.fields["was_agreed"].choices = [self.AGREED[0], ("no", no)]  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()

    def clean_to_due_on(self) -> date:
        to_due_on: date = self.cleaned_data["to_due_on"]
        check_year(to_due_on)
        if to_due_on == self.promise.due_on:
            raise forms.ValidationError(_("This is the day it has now. Choose another one."))
        check_to_come(to_due_on, today=self.today)
        return to_due_on

    def change(self) -> dict[str, Any]:
        """What the service is given: the change, and the version that was seen."""
        return {"change": self.save(commit=False), "version": self.cleaned_data["version"]}
