"""What the lists of a relationship's nouns are narrowed and sorted by. Each form owns its address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Program, Readers, User
from accounts.roles import Ability
from partnerships.forms.terms import TermsInput
from partnerships.models import (
    Contact,
    OneToOne,
    PartnerOrganization,
)
from partnerships.models.terms import LONGEST_TERM
from practices.models import PracticeRevision
from records.forms import FilterForm, check_year
from records.widgets import DateInput, is_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnerships.models.contact import ContactQuerySet
    from partnerships.models.one_to_one import OneToOneQuerySet
    from partnerships.models.partner import PartnerOrganizationQuerySet

ME, NOBODY = "me", "nobody"
A_DAY = timedelta(days=1)


def offered(**names: QuerySet) -> dict[str, list[tuple[str, str]]]:
    """Choices for several fields in one question: each queryset gives `key` and `label`."""
    parts = [
        rows.order_by()
        .annotate(of=Value(field, output_field=CharField()))
        .values_list("of", "key", "label")
        for field, rows in names.items()
    ]
    choices: dict[str, list[tuple[str, str]]] = {field: [] for field in names}
    found = parts[0].union(*parts[1:], all=True) if parts else ()
    for field, key, label in found:
        choices[field].append((str(key), label))
    return {field: sorted(rows, key=lambda row: row[1]) for field, rows in choices.items()}


def colleagues() -> QuerySet:
    return User.objects.who_may(Ability.RECORD).annotate(key=F("pk"), label=F("name"))


def spellings(term: str) -> list[str]:
    """The ways a term is likely to have been written, so that its index can find it."""
    return list({term, term.lower(), term.upper(), term.capitalize(), term.title()})


def asked_for(form: FilterForm, **rows: QuerySet) -> dict[str, QuerySet]:
    """The rows whose keys stand in the address, as choices of the hidden fields of that name."""
    keys = {field: form.data.get(field, "") for field in rows}
    return {
        field: rows[field].filter(pk=key).annotate(key=F("pk"), label=F("name"))
        for field, key in keys.items()
        if is_key(key)
    }


class AsksForSome(FilterForm):
    """A filter by a row that the page before was about, named where the list stands."""

    KEYS = ("partner", "contact")

    def named_rows(self) -> list[str]:
        return [
            label
            for name in self.KEYS
            if name in self.chosen
            for _key, label in self.fields[name].choices  # type: ignore[attr-defined]
        ]


class KeyField(forms.ChoiceField):
    """One row that the page before asked about: "all of these"."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)


def _begin_of(day: date) -> datetime:
    """The day's first moment, where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.min))


class TermFilterField(forms.CharField):
    """A word of the department's own, as it is typed in the field `of` that it filters."""

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=LONGEST_TERM, widget=TermsInput(of=of), **kwargs
        )


class PartnerFilterForm(FilterForm):
    STATES = [
        ("", _("All that are current")),
        ("cold", _("Going cold")),
        ("one", _("Hangs on one person")),
        ("archived", _("Archived")),
    ]

    in_line = ("q", "kind", "state")
    orders = {
        "name": ["name", "pk"],
        "-name": ["-name", "-pk"],
        "last": [F("last_touch_at").asc(nulls_first=True), "name", "pk"],
        "-last": [F("last_touch_at").desc(nulls_last=True), "name", "pk"],
    }
    order_names = {
        "name": _("Name"),
        "-name": _("Name, from the end"),
        "last": _("Last contact, the longest ago first"),
        "-last": _("Last contact, the latest first"),
    }

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *PartnerOrganization.Kind.choices],
    )
    state = forms.ChoiceField(label=_("How it stands"), required=False, choices=STATES)
    owner = forms.ChoiceField(label=_("Kept by"), required=False)
    issue = TermFilterField(label=_("Issue area"), of="issue_areas")
    tag = TermFilterField(label=_("Tag"), of="tags")
    program = forms.ChoiceField(label=_("Program"), required=False)
    practice = forms.ChoiceField(label=_("Practice it serves"), required=False)

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.at = user, at
        choices = offered(
            owner=colleagues(),
            program=Program.objects.current().annotate(key=F("pk"), label=F("name")),
            practice=PracticeRevision.objects.readable().annotate(
                key=F("practice"), label=F("name")
            ),
        )
        anybody = [("", _("Anybody")), (ME, _("Me")), (NOBODY, _("Nobody yet"))]
        self._offer("owner", anybody, choices)
        self._offer("program", [("", _("Any program"))], choices)
        self._offer("practice", [("", _("Any practice"))], choices)

    def _offer(self, field: str, first: list[Any], choices: dict[str, Any]) -> None:
        self.fields[field].choices = [*first, *choices[field]]  # type: ignore[attr-defined]

    def apply(self, partners: PartnerOrganizationQuerySet) -> PartnerOrganizationQuerySet:
        partners = self._by_state(partners).with_last_touch(self.user)
        for condition in self._conditions():
            partners = partners.filter(condition)
        partners = partners.order_by(*self.order)
        return partners.matching(self.words) if self.words else partners

    def _by_state(self, partners: PartnerOrganizationQuerySet) -> PartnerOrganizationQuerySet:
        match self.chosen.get("state"):
            case "archived":
                return partners.archived()
            case "cold":
                return partners.current().gone_quiet(self.user, at=self.at)
            case "one":
                return partners.current().hanging_on_one(self.user)
            case _:
                return partners.current()

    def _conditions(self) -> Iterable[Q]:
        chosen = self.chosen
        if "kind" in chosen:
            yield Q(kind=chosen["kind"])
        if "issue" in chosen:
            yield Q(issue_areas__overlap=spellings(chosen["issue"]))
        if "tag" in chosen:
            yield Q(tags__overlap=spellings(chosen["tag"]))
        if "program" in chosen:
            yield Q(programs=chosen["program"])
        if "practice" in chosen:
            yield Q(practices=chosen["practice"])
        if chosen.get("owner") == NOBODY:
            yield Q(owners__isnull=True)
        elif "owner" in chosen:
            yield Q(owners=self.user.pk if chosen["owner"] == ME else chosen["owner"])


