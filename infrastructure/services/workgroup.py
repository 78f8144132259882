from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from infrastructure.models import Membership, Workgroup
from records import services
from records.services import once

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import User


class NameIsTaken(Exception):
    """Another workgroup has this name now."""


class AlreadyMember(Exception):
    """The colleague is in the workgroup already, in another role."""


class MembershipEnded(Exception):
    """The membership ended before this press arrived."""


@transaction.atomic
def add_workgroup(
    *, workgroup: Workgroup, by: User, at: datetime, key: UUID | None = None
) -> Workgroup:
    """Raises NameIsTaken."""

    def make() -> Workgroup:
        workgroup.created_at, workgroup.created_by, workgroup.submission_key = at, by, key
        workgroup.save()
        return workgroup

    try:
        with transaction.atomic():
            return once(model=Workgroup, key=key, made_by={"created_by": by}, make=make)
    except IntegrityError as error:
        raise NameIsTaken from error


def restore_workgroup(*, workgroup: Workgroup) -> None:
    """Raises NameIsTaken, and ArchivedAlready as any restoring does."""
    try:
        with transaction.atomic():
            services.restore(record=workgroup)
    except IntegrityError as error:
        raise NameIsTaken from error


@transaction.atomic
def add_member(*, membership: Membership) -> Membership:
    """Put a colleague into a workgroup; the same press twice adds them once.

    Raises AlreadyMember.
    """
    _lock(membership.workgroup_id)
    earlier = _current(membership)
    if earlier is None:
        membership.save()
        return membership
    if (earlier.role, earlier.started_on) != (membership.role, membership.started_on):
        raise AlreadyMember
    return earlier


@transaction.atomic
def change_role(*, membership: Membership, role: str, on: date) -> None:
    """End one role and begin the next on the same day, so that the past stays as it was.

    A role given today is put right in place. Raises MembershipEnded.
    """
    _lock(membership.workgroup_id)
    membership.refresh_from_db()
    if membership.ended_on is not None:
        raise MembershipEnded
    if membership.role == role:
        return
    if membership.started_on >= on:
        membership.role = role
        membership.save(update_fields=["role"])
        return
    end_membership(membership=membership, on=on)
    Membership.objects.create(
        workgroup_id=membership.workgroup_id, user_id=membership.user_id, role=role, started_on=on
    )


def end_membership(*, membership: Membership, on: date) -> None:
    """Raises MembershipEnded."""
    current = Membership.objects.current().filter(pk=membership.pk)
    if not current.update(ended_on=max(on, membership.started_on)):
        raise MembershipEnded


@transaction.atomic
def resume_membership(*, membership: Membership) -> None:
    """Take an ending back. Raises AlreadyMember."""
    _lock(membership.workgroup_id)
    current = _current(membership)
    if current is not None and current.pk != membership.pk:
        raise AlreadyMember
    Membership.objects.filter(pk=membership.pk).update(ended_on=None)


def _current(membership: Membership) -> Membership | None:
    """What the same colleague is in the same workgroup now."""
    rows = Membership.objects.current().filter(workgroup=membership.workgroup_id)
    return rows.filter(user=membership.user_id).first()


def _lock(workgroup_id: int) -> None:
    """Let changes of one workgroup's members stand in line."""
    Workgroup.objects.select_for_update().get(pk=workgroup_id)
