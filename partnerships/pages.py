"""What the pages about a relationship gather: one question each, all through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Affiliation, FollowUp, OneToOne, PartnerOrganization
from practices.models import ActionStepRevision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from accounts.models import User
    from partnerships.models import Contact

RECENT = 20
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PartnerPage:
    follow_ups: Sequence[FollowUp]
    one_to_ones: Sequence[OneToOne]
    affiliations: Sequence[Affiliation]
    may_change: bool
    new_one_to_one_url: str

    @property
    def next_follow_up(self) -> FollowUp | None:
        return self.follow_ups[0] if self.follow_ups else None


def partner_page(partner: PartnerOrganization, *, reader: User, today: date) -> PartnerPage:
    return PartnerPage(
        follow_ups=open_follow_ups(reader, partner=partner),
        one_to_ones=recent_one_to_ones(reader, partners=partner),
        affiliations=list(
            partner.affiliations.current(on=today)
            .filter(contact__archived_at__isnull=True)
            .select_related("contact")
            .order_by("contact__name", "pk")
        ),
        may_change=PartnerOrganization.objects.changeable_by(reader)
        .filter(pk=partner.pk)
        .exists(),
        new_one_to_one_url=_new_one_to_one(partner=partner.pk),
    )


@dataclass(frozen=True)
class ContactPage:
    affiliations: Sequence[Affiliation]
    one_to_ones: Sequence[OneToOne]
    may_change: bool
    new_one_to_one_url: str


def contact_page(contact: Contact, *, reader: User) -> ContactPage:
    return ContactPage(
        affiliations=list(
            contact.affiliations.select_related("partner").order_by("ended_on", "partner__name")
        ),
        one_to_ones=recent_one_to_ones(reader, contacts=contact),
        may_change=type(contact).objects.changeable_by(reader).filter(pk=contact.pk).exists(),
        new_one_to_one_url=_new_one_to_one(contact=contact.pk),
    )


def _new_one_to_one(**about: int) -> str:
    """Where a one-to-one is logged, with whom already filled in."""
    return reverse("partnerships:one-to-one-create", query=about)


@dataclass(frozen=True)
class OneToOnePage:
    follow_ups: Sequence[FollowUp]
    steps: Sequence[ActionStepRevision]
    may_change: bool


def one_to_one_page(one_to_one: OneToOne, *, reader: User) -> OneToOnePage:
    return OneToOnePage(
        follow_ups=list(
            FollowUp.objects.visible_to(reader)
            .current()
            .filter(one_to_one=one_to_one)
            .select_related("assignee")
            .order_by("due_on", "pk")
        ),
        steps=list(
            ActionStepRevision.objects.readable()
            .filter(step__in=one_to_one.steps_served.all())
            .select_related("step__practice")
            .in_order()
        ),
        may_change=OneToOne.objects.changeable_by(reader).filter(pk=one_to_one.pk).exists(),
    )


@dataclass(frozen=True)
class FollowUpPage:
    one_to_one: OneToOne | None
    may_change: bool
    is_overdue: bool


def follow_up_page(follow_up: FollowUp, *, reader: User, today: date) -> FollowUpPage:
    """The one-to-one it came from is named only to those who may read it."""
    readable = OneToOne.objects.visible_to(reader).prefetch_related("contacts")
    return FollowUpPage(
        one_to_one=readable.filter(follow_ups=follow_up).first(),
        may_change=FollowUp.objects.changeable_by(reader).filter(pk=follow_up.pk).exists(),
        is_overdue=follow_up.is_overdue(today=today),
    )


@dataclass(frozen=True)
class Section:
    """Follow-ups that are urgent in the same way."""

    title: str
    rows: Sequence[FollowUp]
    is_late: bool = False


def by_urgency(rows: Iterable[FollowUp], *, today: date) -> list[Section]:
    """Late, today, this week, later: what now, before what is there. Done ones stand by themselves."""
    rows = list(rows)
    open_rows = [row for row in rows if row.is_open]
    sections = [
        Section(_("Late"), [r for r in open_rows if r.due_on < today], is_late=True),
        Section(_("Today"), [r for r in open_rows if r.due_on == today]),
        Section(
            _("In the next seven days"), [r for r in open_rows if today < r.due_on <= today + WEEK]
        ),
        Section(_("Later"), [r for r in open_rows if r.due_on > today + WEEK]),
        Section(_("Archived"), [r for r in rows if r.is_archived]),
        Section(_("Done"), [r for r in rows if not r.is_open and not r.is_archived]),
    ]
    return [section for section in sections if section.rows]


def changeable_keys(rows: Iterable[FollowUp], *, reader: User) -> set[int]:
    """Which of these rows the reader may change, in one question."""
    keys = [row.pk for row in rows]
    return set(
        FollowUp.objects.changeable_by(reader).filter(pk__in=keys).values_list("pk", flat=True)
    )


def open_follow_ups(reader: User, **of: object) -> list[FollowUp]:
    rows = FollowUp.objects.visible_to(reader).open().filter(**of)
    return list(rows.select_related("assignee", "partner").order_by("due_on", "pk"))


def recent_one_to_ones(reader: User, **of: object) -> list[OneToOne]:
    rows = OneToOne.objects.visible_to(reader).current().filter(**of)
    rows = rows.select_related("created_by").prefetch_related("contacts", "colleagues")
    return list(rows.order_by("-held_at", "-pk")[:RECENT])
