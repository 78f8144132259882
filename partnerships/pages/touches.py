"""Who of us has spoken with whom and when: one question about one partner or person, whatever the history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from partnerships.models import OneToOne, OneToOneColleague, OneToOneContact
from records.spans import A_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from accounts.models import User
    from partnerships.models import Introduction, PartnerOrganization


@dataclass(frozen=True)
class Named:
    """Somebody as a page names them."""

    pk: int
    name: str
    is_active: bool = True


@dataclass(frozen=True)
class Met:
    """A touch, without its words."""

    pk: int
    held_at: datetime
    kind: str
    title: str
    ours: tuple[Named, ...]
    theirs: tuple[Named, ...]

    @property
    def on(self) -> date:
        return timezone.localtime(self.held_at).date()

    @property
    def what(self) -> str:
        return self.title or str(OneToOne.Kind(self.kind).label)

    @property
    def names(self) -> str:
        """Ours first, then theirs."""
        return ", ".join(person.name for person in (*self.ours, *self.theirs))


def touches(reader: User, **of: object) -> list[Met]:
    """Those that the reader may read, the first one first."""
    colleagues = OneToOneColleague.objects.filter(one_to_one=OuterRef("pk")).order_by("user__name")
    contacts = OneToOneContact.objects.filter(one_to_one=OuterRef("pk")).order_by("contact__name")
    rows = (
        OneToOne.objects.visible_to(reader)
        .current()
        .filter(**of)
        .annotate(
            author=JSONObject(
                pk="created_by", name="created_by__name", is_active="created_by__is_active"
            ),
            ours=ArraySubquery(
                colleagues.values(
                    row=JSONObject(
                        pk=F("user"), name=F("user__name"), is_active=F("user__is_active")
                    )
                )
            ),
            theirs=ArraySubquery(
                contacts.values(row=JSONObject(pk=F("contact"), name=F("contact__name")))
            ),
        )
        .order_by("held_at", "pk")
    )
    return [
        Met(pk, held_at, kind, title, _people([author, *ours]), _people(theirs))
        for pk, held_at, kind, title, author, ours, theirs in rows.values_list(
            "pk", "held_at", "kind", "title", "author", "ours", "theirs"
        )
    ]


def _people(rows: Iterable[dict[str, Any]]) -> tuple[Named, ...]:
    """Each once: the author may be named among those who were there too."""
    return tuple({row["pk"]: Named(**row) for row in rows}.values())


# --- who knows them --------------------------------------------------------------------------


@dataclass(frozen=True)
class Knower:
    """One of us who has spoken with them, or was brought to them."""

    person: Named
    times: int
    first_on: date
    last_on: date
    brought_by: str = ""


@dataclass(frozen=True)
class Knowing:
    """Who of us knows them, best first; those who have left come last."""

    everybody: Sequence[Knower]

    @property
    def here(self) -> list[Knower]:
        return [knower for knower in self.everybody if knower.person.is_active]

    @property
    def here_names(self) -> str:
        return get_text_list([knower.person.name for knower in self.here], _("and"))

    @property
    def gone(self) -> list[Knower]:
        return [knower for knower in self.everybody if not knower.person.is_active]

    @property
    def only(self) -> Knower | None:
        """The one person that the relationship hangs on."""
        return self.here[0] if len(self.here) == 1 else None


def knowing(mets: Iterable[Met], introductions: Iterable[Introduction] = ()) -> Knowing:
    """`introductions` that were held count as having spoken with them."""
    days: dict[Named, list[date]] = {}
    for met in mets:
        for person in met.ours:
            days.setdefault(person, []).append(met.on)
    brought: dict[int, str] = {}
    for held in introductions:
        if held.happened_on is None:
            continue
        person = Named(held.colleague_id, held.colleague.name, held.colleague.is_active)
        days.setdefault(person, [held.happened_on])
        brought[person.pk] = held.introduced_by.name
    knowers = [
        Knower(person, len(on), min(on), max(on), brought.get(person.pk, ""))
        for person, on in days.items()
    ]
    knowers.sort(key=lambda k: (not k.person.is_active, -k.times, -k.last_on.toordinal()))
    return Knowing(knowers)


@dataclass(frozen=True)
class Spoken:
    """How it stands between us and one of their people."""

    last_on: date
    best: Named


def spoken_with(mets: Iterable[Met]) -> dict[int, Spoken]:
    """For each contact, when somebody last spoke with them and who of us does so most."""
    last: dict[int, date] = {}
    times: dict[int, Counter[Named]] = {}
    for met in mets:
        for contact in met.theirs:
            last[contact.pk] = met.on
            times.setdefault(contact.pk, Counter()).update(met.ours)
    return {
        pk: Spoken(last[pk], max(counter, key=lambda p: (p.is_active, counter[p])))
        for pk, counter in times.items()
    }


# --- the rhythm ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rhythm:
    """How often we mean to talk, and whether that has passed since the last touch one may see."""

    weeks: int
    is_cold: bool
    weeks_without: int


def rhythm(partner: PartnerOrganization, last: Met | None, *, at: datetime) -> Rhythm | None:
    """As `gone_quiet` says it of a list."""
    if partner.rhythm_weeks is None:
        return None
    without = at - (last.held_at if last else partner.created_at)
    return Rhythm(
        weeks=partner.rhythm_weeks,
        is_cold=without > timedelta(weeks=partner.rhythm_weeks),
        weeks_without=without // A_WEEK,
    )
