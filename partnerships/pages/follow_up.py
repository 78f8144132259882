from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from partnerships.models import FollowUp, OneToOne

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from accounts.models import User
    from partnerships.models import PartnerOrganization

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class FollowUpPage:
    one_to_one: OneToOne | None
    may_change: bool
    is_overdue: bool


def follow_up_page(follow_up: FollowUp, *, reader: User, today: date) -> FollowUpPage:
    """The one-to-one it came from is named only to those who may read it."""
    readable = OneToOne.objects.visible_to(reader).prefetch_related("contacts")
    return FollowUpPage(
        one_to_one=readable.filter(follow_ups=follow_up).first(),
        may_change=FollowUp.objects.changeable_by(reader).filter(pk=follow_up.pk).exists(),
        is_overdue=follow_up.is_overdue(today=today),
    )


@dataclass(frozen=True)
class Section:
    """Follow-ups that are urgent in the same way."""

    title: str
    rows: Sequence[FollowUp]
    is_late: bool = False


def by_urgency(rows: Iterable[FollowUp], *, today: date) -> list[Section]:
    """Late, today, this week, later: what now, before what is there. Done ones stand by themselves."""
    rows = list(rows)
    open_rows = [row for row in rows if row.is_open]
    sections = [
        Section(_("Late"), [r for r in open_rows if r.due_on < today], is_late=True),
        Section(_("Today"), [r for r in open_rows if r.due_on == today]),
        Section(
            _("In the next seven days"), [r for r in open_rows if today < r.due_on <= today + WEEK]
        ),
        Section(_("Later"), [r for r in open_rows if r.due_on > today + WEEK]),
        Section(_("Archived"), [r for r in rows if r.is_archived]),
        Section(_("Done"), [r for r in rows if not r.is_open and not r.is_archived]),
    ]
    return [section for section in sections if section.rows]


def changeable_keys(rows: Iterable[FollowUp], *, reader: User) -> set[int]:
    """Which of these rows the reader may change, in one question."""
    keys = [row.pk for row in rows]
    return set(
        FollowUp.objects.changeable_by(reader).filter(pk__in=keys).values_list("pk", flat=True)
    )


def open_follow_ups(reader: User, **of: object) -> list[FollowUp]:
    rows = FollowUp.objects.visible_to(reader).open().filter(**of)
    return list(rows.select_related("assignee", "partner").order_by("due_on", "pk"))


def next_step_of(partner: PartnerOrganization, *, reader: User) -> FollowUp | None:
    """The one obvious next step of a relationship, among those the reader sees."""
    return next_steps_of([partner], reader=reader).get(partner.pk)


def next_steps_of(partners: Iterable[PartnerOrganization], *, reader: User) -> dict[int, FollowUp]:
    """The same for a list, in one question; by the keys of the partners that have one."""
    keys = [partner.pk for partner in partners]
    rows = FollowUp.objects.visible_to(reader).filter(partner__in=keys).next_steps()
    return {row.partner_id: row for row in rows.select_related("assignee") if row.partner_id}
