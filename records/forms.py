"""The two forms everything is written with: one that makes a row once, one that never overwrites.

An edit form carries the version it was opened over and a digest of each value it showed. When
somebody saved meanwhile, what only they changed is taken over, what only this person changed
is kept, and what both changed is shown side by side with a choice for each field.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from records import services
from records.field_values import both, digest, may_hold_both, plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

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
    # The version, what was seen and the submission key travel in fields no layout names.
    render_hidden_fields = True


def with_chosen(rows: models.QuerySet, record: models.Model, name: str) -> models.QuerySet:
    """`rows`, and what the record has chosen before: an edit must not drop what was retired."""
    if record.pk is None:
        return rows
    chosen = getattr(record, name)
    keys = chosen.values("pk") if hasattr(chosen, "values") else [getattr(chosen, "pk", None)]
    everything: models.Manager = rows.model._default_manager
    return everything.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=keys))


# A year outside these is a slip of the finger; the database refuses it too.
FIRST_YEAR, LAST_YEAR = 1990, 2100


def check_year(day: date) -> None:
    """Raises ValidationError for a day that no record of a department is about."""
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise ValidationError(_("Check the year: %(year)04d.") % {"year": day.year})


def check_to_come(day: date, *, today: date) -> None:
    """Raises ValidationError for a day that has passed, where something is still to be done."""
    if day < today:
        raise ValidationError(_("Choose today or a later day."))


# What a script said at the fields already, by its key: it need not be said again.
WARNED = "warned"


def warnings_of(form: forms.BaseForm) -> list[str]:
    """What its fields have to say about words that were saved all the same.

    A widget says so by a method `warns_of`, which gives sentences by their keys.
    """
    said = form.data.getlist(WARNED) if hasattr(form.data, "getlist") else []
    warnings = []
    for name in form.changed_data:
        field = form.fields[name]
        if hasattr(field.widget, "warns_of"):
            text = str(form.cleaned_data.get(name) or "")
            found = field.widget.warns_of(text).items()
            new = [warning for key, warning in found if key not in said]
            label = field.label or name
            warnings += [
                _("%(label)s %(warning)s") % {"label": label, "warning": warning}
                for warning in new
            ]
    return warnings


class FilterForm(forms.Form):
    """Owns the query string of a list: reads it, cleans it, applies it.

    A value that cannot be read filters nothing, and says so at its field.
    """

    # The fields that stand in one line; the others are folded away until one is wanted. None
    # named: all of them do.
    in_line: tuple[str, ...] = ()
    # What the list can be sorted by: the word in the address, and the order. The first is usual.
    orders: dict[str, list[Any]] = {}
    order_names: dict[str, Any] = {}

    q = forms.CharField(label=_("Search"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.orders:
            self.fields["sort"] = forms.ChoiceField(
                label=_("Sorted by"), choices=[*self.order_names.items()], required=False
            )
            self.fields["sort"].initial = next(iter(self.orders))

    @property
    def words(self) -> str:
        return str(self.chosen.get("q", ""))

    @property
    def chosen(self) -> dict[str, Any]:
        """What narrows the list."""
        self.is_valid()
        given = self.cleaned_data.items()
        return {k: v for k, v in given if k != "sort" and v not in (None, "", False)}

    def says(self) -> list[str]:
        """What narrows the list, in words: for where its fields are folded away."""
        shown = {field.name for field in self.visible_fields()}
        return [self._said(name, value) for name, value in self.chosen.items() if name in shown]

    def _said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if value is True:
            return str(field.label)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            choices: Any = field.choices
            value = next((said for key, said in choices if str(key) == str(value)), value)
        said = date_format(value) if isinstance(value, date) else value
        return str(_("%(label)s: %(said)s") % {"label": field.label, "said": said})

    @property
    def sorted_by(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("sort") or next(iter(self.orders), "")

    @property
    def order(self) -> list[Any]:
        return self.orders[self.sorted_by]

    def fields_in_line(self) -> list[forms.BoundField]:
        return [f for f in self if not self.in_line or f.is_hidden or f.name in self.in_line]

    def folded_fields(self) -> list[forms.BoundField]:
        shown = {field.name for field in self.fields_in_line()}
        return [field for field in self if field.name not in shown]

    def is_unfolded(self) -> bool:
        wanted = {*self.chosen, *self.errors}
        return any(field.name in wanted for field in self.folded_fields())


class NewRecordForm(forms.ModelForm):
    """Makes a row. The key it carries makes a second post of it the same row."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid.uuid4

    @property
    def key(self) -> uuid.UUID | None:
        return self.cleaned_data.get("submission_key")


