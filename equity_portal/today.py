"""What a person's day holds: follow-ups, relationships going quiet, steps taken up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from infrastructure.models import Adoption, Workgroup
from partnerships.models import FollowUp, PartnerOrganization
from partnerships.pages import WEEK, Section, by_urgency, changeable_keys

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from accounts.models import User

# A page of the day is read standing up; the rest is one press away.
SHOWN = 12


@dataclass(frozen=True)
class TodayPage:
    sections: Sequence[Section]
    late: int
    today: int
    this_week: int
    later: int
    not_shown: int
    changeable: set[int]
    quiet: Sequence[PartnerOrganization]
    adoptions: Sequence[Adoption]
    workgroups: Sequence[Workgroup]

    @property
    def more(self) -> int:
        """Open follow-ups of the reader's that the page does not show."""
        return self.later + self.not_shown


def today_page(*, reader: User, at: datetime) -> TodayPage:
    today = timezone.localdate(at)
    mine = FollowUp.objects.visible_to(reader).open().assigned_to(reader)
    soon = list(
        mine.filter(due_on__lte=today + WEEK)
        .select_related("assignee", "partner")
        .order_by("due_on", "pk")
    )
    return TodayPage(
        sections=by_urgency(soon[:SHOWN], today=today),
        late=sum(row.due_on < today for row in soon),
        today=sum(row.due_on == today for row in soon),
        this_week=sum(row.due_on > today for row in soon),
        later=mine.filter(due_on__gt=today + WEEK).count(),
        not_shown=max(len(soon) - SHOWN, 0),
        changeable=changeable_keys(soon[:SHOWN], reader=reader),
        quiet=_gone_quiet(reader, at=at),
        adoptions=_taken_up(reader),
        workgroups=list(
            Workgroup.objects.visible_to(reader).current().joined_by(reader).order_by("name", "pk")
        ),
    )


def _gone_quiet(reader: User, *, at: datetime) -> list[PartnerOrganization]:
    """Partners the reader keeps, with a rhythm that has passed without a one-to-one."""
    kept = PartnerOrganization.objects.visible_to(reader).current().owned_by(reader)
    return list(kept.gone_quiet(reader, at=at).order_by("name", "pk"))


def _taken_up(reader: User) -> list[Adoption]:
    mine = Q(person=reader) | Q(created_by=reader)
    rows = Adoption.objects.visible_to(reader).open().filter(mine)
    return list(rows.select_related("step__practice").order_by("due_on", "pk")[:SHOWN])
