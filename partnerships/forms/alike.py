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

    from accounts.models import User

MOST_ALIKE = 5


class AlikeForm(forms.Form):
    """What has been typed so far; `search` finds what may be the same."""

    model: Any

    name = forms.CharField(required=False, max_length=LONGEST_QUERY)
    # Anything may stand here while it is being typed.
    email = forms.CharField(required=False, max_length=LONGEST_QUERY)
    phone = forms.CharField(required=False, max_length=LONGEST_QUERY)

    def search(self, reader: User) -> Sequence[Any]:
        if not self.is_valid():
            return []
        return list(self.model.objects.visible_to(reader).alike(**self.cleaned_data)[:MOST_ALIKE])


class PartnerAlikeForm(AlikeForm):
    model = PartnerOrganization

    website = forms.CharField(required=False, max_length=LONGEST_QUERY)


class ContactAlikeForm(AlikeForm):
    model = Contact

    def search(self, reader: User) -> Sequence[Any]:
        rows = Contact.objects.visible_to(reader).prefetch_related("affiliations__partner")
        return list(rows.alike(**self.cleaned_data)[:MOST_ALIKE]) if self.is_valid() else []


class AsksWhetherAlike(NewRecordForm):
    """A form for something new that names, once, what it may be the same as.

    `seen_alike` holds the keys of those that the page has shown.
    """

    alike_form: type[AlikeForm]
    alike_url: str
    alike: Sequence[Any] = ()

    # No layout names it: what is shown as alike brings it along.
    seen_alike = forms.CharField(required=False)

    def asks_first(self, reader: User) -> bool:
        """Whether something may be the same that the person was not shown; the form shows it then."""
        typed = {n: self.cleaned_data.get(n) or "" for n in self.alike_form.base_fields}
        found = self.alike_form(typed).search(reader)
        seen = {key for key in self.cleaned_data["seen_alike"].split(",") if is_key(key)}
        self.alike = [row for row in found if self.key is None or row.submission_key != self.key]
        return bool({str(row.pk) for row in self.alike} - seen)


class PlaceForAlike(LayoutObject):
    """Where what is alike stands; `static/js/alike.js` fills it while one types."""

    def render(self, form: Any, context: Any, **kwargs: Any) -> str:
        place = {"alike": form.alike, "url": reverse(form.alike_url)}
        return render_to_string("partnerships/alike_place.html", place)
