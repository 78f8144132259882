from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerships.pages.one_to_one import new_one_to_one, recent_one_to_ones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from partnerships.models import Affiliation, Contact, OneToOne


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
        new_one_to_one_url=new_one_to_one(contact=contact.pk),
    )
