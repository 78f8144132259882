from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerships.models import Affiliation, FollowUp, OneToOne, PartnerOrganization
from partnerships.pages.follow_up import open_follow_ups
from partnerships.pages.one_to_one import new_one_to_one, recent_one_to_ones

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User


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
        new_one_to_one_url=new_one_to_one(partner=partner.pk),
    )
