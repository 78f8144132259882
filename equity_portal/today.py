"""What a person's day holds: promises, follow-ups, introductions, what goes cold, steps taken up."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from infrastructure.models import Adoption, Workgroup
from partnerships import pages
from partnerships.models import FollowUp, Promise
from records.spans import A_WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from accounts.models import User
    from partnerships.models import Introduction, PartnerOrganization
    from partnerships.pages import DraftLine

# A page of the day is read standing up; the rest is one press away.
SHOWN = 12


@dataclass(frozen=True)
class DayPart:
    """What is urgent in the same way, by date; of one day, promises stand first."""

    title: str
    rows: Sequence[Promise | FollowUp]
    is_late: bool = False


@dataclass(frozen=True)
class TodayPage:
    parts: Sequence[DayPart]
    late_promises: int
    late_follow_ups: int
    today: int
    this_week: int
    more: int  # open follow-ups of the reader's that the page does not show
    more_promises: int
    changeable: set[int]
    introductions: Sequence[Introduction]
    drafts: Sequence[DraftLine]
    quiet: Sequence[PartnerOrganization]
    adoptions: Sequence[Adoption]
    workgroups: Sequence[Workgroup]


def today_page(*, reader: User, at: datetime) -> TodayPage:
    today = timezone.localdate(at)
    promises = _promises(reader, by=today + A_WEEK)
    mine = FollowUp.objects.visible_to(reader).open().assigned_to(reader)
    soon = list(mine.filter(due_on__lte=today + A_WEEK).with_people().order_by("due_on", "pk"))
    shown = soon[:SHOWN]
    dues = [row.due_on for row in promises] + [row.due_on for row in soon]
    return TodayPage(
        parts=_parts(promises[:SHOWN], shown, today=today),
        late_promises=sum(row.due_on < today for row in promises),
        late_follow_ups=sum(row.due_on < today for row in soon),
        today=sum(due_on == today for due_on in dues),
        this_week=sum(due_on > today for due_on in dues),
        more=mine.filter(due_on__gt=today + A_WEEK).count() + len(soon) - len(shown),
        more_promises=max(len(promises) - SHOWN, 0),
        changeable=pages.changeable_keys(shown, reader=reader),
        introductions=pages.introductions_for(reader),
        drafts=pages.drafts_of(reader),
        quiet=pages.going_cold(reader, at=at),
        adoptions=_taken_up(reader),
        workgroups=list(
            Workgroup.objects.visible_to(reader).current().joined_by(reader).order_by("name", "pk")
        ),
    )


def _promises(reader: User, *, by: date) -> list[Promise]:
    """Ours that the reader carries; what others offered is theirs to remember."""
    rows = Promise.objects.visible_to(reader).ours().open().carried_by(reader)
    rows = rows.filter(due_on__lte=by).as_changed_by(reader)
    return list(rows.select_related("owner", "partner", "contact").order_by("due_on", "pk"))


def _parts(
    promises: Sequence[Promise], follow_ups: Sequence[FollowUp], *, today: date
) -> list[DayPart]:
    both: list[Promise | FollowUp] = [*promises, *follow_ups]
    rows = sorted(both, key=attrgetter("due_on"))
    parts = [
        DayPart(title, [row for row in rows if first <= row.due_on <= last], is_late=last < today)
        for title, first, last in _spans(today)
    ]
    return [part for part in parts if part.rows]


def _spans(today: date) -> list[tuple[str, date, date]]:
    day = today.resolution
    return [
        (_("Late"), today.min, today - day),
        (_("Today"), today, today),
        (_("In the next seven days"), today + day, today + A_WEEK),
    ]


def _taken_up(reader: User) -> list[Adoption]:
    mine = Q(person=reader) | Q(created_by=reader)
    rows = Adoption.objects.visible_to(reader).open().filter(mine)
    return list(rows.select_related("step__practice").order_by("due_on", "pk")[:SHOWN])
