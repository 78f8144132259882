from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from infrastructure import pages, services
from infrastructure.forms import (
    MembershipForm,
    NewWorkgroupForm,
    WorkgroupFilterForm,
    WorkgroupForm,
)
from infrastructure.forms.workgroup import name_is_taken
from infrastructure.models import Workgroup
from records.services import ArchivedAlready
from records.shortcuts import (
    archive_record,
    edit_record,
    get_changeable,
    paginate,
    tell,
    tell_made,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_WORKGROUPS)
@vary_on_headers("HX-Request")
def workgroup_list(request: PortalRequest) -> HttpResponse:
    form = WorkgroupFilterForm(request.GET, user=request.user)
    workgroups = form.apply(Workgroup.objects.visible_to(request.user))
    workgroups = workgroups.with_people().select_related("sponsor")
    template = "infrastructure/workgroup_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, {"form": form, "page_obj": paginate(request, workgroups)})


@require_GET
@requires(Ability.SEE_WORKGROUPS)
def workgroup_detail(request: PortalRequest, pk: int) -> HttpResponse:
    workgroups = Workgroup.objects.visible_to(request.user)
    workgroup = get_object_or_404(workgroups.select_related("sponsor", "archived_by"), pk=pk)
    form = MembershipForm(today=timezone.localdate())
    return detail_page(request, workgroup, form)


def detail_page(
    request: PortalRequest, workgroup: Workgroup, membership_form: MembershipForm
) -> HttpResponse:
    """The workgroup's own page, which is also where colleagues are added."""
    context = {
        "workgroup": workgroup,
        "page": pages.workgroup_page(workgroup, reader=request.user),
        "membership_form": membership_form,
    }
    return render(request, "infrastructure/workgroup_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.START_WORKGROUPS)
def workgroup_create(request: PortalRequest) -> HttpResponse:
    form = NewWorkgroupForm(request.POST or None)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            workgroup = form.save_new(by=request.user, at=now)
        except services.NameIsTaken:
            form.add_error("name", name_is_taken())
        else:
            tell_made(request, workgroup, _("The workgroup is started. Add who is in it."), at=now)
            return redirect(workgroup)
    context = {
        "form": form,
        "title": _("Start a workgroup"),
        "submit": _("Start it"),
        "cancel_url": reverse("infrastructure:workgroup-list"),
    }
    return render(request, "records/form_page.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_WORKGROUPS)
def workgroup_edit(request: PortalRequest, pk: int) -> HttpResponse:
    workgroup = get_changeable(Workgroup.objects, request.user, pk=pk)
    return edit_record(
        request,
        form=WorkgroupForm(request.POST or None, instance=workgroup),
        title=_("Edit %(name)s") % {"name": workgroup.name},
        saved=_("What you changed is saved."),
    )


@require_POST
@requires(Ability.SEE_WORKGROUPS)
def workgroup_archive(request: PortalRequest, pk: int) -> HttpResponse:
    workgroup = get_changeable(Workgroup.objects, request.user, pk=pk)
    return archive_record(
        request,
        record=workgroup,
        done=_("%(name)s is archived. Who was in it is kept.") % {"name": workgroup.name},
        undo=reverse("infrastructure:workgroup-restore", args=[pk]),
        then=reverse("infrastructure:workgroup-list"),
    )


@require_POST
@requires(Ability.SEE_WORKGROUPS)
def workgroup_restore(request: PortalRequest, pk: int) -> HttpResponse:
    workgroup = get_changeable(Workgroup.objects, request.user, pk=pk)
    try:
        services.restore_workgroup(workgroup=workgroup)
    except services.NameIsTaken:
        text = _("Another workgroup is called %(name)s now. Rename one of them first.")
        messages.error(request, text % {"name": workgroup.name})
    except ArchivedAlready:
        messages.info(request, _("Somebody brought that back already."))
    else:
        tell(request, _("%(name)s is back.") % {"name": workgroup.name})
    return redirect(workgroup)