class ContactFilterForm(AsksForSome):
    REACH = [
        ("", _("All that are current")),
        ("yes", _("May be contacted")),
        ("no", _("Asked us not to contact them")),
        ("archived", _("Archived")),
    ]

    in_line = ("q", "state")
    orders = {"name": ["name", "pk"], "-name": ["-name", "-pk"]}
    order_names = {"name": _("Name"), "-name": _("Name, from the end")}

    state = forms.ChoiceField(label=_("Who"), required=False, choices=REACH)
    partner = KeyField()
    organization = forms.CharField(label=_("Organization"), required=False, max_length=160)
    language = forms.CharField(label=_("Preferred language"), required=False, max_length=60)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.seen = PartnerOrganization.objects.visible_to(user)
        for field, choices in offered(**asked_for(self, partner=self.seen)).items():
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    def apply(self, contacts: ContactQuerySet) -> ContactQuerySet:
        contacts = self._by_state(contacts)
        for condition in self._conditions():
            contacts = contacts.filter(condition)
        contacts = contacts.order_by(*self.order)
        return contacts.matching(self.words) if self.words else contacts

    def _by_state(self, contacts: ContactQuerySet) -> ContactQuerySet:
        match self.chosen.get("state"):
            case "archived":
                return contacts.archived()
            case "no":
                return contacts.current().filter(do_not_contact=True)
            case "yes":
                return contacts.current().filter(do_not_contact=False)
            case _:
                return contacts.current()

    def _conditions(self) -> Iterable[Q]:
        chosen = self.chosen
        if "partner" in chosen:
            yield self._at([chosen["partner"]])
        if "organization" in chosen:
            yield self._at(self.seen.named(chosen["organization"]).values("pk"))
        if "language" in chosen:
            yield Q(language__iexact=chosen["language"])

    def _at(self, partners: QuerySet | Iterable[int]) -> Q:
        return Q(pk__in=Contact.objects.at_any_of(partners, on=self.today).values("pk"))


class OneToOneFilterForm(AsksForSome):
    KINDS = [
        ("", _("All kinds")),
        ("one-to-ones", _("One-to-ones")),
        *OneToOne.Kind.choices,
    ]

    in_line = ("q", "kind", "who")
    orders = {"-held": ["-held_at", "-pk"], "held": ["held_at", "pk"]}
    order_names = {"-held": _("The latest first"), "held": _("The first one first")}

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)
    who = forms.CharField(label=_("Person or organization"), required=False, max_length=160)
    by = forms.ChoiceField(label=_("Logged by"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)
    readers = forms.ChoiceField(
        label=_("Who may read it"),
        required=False,
        choices=[("", _("Whoever")), *Readers.choices],
    )
    archived = forms.BooleanField(label=_("Archived"), required=False)
    partner = KeyField()
    contact = KeyField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        keys = asked_for(
            self,
            partner=PartnerOrganization.objects.visible_to(user),
            contact=Contact.objects.visible_to(user),
        )
        choices: dict[str, list[Any]] = {**offered(by=colleagues(), **keys)}
        choices["by"] = [("", _("Anybody")), (ME, _("Me")), *choices["by"]]
        for field, rows in choices.items():
            self.fields[field].choices = rows  # type: ignore[attr-defined]

    def clean_since(self) -> Any:
        return self._sane("since")

    def clean_until(self) -> Any:
        return self._sane("until")

    def _sane(self, name: str) -> Any:
        day = self.cleaned_data[name]
        if day:
            check_year(day)
        return day

    def apply(self, one_to_ones: OneToOneQuerySet) -> OneToOneQuerySet:
        rows = one_to_ones.archived() if self.chosen.get("archived") else one_to_ones.current()
        for condition in self._conditions():
            rows = rows.filter(condition)
        rows = rows.order_by(*self.order)
        return rows.matching(self.words) if self.words else rows

    def _conditions(self) -> Iterable[Q]:
        chosen = self.chosen
        if chosen.get("kind") == "one-to-ones":
            yield Q(kind__in=OneToOne.ONE_TO_ONES)
        elif "kind" in chosen:
            yield Q(kind=chosen["kind"])
        if "who" in chosen:
            named = OneToOne.objects.with_anybody_named(chosen["who"], self.user)
            yield Q(pk__in=named.values("pk"))
        if "by" in chosen:
            yield Q(created_by=self.user.pk if chosen["by"] == ME else chosen["by"])
        if "since" in chosen:
            yield Q(held_at__gte=_begin_of(chosen["since"]))
        if "until" in chosen:
            yield Q(held_at__lt=_begin_of(chosen["until"] + A_DAY))
        if "readers" in chosen:
            yield Q(readers=chosen["readers"])
        yield from (Q(**{f"{n}s": chosen[n]}) for n in ("partner", "contact") if n in chosen)
