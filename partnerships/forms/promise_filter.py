from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Program
from partnerships.forms.filters import AsksForSome, KeyField, asked_for, offered
from partnerships.models import Contact, PartnerOrganization, Promise
from records.quarters import Quarter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import User
    from partnerships.models.promise import PromiseQuerySet

NONE = "none"
# How many quarters are offered, this one and the next among them; any other can be linked to.
QUARTERS_OFFERED = 10
# Beneath the open ones, a few that are kept or broken; the rest is a filter away.
SETTLED_SHOWN = 10


class PromiseFilterForm(AsksForSome):
    """The ledger's query string; each figure about promises leads here."""

    DIRECTION = [("", _("Either side")), *Promise.Direction.choices]
    STATE = [
        ("", _("Open")),
        ("late", _("Late")),
        ("changed", _("Open, with another date")),
        ("kept", _("Kept")),
        ("broken", _("Broken")),
        ("counted", _("Come due")),
        ("on_time", _("Come due, and kept on time")),
        ("all", _("All")),
    ]
    WHOSE = [("", _("Everybody’s")), ("mine", _("Mine")), ("team", _("My team’s"))]

    in_line = ("q", "state", "direction", "whose")

    state = forms.ChoiceField(label=_("State"), choices=STATE, required=False)
    direction = forms.ChoiceField(label=_("Who promised"), choices=DIRECTION, required=False)
    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    who = forms.CharField(label=_("Person or organization"), max_length=160, required=False)
    program = forms.ChoiceField(label=_("Program"), required=False)
    quarter = forms.ChoiceField(label=_("Quarter it counts in"), required=False)
    partner = KeyField()
    contact = KeyField()

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.partners = PartnerOrganization.objects.visible_to(user)
        self.contacts = Contact.objects.visible_to(user)
        programs = Program.objects.annotate(key=F("pk"), label=F("name"))
        keys = asked_for(self, partner=self.partners, contact=self.contacts)
        choices: dict[str, list[Any]] = {**offered(program=programs, **keys)}
        choices["program"] = [("", _("Any")), *choices["program"], (NONE, _("No program"))]
        choices["quarter"] = [("", _("Any")), *self._quarters()]
        if self.data.get("partner") == NONE:
            choices["partner"] = [(NONE, _("people, no organization"))]
        for field, rows in choices.items():
            self.fields[field].choices = rows  # type: ignore[attr-defined]

    def _quarters(self) -> list[tuple[str, str]]:
        """The latest ones, and the one in the address, whichever it is."""
        this = Quarter.of(self.today)
        quarters = {this.plus(1 - back) for back in range(QUARTERS_OFFERED)}
        if asked := Quarter.read(str(self.data.get("quarter", ""))):
            quarters.add(asked)
        return [(str(quarter), quarter.label) for quarter in sorted(quarters, reverse=True)]

    def apply(self, promises: PromiseQuerySet) -> PromiseQuerySet:
        rows, order = self._in_state(self._narrowed(promises))
        return rows.order_by(*order)

    def settled_of_late(self, promises: PromiseQuerySet) -> list[Promise]:
        """What became of others like the open ones asked for; nothing where a state was asked for."""
        if "state" in self.chosen:
            return []
        rows = self._narrowed(promises.settled())
        return list(rows.order_by("-settled_on", "-pk")[:SETTLED_SHOWN])

    def _in_state(self, rows: PromiseQuerySet) -> tuple[PromiseQuerySet, list[str]]:
        """The rows, and how they stand: what now by its date; what was, the latest first."""
        soonest, latest = ["due_on", "pk"], ["-settled_on", "-pk"]
        counted = ["-counts_on", "-pk"]
        states = {
            "late": (rows.late(today=self.today), soonest),
            "changed": (rows.changed(), soonest),
            "kept": (rows.kept(), latest),
            "broken": (rows.broken(), latest),
            "counted": (rows.counted(today=self.today), counted),
            "on_time": (rows.kept_on_time(today=self.today), counted),
            "all": (rows, ["-due_on", "-pk"]),
        }
        return states.get(self.chosen.get("state", ""), (rows.open(), soonest))

    def _narrowed(self, rows: PromiseQuerySet) -> PromiseQuerySet:
        for condition in self._conditions():
            rows = rows.filter(condition)
        match self.chosen.get("whose"):
            case "mine":
                rows = rows.carried_by(self.user)
            case "team":
                rows = rows.of_team(self.user)
        return rows.matching(self.words) if self.words else rows

    def _conditions(self) -> Iterable[Q]:
        chosen = self.chosen
        for name in ("direction", "program", "partner", "contact"):
            if chosen.get(name) == NONE:
                yield Q(**{f"{name}__isnull": True})
            elif name in chosen:
                yield Q(**{name: chosen[name]})
        if quarter := Quarter.read(chosen.get("quarter", "")):
            yield Q(counts_on__range=(quarter.first_on, quarter.last_on))
        if "who" in chosen:
            people = self.contacts.matching(chosen["who"]).values("pk")
            organizations = self.partners.matching(chosen["who"]).values("pk")
            yield Q(contact__in=people) | Q(partner__in=organizations)
