from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from partnerships.models import Introduction
from partnerships.pages.follow_up import open_follow_ups
from partnerships.pages.one_to_one import new_one_to_one, recent_one_to_ones
from partnerships.pages.promise import PromisesOf, promises_of
from partnerships.pages.touches import Knowing, Met, knowing, touches

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from partnerships.models import Affiliation, Contact, FollowUp, OneToOne


@dataclass(frozen=True)
class ContactPage:
    """What is between us and one person, as far as the reader may see."""

    affiliations: Sequence[Affiliation]
    may_end: Sequence[Affiliation]
    promises: PromisesOf
    follow_ups: Sequence[FollowUp]
    one_to_ones: Sequence[OneToOne]
    touches_total: int
    last: Met | None
    knowing: Knowing
    may_change: bool
    new_one_to_one_url: str
    touches_url: str

    @property
    def next_step(self) -> FollowUp | None:
        return self.follow_ups[0] if self.follow_ups else None

    @property
    def earlier(self) -> int:
        return self.touches_total - len(self.one_to_ones)

    @property
    def owes(self) -> bool:
        """Whether anything was ever promised, or is meant to be done."""
        return bool(self.follow_ups or self.promises.are_any)


def contact_page(contact: Contact, *, reader: User, today: date) -> ContactPage:
    mets = touches(reader, contacts=contact)
    may_change = type(contact).objects.changeable_by(reader).filter(pk=contact.pk).exists()
    rows = contact.affiliations.select_related("partner")
    roles = list(rows.order_by("ended_on", "partner__name", "pk"))
    held = Introduction.objects.visible_to(reader).happened().filter(contact=contact)
    return ContactPage(
        affiliations=roles,
        may_end=[row for row in roles if may_change and row.is_current(on=today)],
        promises=promises_of(contact=contact, reader=reader, today=today),
        follow_ups=open_follow_ups(reader, contact=contact),
        one_to_ones=recent_one_to_ones(reader, contacts=contact),
        touches_total=len(mets),
        last=mets[-1] if mets else None,
        knowing=knowing(mets, held.select_related("colleague", "introduced_by").order_by("pk")),
        may_change=may_change,
        new_one_to_one_url=new_one_to_one(contact=contact.pk),
        touches_url=reverse("partnerships:one-to-one-list", query={"contact": contact.pk}),
    )
