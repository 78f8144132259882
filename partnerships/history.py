"""What belongs to the history of each relationship record, and who may read how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.roles import Ability
from partnerships.models import (
    Affiliation,
    Contact,
    FollowUp,
    OneToOne,
    OneToOneColleague,
    OneToOneContact,
    OneToOnePartner,
    OneToOneStep,
    PartnerOrganization,
    PartnerOwner,
    PartnerProgram,
)
from partnerships.models import follow_up as follow_ups
from partnerships.models import one_to_one as one_to_ones
from practices.models import ActionStep, ActionStepRevision
from records.history import History, Moment, Part, Story, history_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db import models
    from django.db.models import QuerySet

    from accounts.models import User


def history(record: models.Model, *, reader: User) -> History:
    """Who changed what and when, as far as the reader could have read it then."""
    return history_of(record, reader=reader, story=STORIES[type(record)])


def _readable_one_to_ones(versions: QuerySet, reader: User) -> QuerySet:
    """Whoever is named among the colleagues later could not read what stood before."""
    of_reader = OneToOneColleague.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # pghistory's
        one_to_one=OuterRef("pgh_obj"),
        user=reader.pk,
        pgh_created_at__lte=OuterRef("pgh_created_at"),
    )
    last = of_reader.order_by("-pgh_id").values("pgh_label")[:1]
    present = Q(presence__isnull=False) & ~Q(presence="delete")
    versions = versions.annotate(presence=Subquery(last))
    return versions.filter(one_to_ones.readable_by(reader, present=present))


def _readable_follow_ups(versions: QuerySet, reader: User) -> QuerySet:
    """One's own, and what stood while its one-to-one was open to the reader, as it is now."""
    then = OneToOne.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # pghistory's
        pgh_obj=OuterRef("one_to_one"), pgh_created_at__lte=OuterRef("pgh_created_at")
    )
    open_to = [OneToOne.Readers.STAFF]
    if reader.may(Ability.SEE_EQUITY_NOTES):
        open_to.append(OneToOne.Readers.EQUITY_TEAM)
    latest = then.order_by("-pgh_id")
    versions = versions.annotate(
        open_to_then=Subquery(latest.values("readers")[:1]),
        written_by_then=Subquery(latest.values("created_by")[:1]),
    )
    own = Q(assignee=reader.pk) | Q(created_by=reader.pk) | Q(written_by_then=reader.pk)
    was_open = Q(one_to_one__isnull=True) | Q(open_to_then__in=open_to)
    return versions.filter(follow_ups.readable_by(reader)).filter(own | was_open)


def _withheld_of_contact(contact: Contact) -> Collection[str]:
    """Somebody who asked not to be contacted has their e-mail and phone shown nowhere."""
    return ("email", "phone") if contact.do_not_contact else ()


def _steps(keys: Collection[Any], _reader: User) -> dict[Any, str]:
    revisions = ActionStepRevision.objects.published().filter(step__in=keys)
    names = {step.pk: str(step) for step in ActionStep.objects.filter(pk__in=keys)}
    return names | dict(revisions.values_list("step_id", "short_title"))


def _one_to_ones(keys: Collection[Any], reader: User) -> dict[Any, str]:
    rows = OneToOne.objects.visible_to(reader).filter(pk__in=keys)
    return {row.pk: date_format(timezone.localtime(row.held_at), "DATE_FORMAT") for row in rows}


STORIES: dict[type[models.Model], Story] = {
    PartnerOrganization: Story(
        parts=[
            Part(
                PartnerOwner,
                of="partner",
                named="user",
                added=gettext_lazy("%(name)s began to keep the relationship."),
                taken_out=gettext_lazy("%(name)s no longer keeps the relationship."),
            ),
            Part(PartnerProgram, of="partner", named="program"),
            Part(Affiliation, of="partner", named="contact"),
        ],
    ),
    Contact: Story(
        parts=[Part(Affiliation, of="contact", named="partner")],
        withheld=_withheld_of_contact,
    ),
    OneToOne: Story(
        parts=[
            Part(OneToOneContact, of="one_to_one", named="contact"),
            Part(OneToOnePartner, of="one_to_one", named="partner"),
            Part(
                OneToOneColleague,
                of="one_to_one",
                named="user",
                added=gettext_lazy("%(name)s was named as a colleague who was there."),
                taken_out=gettext_lazy(
                    "%(name)s is no longer named as a colleague who was there."
                ),
            ),
            Part(
                OneToOneStep,
                of="one_to_one",
                named="step",
                added=gettext_lazy("“%(name)s” was added to the action steps it served."),
                taken_out=gettext_lazy("“%(name)s” was taken out of the action steps it served."),
            ),
        ],
        readable=_readable_one_to_ones,
        names={ActionStep: _steps},
    ),
    FollowUp: Story(
        moments={
            "completed_at": Moment(
                gettext_lazy("This was done."), gettext_lazy("This was opened again.")
            )
        },
        readable=_readable_follow_ups,
        names={OneToOne: _one_to_ones},
    ),
}
