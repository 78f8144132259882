"""What the pages about workgroups and steps gather: one question each, all through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from infrastructure.models import Adoption, Membership, Workgroup
from practices.models import ActionStepRevision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from accounts.models import User


@dataclass(frozen=True)
class WorkgroupPage:
    members: Sequence[Membership]
    past: Sequence[Membership]
    adoptions: Sequence[Adoption]
    may_change: bool


def workgroup_page(workgroup: Workgroup, *, reader: User) -> WorkgroupPage:
    memberships = workgroup.memberships.select_related("user")
    adoptions = Adoption.objects.visible_to(reader).current().filter(workgroup=workgroup)
    return WorkgroupPage(
        members=list(memberships.current().in_order()),
        past=list(memberships.ended().order_by("-ended_on", "-pk")),
        adoptions=list(adoptions.with_words().order_by("-created_at", "-pk")),
        may_change=Workgroup.objects.changeable_by(reader).filter(pk=workgroup.pk).exists(),
    )


@dataclass(frozen=True)
class AdoptionPage:
    revision: ActionStepRevision | None
    may_change: bool
    is_overdue: bool


def adoption_page(adoption: Adoption, *, reader: User, today: date) -> AdoptionPage:
    """The step's words are those that readers of the guide see; a retired step has none."""
    return AdoptionPage(
        revision=ActionStepRevision.objects.readable().filter(step=adoption.step_id).first(),
        may_change=Adoption.objects.changeable_by(reader).filter(pk=adoption.pk).exists(),
        is_overdue=adoption.is_overdue(today=today),
    )


@dataclass(frozen=True)
class Section:
    title: str
    rows: Sequence[Adoption]
    is_late: bool = False


def by_state(rows: Iterable[Adoption], *, today: date) -> list[Section]:
    """What to look back on now, then what is under way, then the rest."""
    rows = list(rows)
    overdue = [row for row in rows if row.is_overdue(today=today)]
    going = [row for row in rows if row.is_open and row not in overdue]
    here = [row for row in rows if not row.is_archived]
    sections = [
        Section(_("Time to look back"), overdue, is_late=True),
        Section(_("Planned and under way"), going),
        Section(_("Done"), [row for row in here if row.status == Adoption.Status.DONE]),
        Section(_("Set aside"), [row for row in here if row.status == Adoption.Status.SET_ASIDE]),
        Section(_("Archived"), [row for row in rows if row.is_archived]),
    ]
    return [section for section in sections if section.rows]
