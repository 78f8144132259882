"""Parts of a long form that stay folded until they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, LayoutObject, Row
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django import forms
    from django.utils.functional import _StrPromise


class Part(LayoutObject):
    """Fields behind one line, open where one of them holds words or is wrong.

    A form says in `usual` what a field holds before anybody filled it in. `as_button` makes the
    line look like what it is where it stands for one press, such as "We promised". `shows` names
    a choice whose label the line tells; `static/js/forms.js` keeps it in step.
    """

    def __init__(
        self,
        summary: str | _StrPromise,
        *fields: Any,
        hint: str | _StrPromise = "",
        shows: str = "",
        as_button: bool = False,
    ) -> None:
        self.summary, self.hint, self.shows, self.as_button = summary, hint, shows, as_button
        self.fields = list(fields)

    def render(
        self, form: forms.BaseForm, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        names = [pointer.name for pointer in self.get_field_names()]
        part = {
            "summary": self.summary,
            "hint": self._chosen(form) if self.shows else self.hint,
            "shows": self.shows,
            "as_button": self.as_button,
            "is_open": any(is_wanted(form, name) for name in names),
            "fields": self.get_rendered_fields(form, context, template_pack, **kwargs),
        }
        return render_to_string("components/form_part.html", part)

    def _chosen(self, form: forms.BaseForm) -> Any:
        field: Any = form.fields[self.shows]
        return dict(field.choices).get(form[self.shows].value(), "")


def half(*names: str) -> Row:
    """Two fields side by side where there is room."""
    return Row(*(Column(name, css_class="col-md-6") for name in names))


def is_wanted(form: forms.BaseForm, name: str) -> bool:
    """Whether a field is wrong, or holds what it does not hold of itself."""
    if name in form.errors:
        return True
    value = form[name].value()
    usual = getattr(form, "usual", {}).get(name, "")
    if value in (None, False, "") or str(value) == str(usual):
        return False
    return bool(value)
