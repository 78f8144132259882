from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from records.forms import PortalFormHelper, check_to_come
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date


class SendForm(forms.Form):
    """Until which day the try-out shall send. Production has no such form: there, beat decides."""

    day = forms.DateField(
        label=_("As if it were"),
        widget=DateInput,
        required=False,
        help_text=_("A later day shows what will be sent until then."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].initial = today
        self.helper = PortalFormHelper()

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"] or self.today
        check_to_come(day, today=self.today)
        return day
