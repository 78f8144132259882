"""People and organizations that a one-to-one names for the first time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from partnerships.models import Affiliation, Contact, PartnerOrganization
from partnerships.services.partner import add_contact, add_partner

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from partnerships.services.one_to_one import Participants


def welcome_newcomers(*, participants: Participants, by: User, at: datetime) -> Participants:
    """Write those down who were only named, and count them among those who took part.

    A person belongs to the organization that the conversation was for, if it was for one; of
    several, somebody has to say. Whoever brings an organization in keeps it, as when it is added
    by itself.
    """
    partners = [*participants.partners]
    for name in participants.new_partners:
        partner = PartnerOrganization(name=name, kind=PartnerOrganization.Kind.OTHER)
        partners.append(add_partner(partner=partner, owners=[by], programs=[], by=by, at=at))
    where = partners[0] if len(partners) == 1 else None
    contacts = [*participants.contacts]
    for name in participants.new_contacts:
        roles = [Affiliation(partner=where)] if where else []
        contacts.append(add_contact(contact=Contact(name=name), affiliations=roles, by=by, at=at))
    return replace(
        participants, partners=partners, contacts=contacts, new_partners=(), new_contacts=()
    )
