from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.roles import Ability
from infrastructure import services
from infrastructure.forms import MembershipForm, MembershipRoleForm
from infrastructure.models import Membership, Workgroup
from infrastructure.views.workgroup import detail_page
from records.shortcuts import get_changeable, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_POST
@requires(Ability.SEE_WORKGROUPS)
def membership_create(request: PortalRequest, pk: int) -> HttpResponse:
    workgroup = _workgroup(request, pk)
    form = MembershipForm(
        request.POST, today=timezone.localdate(), instance=Membership(workgroup=workgroup)
    )
    if form.is_valid():
        try:
            membership = services.add_member(membership=form.save(commit=False))
        except services.AlreadyMember:
            form.add_error("user", _("This colleague is a member already."))
        else:
            done = _("%(name)s is in the workgroup.") % {"name": membership.user.name}
            tell(request, done, undo=_url("end", membership))
            return redirect(workgroup)
    return detail_page(request, workgroup, form)


@require_POST
@requires(Ability.SEE_WORKGROUPS)
def membership_change(request: PortalRequest, pk: int, membership_pk: int) -> HttpResponse:
    workgroup = _workgroup(request, pk)
    membership = get_object_or_404(workgroup.memberships, pk=membership_pk)
    form = MembershipRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role from the list."))
        return redirect(workgroup)
    role = form.cleaned_data["role"]
    try:
        services.change_role(membership=membership, role=role, on=timezone.localdate())
    except services.MembershipEnded:
        messages.info(request, _ended())
    else:
        tell(request, _("%(name)s has another role now.") % {"name": membership.user.name})
    return redirect(workgroup)


@require_POST
@requires(Ability.SEE_WORKGROUPS)
def membership_end(request: PortalRequest, pk: int, membership_pk: int) -> HttpResponse:
    workgroup = _workgroup(request, pk)
    membership = get_object_or_404(workgroup.memberships, pk=membership_pk)
    try:
        services.end_membership(membership=membership, on=timezone.localdate())
    except services.MembershipEnded:
        messages.info(request, _ended())
    else:
        done = _("%(name)s has left the workgroup. The past is kept.")
        # A chair who leaves may no longer change the workgroup, not even back.
        may_undo = Workgroup.objects.changeable_by(request.user).filter(pk=pk).exists()
        undo = _url("resume", membership) if may_undo else ""
        tell(request, done % {"name": membership.user.name}, undo=undo)
    return redirect(workgroup)


@require_POST
@requires(Ability.SEE_WORKGROUPS)
def membership_resume(request: PortalRequest, pk: int, membership_pk: int) -> HttpResponse:
    workgroup = _workgroup(request, pk)
    membership = get_object_or_404(workgroup.memberships, pk=membership_pk)
    try:
        services.resume_membership(membership=membership)
    except services.AlreadyMember:
        messages.info(request, _("They are in the workgroup again already."))
    else:
        tell(request, _("%(name)s is in the workgroup again.") % {"name": membership.user.name})
    return redirect(workgroup)


def _workgroup(request: PortalRequest, pk: int) -> Workgroup:
    """Members of an archived workgroup stay as they were."""
    workgroup: Workgroup = get_changeable(Workgroup.objects.current(), request.user, pk=pk)
    return workgroup


def _ended() -> str:
    return _("They have left the workgroup already.")


def _url(verb: str, membership: Membership) -> str:
    name = f"infrastructure:membership-{verb}"
    return reverse(name, args=[membership.workgroup_id, membership.pk])
