"""What belongs to the history of each relationship record, and who may read how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from partnerships.models import (
    Affiliation,
    Contact,
    FollowUp,
    FollowUpReader,
    OneToOne,
    OneToOneColleague,
    OneToOneContact,
    OneToOnePartner,
    OneToOneReader,
    OneToOneStep,
    PartnerOrganization,
    PartnerOwner,
    PartnerPractice,
    PartnerProgram,
    Promise,
    PromiseChange,
    PromiseReader,
)
from partnerships.models import follow_up as follow_ups
from partnerships.models import one_to_one as one_to_ones
from partnerships.models import promise as promises
from practices.models import ActionStep, ActionStepRevision
from records.history import History, Moment, Part, Story, history_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.db import models
    from django.db.models import QuerySet

    from accounts.models import User


def history(record: models.Model, *, reader: User) -> History:
    """Who changed what and when, as far as the reader could have read it then."""
    return history_of(record, reader=reader, story=STORIES[type(record)])


def _was_in(through: type[models.Model], *, of: str, reader: User) -> Subquery:
    """The last thing that happened to the reader's row in `through` before each version."""
    rows = through.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # pghistory's
        **{of: OuterRef("pgh_obj")},
        user=reader.pk,
        pgh_created_at__lte=OuterRef("pgh_created_at"),
    )
    return Subquery(rows.order_by("-pgh_id").values("pgh_label")[:1])


def _is_in(name: str) -> Q:
    return Q(**{f"{name}__isnull": False}) & ~Q(**{name: "delete"})


def _readable_one_to_ones(versions: QuerySet, reader: User) -> QuerySet:
    """Whoever is named later, as a colleague who was there or as a reader, could not read what stood before."""
    versions = versions.annotate(
        presence=_was_in(OneToOneColleague, of="one_to_one", reader=reader),
        naming=_was_in(OneToOneReader, of="one_to_one", reader=reader),
    )
    readable = one_to_ones.readable_by(reader, present=_is_in("presence"), named=_is_in("naming"))
    kept: QuerySet = versions.filter(readable)
    return kept


def _readable_while_named(
    through: type[models.Model], *, of: str, readable_by: Callable[..., Q]
) -> Callable[[QuerySet, User], QuerySet]:
    """The versions of a shared record that the reader could read, by whom `through` named then."""

    def readable(versions: QuerySet, reader: User) -> QuerySet:
        naming = _was_in(through, of=of, reader=reader)
        could = readable_by(reader, named=_is_in("naming"))
        kept: QuerySet = versions.annotate(naming=naming).filter(could)
        return kept

    return readable


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


def _reader_part(through: type[models.Model], *, of: str) -> Part:
    return Part(
        through,
        of=of,
        named="user",
        added=gettext_lazy("%(name)s was named as a reader."),
        taken_out=gettext_lazy("%(name)s is no longer named as a reader."),
    )


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
            Part(PartnerPractice, of="partner", named="practice"),
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
            _reader_part(OneToOneReader, of="one_to_one"),
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
        parts=[_reader_part(FollowUpReader, of="follow_up")],
        moments={
            "completed_at": Moment(
                gettext_lazy("This was done."), gettext_lazy("This was opened again.")
            ),
            "cancelled_at": Moment(
                gettext_lazy("This was cancelled."), gettext_lazy("This was opened again.")
            ),
        },
        told=["cancel_reason", "handed_over_why"],
        readable=_readable_while_named(
            FollowUpReader, of="follow_up", readable_by=follow_ups.readable_by
        ),
        names={OneToOne: _one_to_ones},
    ),
    Promise: Story(
        parts=[
            _reader_part(PromiseReader, of="promise"),
            Part(
                PromiseChange,
                of="promise",
                named="promise",
                added=gettext_lazy("It was given another date."),
            ),
        ],
        told=["state", "settled_on", "evidence", "reason", "counts_on"],
        readable=_readable_while_named(
            PromiseReader, of="promise", readable_by=promises.readable_by
        ),
        names={OneToOne: _one_to_ones},
    ),
}
