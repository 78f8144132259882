from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerships.pages.follow_up import next_steps_of
from partnerships.pages.one_to_one import new_one_to_one

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from partnerships.models import FollowUp, PartnerOrganization


@dataclass(frozen=True)
class ColdPartner:
    """A relationship whose rhythm has passed, and what is planned about it, if anything."""

    partner: PartnerOrganization
    next_step: FollowUp | None

    @property
    def new_one_to_one_url(self) -> str:
        return new_one_to_one(partner=self.partner.pk)


def cold_partners(partners: Iterable[PartnerOrganization], *, reader: User) -> list[ColdPartner]:
    """For partners from `gone_quiet`, in one question."""
    rows = list(partners)
    steps = next_steps_of(rows, reader=reader)
    return [ColdPartner(partner, steps.get(partner.pk)) for partner in rows]