class Overtaken(forms.BaseForm):
    """A form that comes back with every word typed where somebody was first."""

    def hold(self, said: str | _StrPromise, **hidden: object) -> None:
        """Keep the words, say what happened meanwhile, and send these hidden values along next."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, value in hidden.items():
            self.data[self.add_prefix(name)] = value  # type: ignore[index]
        self.add_error(None, said)


class OverVersion(Overtaken):
    """A form about a record that carries, in `version`, the one that was seen."""

    def to_send_again(self, version: int) -> None:
        """Hold the same words over the record as it stands now, and say that somebody was first."""
        meanwhile = _(
            "Somebody changed this while you were writing. Look at it, then send it again."
        )
        self.hold(meanwhile, version=version)


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

    def render(self, form: forms.BaseForm, context: Any, **kwargs: Any) -> str:
        conflicts = getattr(form, "conflicts", None)  # what is new cannot conflict
        if not conflicts:
            return ""
        return render_to_string("components/conflict.html", {"conflicts": conflicts})


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
        latest = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return type(self)(self.data, self.files or None, instance=latest, **self.context())

    def context(self) -> dict[str, Any]:
        """What else the form was made with; a subclass with arguments of its own adds them."""
        return {"prefix": self.prefix} if self.prefix else {}

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.instance.pk is not None:
            self._apply_choices()
            if self.cleaned_data.get("version") != self.instance.version:
                self._weigh()
        return self.cleaned_data

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        """Write over the version that was seen. Raises ChangedMeanwhile."""
        if not commit or self.instance.pk is None:
            return super().save(commit)
        with transaction.atomic():
            services.save_version(record=self.instance, fields=self.columns())
            self._save_m2m()  # type: ignore[attr-defined]  # Django's own, when it does not commit
        return self.instance

    def columns(self) -> Iterable[str]:
        """The fields of the form that are columns of the row."""
        columns = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self._meta.fields or () if name in columns]

    # --- weighing two versions ------------------------------------------------------------

    def _apply_choices(self) -> None:
        """Carry out what the person chose on the page that showed both versions."""
        seen = self._digests_that_were_seen()
        for name in (self.cleaned_data.get("disputed") or "").split(","):
            if name not in self.shared_fields or digest(self._stored(name)) != seen.get(name):
                continue  # or a third person saved since: weighed again below
            choice = self.data.get(self.add_prefix(f"keep-{name}"), KEEP_MINE)
            if choice == KEEP_THEIRS:
                self._put(name, self._stored(name))
            elif choice == KEEP_BOTH and may_hold_both(self.fields[name]):
                field, theirs, mine = self.fields[name], self._stored(name), self._typed(name)
                self._put(name, both(field, theirs, mine))

    def _weigh(self) -> None:
        seen = self._digests_that_were_seen()
        for name in self.shared_fields:
            mine, theirs = digest(self._typed(name)), digest(self._stored(name))
            if mine == theirs or theirs == seen.get(name):
                continue
            if mine == seen.get(name):
                self._put(name, self._stored(name))
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
            mine=shown(field, self._typed(name)),
            theirs=shown(field, self._stored(name)),
            may_keep_both=may_hold_both(field),
        )

    def _typed(self, name: str) -> Any:
        field = self.fields[name]
        value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return plain(value)

    def _stored(self, name: str) -> Any:
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(value, date | time):
            value = field.widget.format_value(value)
        return plain(value)

    def _digests_of_stored(self) -> dict[str, str]:
        return {name: digest(self._stored(name)) for name in self.shared_fields}

    def _digests_that_were_seen(self) -> dict[str, str]:
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except (ValueError, RecursionError):
            return {}
        return seen if isinstance(seen, dict) else {}

    def _put(self, name: str, value: Any) -> None:
        """Let the form hold `value` in this field, on the page and in what is saved."""
        self._change_data({name: value})
        self.errors.pop(name, None)  # it was about the words that this replaces
        try:
            self.cleaned_data[name] = self.fields[name].clean(value)
            if hasattr(self, f"clean_{name}"):
                self.cleaned_data[name] = getattr(self, f"clean_{name}")()
        except ValidationError as error:
            self.add_error(name, error)

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
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
        for name, value in values.items():
            key = self.add_prefix(name)
            if isinstance(value, list) and hasattr(data, "setlist"):
                data.setlist(key, value)
            else:
                data[key] = value
        self.data = data
