from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from partnerships.models import FollowUp, OneToOne
from records.spans import A_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from accounts.models import User
    from partnerships.models import PartnerOrganization


@dataclass(frozen=True)
class FollowUpPage:
    one_to_one: OneToOne | None
    after: Sequence[FollowUp]
    may_change: bool


def follow_up_page(follow_up: FollowUp, *, reader: User) -> FollowUpPage:
    """The one-to-one it came from is named only to those who may read it."""
    readable = OneToOne.objects.visible_to(reader).prefetch_related("contacts")
    return FollowUpPage(
        one_to_one=readable.filter(follow_ups=follow_up).first(),
        after=list(
            FollowUp.objects.visible_to(reader)
            .current()
            .filter(follows=follow_up)
            .order_by("due_on", "pk")
        ),
        may_change=FollowUp.objects.changeable_by(reader).filter(pk=follow_up.pk).exists(),
    )


@dataclass(frozen=True)
class Section:
    """Follow-ups that are urgent in the same way."""

    title: str
    rows: Sequence[FollowUp]
    is_late: bool = False


def by_urgency(rows: Iterable[FollowUp], *, today: date) -> list[Section]:
    """Late, today, this week, later: what now, before what is there. Closed ones stand by themselves."""
    rows = list(rows)
    open_rows = [row for row in rows if row.is_open]
    sections = [
        Section(_("Late"), [r for r in open_rows if r.due_on < today], is_late=True),
        Section(_("Today"), [r for r in open_rows if r.due_on == today]),
        Section(
            _("In the next seven days"),
            [r for r in open_rows if today < r.due_on <= today + A_WEEK],
        ),
        Section(_("Later"), [r for r in open_rows if r.due_on > today + A_WEEK]),
        Section(_("Archived"), [r for r in rows if r.is_archived]),
        Section(_("Done"), [r for r in rows if r.completed_at and not r.is_archived]),
        Section(_("Cancelled"), [r for r in rows if r.cancelled_at and not r.is_archived]),
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
    return list(rows.with_people().order_by("due_on", "pk"))


@dataclass(frozen=True)
class TickedPage:
    """Follow-ups that somebody ticked: those that move together, and those that stay."""

    rows: Sequence[FollowUp]
    staying: Sequence[FollowUp]


def ticked_page(keys: Iterable[int], *, reader: User) -> TickedPage:
    seen = FollowUp.objects.visible_to(reader).filter(pk__in=keys)
    rows = list(seen.with_people().order_by("due_on", "pk"))
    changeable = changeable_keys(rows, reader=reader)
    moving = [row for row in rows if row.is_open and row.pk in changeable]
    return TickedPage(rows=moving, staying=[row for row in rows if row not in moving])


def next_step_of(partner: PartnerOrganization, *, reader: User) -> FollowUp | None:
    """The one obvious next step of a relationship, among those the reader sees."""
    return next_steps_of([partner], reader=reader).get(partner.pk)


def next_steps_of(partners: Iterable[PartnerOrganization], *, reader: User) -> dict[int, FollowUp]:
    """The same for a list, in one question; by the keys of the partners that have one."""
    keys = [partner.pk for partner in partners]
    rows = FollowUp.objects.visible_to(reader).filter(partner__in=keys).next_steps()
    return {row.partner_id: row for row in rows.select_related("assignee") if row.partner_id}
