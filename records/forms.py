"""The two forms everything is written with: one that makes a row once, one that never overwrites.

An edit form carries the version it was opened over and a digest of each value it showed. When
somebody saved meanwhile, what only they changed is taken over, what only this person changed
is kept, and what both changed is shown side by side with a choice for each field.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from records import services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from records.models import Versioned

KEEP_MINE, KEEP_THEIRS, KEEP_BOTH = "mine", "theirs", "both"


class PortalFormHelper(FormHelper):
    """Crispy's helper with our form tag: the page supplies the button row and the summary."""

    form_tag = False
    disable_csrf = True
    form_show_errors = True
    show_form_errors = False
    label_class = ""
    html5_required = True


def with_chosen(rows: models.QuerySet, record: models.Model, name: str) -> models.QuerySet:
    """`rows`, and what the record has chosen before: an edit must not drop what was retired."""
    if record.pk is None:
        return rows
    chosen = getattr(record, name)
    keys = chosen.values("pk") if hasattr(chosen, "values") else [getattr(chosen, "pk", None)]
    everything = rows.model._default_manager  # noqa: SLF001 (Django's own name for it)
    return everything.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=keys))


class FilterForm(forms.Form):
    """Owns the query string of a list: reads it, cleans it, applies it.

    A value that cannot be read filters nothing, and says so at its field.
    """

    q = forms.CharField(label=_("Search"), max_length=200, required=False)

    @property
    def words(self) -> str:
        return str(self.chosen.get("q", ""))

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class NewRecordForm(forms.ModelForm):
    """Makes a row. The key it carries makes a second post of it the same row."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid.uuid4

    @property
    def key(self) -> uuid.UUID | None:
        return self.cleaned_data.get("submission_key")


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed at once; `key` names the choice in the post."""

    field: str
    key: str
    label: str
    mine: str
    theirs: str
    may_keep_both: bool

    @property
    def keep(self) -> str:
        """The choice offered first: the one that loses nothing."""
        return KEEP_BOTH if self.may_keep_both else KEEP_MINE


class ConflictPanel(LayoutObject):
    """Both versions of what two people changed, above the fields of the form."""

    def render(self, form: RecordForm, context: Any, **kwargs: Any) -> str:
        if not form.conflicts:
            return ""
        return render_to_string("components/conflict.html", {"conflicts": form.conflicts})


class RecordForm(forms.ModelForm):
    """Edits a row that others may edit too. Subclasses list their fields as usual.

    `save()` raises `records.services.ChangedMeanwhile` when somebody was faster by the width
    of a transaction; `again()` then gives the form that shows both versions.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    disputed = forms.CharField(widget=forms.HiddenInput, required=False)

    instance: Versioned

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.fields["version"].initial = self.instance.version
        self.fields["seen"].initial = json.dumps(self._digests_of_stored())

    @property
    def shared_fields(self) -> list[str]:
        return [name for name in self.fields if name not in {"version", "seen", "disputed"}]

    def again(self) -> RecordForm:
        """The same words over the row as it stands now."""
        latest = type(self.instance)._default_manager.get(pk=self.instance.pk)  # noqa: SLF001
        return type(self)(self.data, self.files or None, instance=latest, **self.context())

    def context(self) -> dict[str, Any]:
        """What else the form was made with; a subclass with arguments of its own adds them."""
        return {"prefix": self.prefix} if self.prefix else {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is None:
            return cleaned
        self._apply_choices(cleaned)
        if cleaned.get("version") != self.instance.version:
            self._weigh(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        """Write over the version that was seen. Raises ChangedMeanwhile."""
        if not commit or self.instance.pk is None:
            return super().save(commit)
        with transaction.atomic():
            services.save_version(record=self.instance, fields=self.columns())
            self._save_m2m()
        return self.instance

    def columns(self) -> Iterable[str]:
        """The fields of the form that are columns of the row."""
        columns = {field.name for field in self.instance._meta.concrete_fields}  # noqa: SLF001
        return [name for name in self._meta.fields or () if name in columns]

    # --- weighing two versions ------------------------------------------------------------

    def _apply_choices(self, cleaned: dict[str, Any]) -> None:
        """Carry out what the person chose on the page that showed both versions."""
        for name in filter(None, (cleaned.get("disputed") or "").split(",")):
            choice = self.data.get(self.add_prefix(f"keep-{name}"), KEEP_MINE)
            if name not in self.shared_fields or choice == KEEP_MINE:
                continue
            theirs = self._stored(name)
            if choice == KEEP_BOTH:
                theirs = f"{theirs}\n\n{self._typed(name)}"
            self._put(name, theirs, cleaned)

    def _weigh(self, cleaned: dict[str, Any]) -> None:
        seen = self._digests_that_were_seen(cleaned)
        for name in self.shared_fields:
            mine, theirs = _digest(self._typed(name)), _digest(self._stored(name))
            if mine == theirs or theirs == seen.get(name):
                continue
            if mine == seen.get(name):
                self._put(name, self._stored(name), cleaned)
            else:
                self.conflicts.append(self._conflict(name))
        self._show_again()
        if self.conflicts:
            raise ValidationError(
                _("Somebody saved this while you were writing. Choose what to keep below."),
                code="changed_meanwhile",
            )

    def _conflict(self, name: str) -> Conflict:
        field = self.fields[name]
        return Conflict(
            field=name,
            key=self.add_prefix(f"keep-{name}"),
            label=str(field.label or name),
            mine=self._shown(name, self._typed(name)),
            theirs=self._shown(name, self._stored(name)),
            may_keep_both=isinstance(field.widget, forms.Textarea),
        )

    def _shown(self, name: str, value: Any) -> str:
        """A value as a person reads it: the names of choices rather than their keys."""
        choices = dict(_flat(getattr(self.fields[name], "choices", ())))
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(choices.get(str(v), "" if v is None else v)) for v in values)

    def _typed(self, name: str) -> Any:
        field = self.fields[name]
        value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return _plain(value)

    def _stored(self, name: str) -> Any:
        field = self.fields[name]
        return _plain(field.prepare_value(self.get_initial_for_field(field, name)))

    def _digests_of_stored(self) -> dict[str, str]:
        return {name: _digest(self._stored(name)) for name in self.shared_fields}

    def _digests_that_were_seen(self, cleaned: dict[str, Any]) -> dict[str, str]:
        try:
            seen = json.loads(cleaned.get("seen") or "{}")
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def _put(self, name: str, value: Any, cleaned: dict[str, Any]) -> None:
        """Let the form hold `value` in this field, on the page and in what is saved."""
        self._change_data({name: value})
        cleaned[name] = self.fields[name].clean(value)

    def _show_again(self) -> None:
        """Let the next post of this page be over the version that the page now shows."""
        self._change_data(
            {
                "version": self.instance.version,
                "seen": json.dumps(self._digests_of_stored()),
                "disputed": ",".join(conflict.field for conflict in self.conflicts),
            }
        )

    def _change_data(self, values: dict[str, Any]) -> None:
        data = self.data.copy()
        for name, value in values.items():
            key = self.add_prefix(name)
            if isinstance(value, list) and hasattr(data, "setlist"):
                data.setlist(key, value)
            else:
                data[key] = value
        self.data = data


def _plain(value: Any) -> Any:
    """A value as a browser would send it, so that what is typed and what is stored compare."""
    if isinstance(value, list | tuple | set):
        return sorted(str(_plain(item)) for item in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return str(value).replace("\r\n", "\n").strip()


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def _flat(choices: Any) -> Iterable[tuple[str, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(getattr(key, "value", key)), label
