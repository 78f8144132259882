"""Before a meeting: what was said last, what is open both ways, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import (
    Affiliation,
    Contact,
    FollowUp,
    Introduction,
    OneToOne,
    PartnerOrganization,
    Promise,
    PromiseChange,
)
from partnerships.pages.follow_up import open_follow_ups
from partnerships.pages.one_to_one import new_one_to_one
from partnerships.pages.promise import PromisesOf, promises_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from accounts.models import User
    from records.history import Change, FieldChange

LATEST = 2
MOST_CHANGES = 8
# As many of a kind as a sheet has room for; the page one came from has them all.
MOST_OPEN = 6
LONGEST_DETAIL = 80


@dataclass(frozen=True)
class Happened:
    """Something that became of a promise, a follow-up, an introduction or the record itself."""

    at: datetime
    what: str
    by: str = ""
    url: str = ""


@dataclass(frozen=True)
class Need:
    """What somebody asked for, so that they can take part."""

    who: str
    language: str
    access_needs: str


@dataclass(frozen=True)
class PreparePage:
    name: str
    back_url: str
    one_to_ones: Sequence[OneToOne]
    promises: PromisesOf
    follow_ups: Sequence[FollowUp]
    changes: Sequence[Happened]
    needs: Sequence[Need]
    people: Sequence[Affiliation]
    new_one_to_one_url: str

    @property
    def we_owe(self) -> Sequence[Promise]:
        return self.promises.ours[:MOST_OPEN]

    @property
    def they_offered(self) -> Sequence[Promise]:
        return self.promises.theirs[:MOST_OPEN]

    @property
    def next_steps(self) -> Sequence[FollowUp]:
        return self.follow_ups[:MOST_OPEN]

    @property
    def is_cut(self) -> bool:
        """Whether more is open than is shown."""
        lists = (self.promises.ours, self.promises.theirs, self.follow_ups)
        return any(len(rows) > MOST_OPEN for rows in lists)

    @property
    def last(self) -> OneToOne | None:
        return self.one_to_ones[0] if self.one_to_ones else None


def prepare_for_partner(
    partner: PartnerOrganization, *, reader: User, today: date, changes: Iterable[Change]
) -> PreparePage:
    """`changes` are those of the record's history that the reader may know."""
    latest = _latest(reader, partners=partner)
    people = list(
        partner.affiliations.current(on=today)
        .filter(contact__archived_at__isnull=True)
        .select_related("contact")
        .order_by("contact__name", "pk")
    )
    own = Need(partner.name, ", ".join(partner.languages), partner.access_needs)
    return PreparePage(
        name=partner.name,
        back_url=partner.get_absolute_url(),
        one_to_ones=latest,
        promises=promises_of(partner=partner, reader=reader, today=today),
        follow_ups=open_follow_ups(reader, partner=partner),
        changes=_since(latest, Q(partner=partner), reader, changes),
        needs=_asked([own, *(_need(row.contact) for row in people)]),
        people=people,
        new_one_to_one_url=new_one_to_one(partner=partner.pk),
    )


def prepare_for_contact(
    contact: Contact, *, reader: User, today: date, changes: Iterable[Change]
) -> PreparePage:
    latest = _latest(reader, contacts=contact)
    return PreparePage(
        name=contact.name,
        back_url=contact.get_absolute_url(),
        one_to_ones=latest,
        promises=promises_of(contact=contact, reader=reader, today=today),
        follow_ups=open_follow_ups(reader, contact=contact),
        changes=_since(latest, Q(contact=contact), reader, changes),
        needs=_asked([_need(contact)]),
        people=(),
        new_one_to_one_url=new_one_to_one(contact=contact.pk),
    )


def _latest(reader: User, **of: object) -> list[OneToOne]:
    rows = OneToOne.objects.visible_to(reader).current().filter(**of)
    rows = rows.select_related("created_by").prefetch_related("contacts", "colleagues")
    return list(rows.order_by("-held_at", "-pk")[:LATEST])


def _need(contact: Contact) -> Need:
    return Need(contact.preferred_name or contact.name, contact.language, contact.access_needs)


def _asked(needs: Iterable[Need]) -> list[Need]:
    return [need for need in needs if need.language or need.access_needs]


# --- what changed since ------------------------------------------------------------------------


def _since(
    latest: Sequence[OneToOne], about: Q, reader: User, changes: Iterable[Change]
) -> list[Happened]:
    """What happened after the last touch that the reader may read, the newest first."""
    if not latest:
        return []
    at = latest[0].held_at
    happened = [
        *_promises(at, about, reader),
        *_follow_ups(at, about, reader),
        *_introductions(at, about, reader),
        *(_change(change) for change in changes if change.at > at),
    ]
    return sorted(happened, key=lambda one: one.at, reverse=True)[:MOST_CHANGES]


def _change(change: Change) -> Happened:
    details = "; ".join(_detail(field) for field in change.fields)
    return Happened(change.at, f"{change.what} {details}".strip(), change.by)


def _detail(field: FieldChange) -> str:
    """What it is now, where that is a few words; else only which field it is."""
    if not field.after:
        return _("%(field)s: taken out") % {"field": field.label}
    if len(field.after) > LONGEST_DETAIL:
        return _("%(field)s: written anew") % {"field": field.label}
    return _("%(field)s: %(value)s") % {"field": field.label, "value": field.after}


def _promises(at: datetime, about: Q, reader: User) -> Iterator[Happened]:
    seen = Promise.objects.visible_to(reader).filter(about)
    for promise in seen.filter(settled_at__gt=at).select_related("settled_by"):
        kept = promise.state == Promise.State.KEPT
        what = _("Kept: %(what)s") if kept else _("Broken: %(what)s")
        if promise.settled_at and promise.settled_by:
            by = promise.settled_by.name
            url = promise.get_absolute_url()
            yield Happened(promise.settled_at, what % {"what": promise.what}, by, url)
    changed = PromiseChange.objects.filter(promise__in=seen, changed_at__gt=at)
    for change in changed.select_related("promise", "changed_by"):
        what = _("Given another date: %(what)s") % {"what": change.promise.what}
        url = change.promise.get_absolute_url()
        yield Happened(change.changed_at, what, change.changed_by.name, url)


def _follow_ups(at: datetime, about: Q, reader: User) -> Iterator[Happened]:
    done = FollowUp.objects.visible_to(reader).done().filter(about, completed_at__gt=at)
    for follow_up in done.select_related("completed_by"):
        if follow_up.completed_at and follow_up.completed_by:
            what = _("Done: %(what)s") % {"what": follow_up.what}
            by = follow_up.completed_by.name
            yield Happened(follow_up.completed_at, what, by, follow_up.get_absolute_url())


def _introductions(at: datetime, about: Q, reader: User) -> Iterator[Happened]:
    proposed = Introduction.objects.visible_to(reader).open().filter(about, created_at__gt=at)
    for one in proposed.select_related("colleague", "introduced_by"):
        what = _("%(name)s is to be introduced") % {"name": one.colleague.name}
        yield Happened(timezone.localtime(one.created_at), what, one.introduced_by.name)
