"""One organization or one person, chosen by typing its name: what several forms ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from partnerships.models import Contact, PartnerOrganization
from records.widgets import OnePicker, OnePickerField

if TYPE_CHECKING:
    from django import forms

    from accounts.models import User


def organization(*, label: Any, **kwargs: Any) -> OnePickerField:
    return OnePickerField(
        label=label,
        queryset=PartnerOrganization.objects.none(),
        widget=OnePicker(suggest="partnerships:partner-suggest"),
        required=False,
        **kwargs,
    )


def person(*, label: Any, **kwargs: Any) -> OnePickerField:
    field = OnePickerField(
        label=label,
        queryset=Contact.objects.none(),
        widget=OnePicker(suggest="partnerships:contact-suggest"),
        required=False,
        **kwargs,
    )
    field.label_from_instance = _name_and_wish
    return field


def offer(form: forms.BaseForm, name: str, rows: Any, user: User) -> None:
    """Accept any row the person may see; show the one chosen, or those met of late."""
    field: OnePickerField = form.fields[name]  # type: ignore[assignment]
    field.queryset = rows
    value = form[name].value()
    if value:
        field.offer([getattr(value, "pk", value)], rows.none())
    else:
        field.offer([], rows.current().met_of_late(user))


def _name_and_wish(contact: Contact) -> str:
    """A person as a list of choices names them, with what they asked for."""
    if not contact.do_not_contact:
        return contact.name
    return str(_("%(name)s (asked us not to contact them)") % {"name": contact.name})
