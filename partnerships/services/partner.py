from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from partnerships.models import Affiliation, Contact, PartnerOrganization
from records.services import once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import Model

    from accounts.models import User


@transaction.atomic
def add_partner(
    *,
    partner: PartnerOrganization,
    by: User,
    at: datetime,
    key: UUID | None = None,
    **related: Iterable[Model],
) -> PartnerOrganization:
    """Write a new partner organization down, with its owners, programs and practices."""

    def make() -> PartnerOrganization:
        partner.created_at, partner.created_by, partner.submission_key = at, by, key
        partner.save()
        for name, rows in related.items():
            getattr(partner, name).set(rows)
        return partner

    return once(model=PartnerOrganization, key=key, made_by={"created_by": by}, make=make)


@transaction.atomic
def add_contact(
    *,
    contact: Contact,
    affiliations: Iterable[Affiliation],
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Contact:
    """Write a new contact down, with what they are at which organizations."""

    def make() -> Contact:
        contact.created_at, contact.created_by, contact.submission_key = at, by, key
        contact.save()
        for affiliation in affiliations:
            affiliation.contact = contact
            affiliation.save()
        return contact

    return once(model=Contact, key=key, made_by={"created_by": by}, make=make)


class AlreadyThere(Exception):
    """The contact has another current role at the same organization."""


def add_affiliation(*, affiliation: Affiliation) -> None:
    """Raises AlreadyThere."""
    try:
        with transaction.atomic():
            affiliation.save()
    except IntegrityError as error:
        raise AlreadyThere from error


class AlreadyEnded(Exception):
    """The role was over before this press arrived."""


def end_affiliation(*, affiliation: Affiliation, on: date) -> None:
    """Say that a role is over, early where it would have ended some day.

    A role that begins in the future ends as it begins. Raises AlreadyEnded.
    """
    current = Affiliation.objects.current(on=on).filter(pk=affiliation.pk)
    if not current.update(ended_on=max(on, affiliation.started_on or on)):
        raise AlreadyEnded


@transaction.atomic
def resume_affiliation(*, affiliation: Affiliation, until: date | None = None) -> None:
    """Take an ending back: it goes on, or ends on the day it would have. Raises AlreadyThere."""
    try:
        with transaction.atomic():
            Affiliation.objects.filter(pk=affiliation.pk).update(ended_on=until)
    except IntegrityError as error:
        raise AlreadyThere from error
