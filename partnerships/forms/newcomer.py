"""A picker in which somebody who is not in the portal yet is named in place.

The name travels in the same field as the rows that are chosen, as "new:Nadia Flores", so that it
is part of a draft, and the service that makes the record makes the row in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from records.widgets import Picker, PickerField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

NEW = "new:"


class NewcomerPicker(Picker):
    """Its script offers `adds` ("Add “{name}” as a new person") below what it suggests."""

    def __init__(self, *, suggest: str, adds: str | _StrPromise) -> None:
        super().__init__(suggest=suggest)
        self.adds = adds

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-says-add": str(self.adds),
            "data-says-new": str(_("{name} (new)")),
            "data-new": NEW,
        }
        return context


@dataclass(frozen=True)
class Picked:
    """Rows that were chosen, and names of those who are to become rows."""

    rows: QuerySet
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names) or self.rows.exists()


class NewcomerPickerField(PickerField):
    """What it cleans to is `Picked`. `longest` is how long a name may be."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def clean(self, value: Any) -> Any:
        values = [str(item) for item in value or []]
        names = [" ".join(v.removeprefix(NEW).split()) for v in values if v.startswith(NEW)]
        keys = [item for item in values if not item.startswith(NEW)]
        rows = super().clean(keys) if keys or not names else self.queryset.none()
        self._check_names(names, rows)
        return Picked(rows, tuple(names))

    def _check_names(self, names: list[str], rows: QuerySet) -> None:
        known = {str(row).casefold() for row in rows} if names else set()
        is_possible = ProhibitNullCharactersValidator()
        for name in names:
            is_possible(name)
            if not name:
                raise forms.ValidationError(_("Somebody new needs a name."))
            if len(name) > self.longest:
                raise forms.ValidationError(
                    _("“%(name)s…” is too long for a name: %(most)d characters at most.")
                    % {"name": name[:20], "most": self.longest}
                )
            if name.casefold() in known:
                raise forms.ValidationError(
                    _("%(name)s is here twice. Take one of them out.") % {"name": name}
                )
            known.add(name.casefold())

    def offer(self, chosen: Iterable[Any], likely: Any) -> None:
        chosen = [str(item) for item in chosen]
        super().offer(chosen, likely)
        for value in chosen:
            if value.startswith(NEW):
                name = value.removeprefix(NEW)
                label = str(_("{name} (new)")).replace("{name}", name)
                self.widget.choices = [*self.widget.choices, (value, label)]
