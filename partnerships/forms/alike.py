"""Whether somebody is about to write down what is in the portal already. It asks, and never blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse

from partnerships.models import Contact, PartnerOrganization
from records.forms import NewRecordForm
from records.models import LONGEST_QUERY
from records.widgets import is_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from accounts.models import User

MOST_ALIKE = 5


class AlikeForm(forms.Form):
    """What has been typed so far; `search` finds what may be the same."""

    model: Any

    name = forms.CharField(required=False, max_length=LONGEST_QUERY)
    # Anything may stand here while it is being typed.
    email = forms.CharField(required=False, max_length=LONGEST_QUERY)
    phone = forms.CharField(required=False, max_length=LONGEST_QUERY)

    def search(self, reader: User, *, on: date) -> Sequence[Any]:
        if not self.is_valid():
            return []
        return list(self.rows(reader, on=on).alike(**self.cleaned_data)[:MOST_ALIKE])

    def rows(self, reader: User, *, on: date) -> Any:
        return self.model.objects.visible_to(reader)


class PartnerAlikeForm(AlikeForm):
    model = PartnerOrganization

    website = forms.CharField(required=False, max_length=LONGEST_QUERY)


class ContactAlikeForm(AlikeForm):
    model = Contact

    def rows(self, reader: User, *, on: date) -> Any:
        return Contact.objects.visible_to(reader).with_roles(on=on)


class AsksWhetherAlike(NewRecordForm):
    """A form for something new that names, once, what it may be the same as.

    `seen_alike` holds the keys of those that the page has shown.
    """

    alike_form: type[AlikeForm]
    alike_url: str
    alike: Sequence[Any] = ()

    # No layout names it: what is shown as alike brings it along.
    seen_alike = forms.CharField(required=False)

    def asks_first(self, reader: User, *, at: datetime) -> bool:
        """Whether something may be the same that the person was not shown; the form shows it then.

        `at` is told in the zone of whoever asks: its day is today.
        """
        typed = {n: self.cleaned_data.get(n) or "" for n in self.alike_form.base_fields}
        found = self.alike_form(typed).search(reader, on=at.date())
        seen = {key for key in self.cleaned_data["seen_alike"].split(",") if is_key(key)}
        self.alike = [row for row in found if self.key is None or row.submission_key != self.key]
        return bool({str(row.pk) for row in self.alike} - seen)


class PlaceForAlike(LayoutObject):
    """Where what is alike stands; `static/js/alike.js` fills it while one types."""

    def render(self, form: Any, context: Any, **kwargs: Any) -> str:
        place = {"alike": form.alike, "url": reverse(form.alike_url)}
        return render_to_string("partnerships/alike_place.html", place)
