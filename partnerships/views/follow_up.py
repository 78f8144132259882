from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from partnerships import pages
from partnerships.forms import FollowUpFilterForm, FollowUpForm, NewFollowUpForm, PutOffForm
from partnerships.models import FollowUp
from records.paging import keyset_page
from records.shortcuts import (
    archive_record,
    edit_record,
    get_changeable,
    restore_record,
    tell_made,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_PARTNERS)
@vary_on_headers("HX-Request")
def follow_up_list(request: PortalRequest) -> HttpResponse:
    form = FollowUpFilterForm(request.GET, user=request.user, today=timezone.localdate())
    seen = FollowUp.objects.visible_to(request.user)
    page_obj = keyset_page(request, form.apply(seen).with_people())
    changeable = pages.changeable_keys(page_obj, reader=request.user)
    context = {
        "form": form,
        "whose": form.chosen.get("whose", ""),
        "page_obj": page_obj,
        "sections": pages.by_urgency(page_obj, today=timezone.localdate()),
        "changeable": changeable,
        "just_archived": pages.just_archived(seen, by=request.user, at=timezone.now()),
        "may_tick": any(row.is_open and row.pk in changeable for row in page_obj),
    }
    template = "partnerships/follow_up_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, context)


@require_GET
@requires(Ability.SEE_PARTNERS)
def follow_up_detail(request: PortalRequest, pk: int) -> HttpResponse:
    rows = FollowUp.objects.visible_to(request.user)
    rows = rows.with_people().with_authors()
    follow_up = get_object_or_404(rows, pk=pk)
    today = timezone.localdate()
    context = {
        "follow_up": follow_up,
        "page": pages.follow_up_page(follow_up, reader=request.user),
        "put_off_form": PutOffForm(today=today, initial={"version": follow_up.version}),
    }
    return render(request, "partnerships/follow_up_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def follow_up_create(request: PortalRequest) -> HttpResponse:
    given = {name: request.GET.get(name) for name in ("partner", "contact")}
    initial = {"assignee": request.user.pk, **given}
    form = NewFollowUpForm(
        request.POST or None, user=request.user, today=timezone.localdate(), initial=initial
    )
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        follow_up = form.save_new(by=request.user, at=now)
        done = _("The follow-up is written down. It reminds on its day.")
        undo = reverse("partnerships:follow-up-archive", args=[follow_up.pk])
        tell_made(request, follow_up, done, at=now, undo=undo, form=form)
        return redirect(follow_up)
    context = {
        "form": form,
        "title": _("Add a follow-up"),
        "cancel_url": reverse("partnerships:follow-up-list"),
    }
    return render(request, "records/form_page.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def follow_up_edit(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    return edit_record(
        request,
        form=FollowUpForm(request.POST or None, instance=follow_up, user=request.user),
        title=_("Edit a follow-up"),
        saved=_("What you changed is saved."),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def follow_up_archive(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    return archive_record(
        request,
        record=follow_up,
        done=_("The follow-up is archived. It reminds nobody."),
        undo=reverse("partnerships:follow-up-restore", args=[pk]),
        then=reverse("partnerships:follow-up-list"),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def follow_up_restore(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    return restore_record(request, record=follow_up, done=_("The follow-up is back."))
