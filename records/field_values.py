"""Values of a form's fields: as a browser sends them, as people read them, and two in one."""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from records.widgets import is_key

if TYPE_CHECKING:
    from collections.abc import Iterable


def plain(value: Any) -> Any:
    """A value as a browser would send it, so that what is typed and what is stored compare."""
    if isinstance(value, list | tuple | set):
        return sorted(str(plain(item)) for item in value)
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return str(value).replace("\r\n", "\n").strip()


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def may_hold_both(field: forms.Field) -> bool:
    """Lists and text do; an address, a date or one choice of several does not."""
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return True
    if hasattr(field, "joined_by"):
        return True
    return type(field) is forms.CharField and isinstance(
        field.widget, forms.Textarea | forms.TextInput
    )


def both(field: forms.Field, theirs: Any, mine: Any) -> Any:
    """Everything either of them said, and nothing twice."""
    if isinstance(theirs, list):
        return [*theirs, *(item for item in mine if item not in theirs)]
    if hasattr(field, "joined_by"):  # a field that drops what is said twice, such as tags
        return str(field.joined_by).join(part for part in (theirs, mine) if part)
    if mine in theirs or theirs in mine:
        return max(theirs, mine, key=len)
    return ("\n\n" if isinstance(field.widget, forms.Textarea) else " / ").join([theirs, mine])


def shown(field: forms.Field, value: Any) -> str:
    """A plain value as a person reads it: names rather than keys, dates in their language."""
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if value else _("no"))
    if isinstance(field, forms.DateField | forms.DateTimeField):
        with contextlib.suppress(ValidationError):
            moment = field.to_python(value)
            return str(formats.localize(moment)) if moment else ""
    values = value if isinstance(value, list) else [value]
    names = _names(field, values)
    return ", ".join(names.get(item) or str(item) for item in values)


def _names(field: forms.Field, keys: list[str]) -> dict[str, str]:
    choices = getattr(field, "choices", ())
    if isinstance(choices, ModelChoiceIterator):  # only those asked for, of perhaps thousands
        rows = choices.queryset.filter(pk__in=[key for key in keys if is_key(key)])
        return {str(row.pk): choices.field.label_from_instance(row) for row in rows}
    return {key: str(label) for key, label in _flat(choices)}


def _flat(choices: Any) -> Iterable[tuple[str, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(getattr(key, "value", key)), label
