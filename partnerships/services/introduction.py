from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnerships.models import FollowUp, Introduction, PartnerOrganization
from partnerships.services.follow_up import add_follow_up, take_up_again, who_took_part
from records.models import LONGEST_LINE
from records.services import once

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import User
    from partnerships.models import OneToOne


class AlreadyUnderWay(Exception):
    """Somebody is introducing this colleague there already."""


class AlreadySettledIntroduction(Exception):
    """The introduction happened or was dropped before this press arrived."""


@transaction.atomic
def introduce_colleague(
    *, introduction: Introduction, by: User, at: datetime, key: UUID | None = None
) -> Introduction:
    """Propose to bring a colleague along, and write down the joint one-to-one as a follow-up.

    Raises AlreadyUnderWay.
    """

    def make() -> Introduction:
        # One at a time for each organization, so that two who press at once propose one.
        PartnerOrganization.objects.select_for_update().get(pk=introduction.partner_id)
        same = Introduction.objects.open().filter(
            partner=introduction.partner_id, colleague=introduction.colleague_id
        )
        if same.exists():
            raise AlreadyUnderWay
        introduction.introduced_by = introduction.created_by = by
        introduction.created_at, introduction.submission_key = at, key
        introduction.follow_up = _joint_one_to_one(introduction, by=by, at=at)
        introduction.save()
        return introduction

    return once(model=Introduction, key=key, made_by={"created_by": by}, make=make)


def _joint_one_to_one(introduction: Introduction, *, by: User, at: datetime) -> FollowUp:
    whom = introduction.contact or introduction.partner
    what = _("Bring %(colleague)s along to %(whom)s") % {
        "colleague": introduction.colleague.name,
        "whom": whom.name,
    }
    follow_up = FollowUp(
        what=what[:LONGEST_LINE],
        due_on=introduction.due_on,
        assignee=by,
        partner=introduction.partner,
        contact=introduction.contact,
    )
    return add_follow_up(follow_up=follow_up, by=by, at=at)


def introductions_happened(*, one_to_one: OneToOne, on: date, by: User, at: datetime) -> None:
    """A one-to-one in which both took part is the introduction that was proposed by then.

    Everybody sees when an introduction happened: a private one-to-one is none until one of the
    two says so.
    """
    if not one_to_one.is_one_to_one or one_to_one.is_private:
        return
    together = who_took_part(one_to_one)
    proposed = Introduction.objects.open().filter(
        partner__in=one_to_one.partners.all(), introduced_by__in=together, colleague__in=together
    )
    proposed = proposed.filter(created_at__date__lte=on)
    for introduction in proposed.order_by("pk"):
        same = Introduction.objects.open().filter(pk=introduction.pk)
        if same.update(happened_on=on, one_to_one=one_to_one):
            arranged = FollowUp.objects.open().filter(introductions=introduction)
            arranged.update(completed_at=at, completed_by=by, version=F("version") + 1)


@transaction.atomic
def drop_introduction(*, introduction: Introduction, by: User, at: datetime) -> None:
    """Say that it will not happen; its follow-up is cancelled. Raises AlreadySettledIntroduction."""
    still_open = Introduction.objects.open().filter(pk=introduction.pk)
    if not still_open.update(dropped_at=at, dropped_by=by):
        raise AlreadySettledIntroduction
    arranged = FollowUp.objects.open().filter(introductions=introduction)
    arranged.update(
        cancelled_at=at,
        cancelled_by=by,
        cancel_reason=_("The introduction was dropped."),
        version=F("version") + 1,
    )


@transaction.atomic
def reopen_introduction(*, introduction: Introduction) -> None:
    """Take back that it happened or was dropped; its follow-up is open again.

    Raises AlreadyUnderWay.
    """
    if not take_up_again(introduction):
        raise AlreadyUnderWay
    nothing = dict.fromkeys(("completed_at", "completed_by", "cancelled_at", "cancelled_by"))
    arranged = FollowUp.objects.current().filter(introductions=introduction)
    arranged.update(**nothing, cancel_reason="", version=F("version") + 1)
