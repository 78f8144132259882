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
from partnerships.forms import NewPartnerForm, PartnerFilterForm, PartnerForm
from partnerships.models import PartnerOrganization
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
def partner_list(request: PortalRequest) -> HttpResponse:
    now = timezone.now()
    form = PartnerFilterForm(request.GET, user=request.user, at=now)
    seen = PartnerOrganization.objects.visible_to(request.user)
    context = {
        "form": form,
        "page_obj": keyset_page(request, form.apply(seen).with_owners()),
        "just_archived": pages.just_archived(seen, by=request.user, at=now),
    }
    template = "partnerships/partner_list.html"
    if request.htmx:
        template += "#rows"
    else:
        context["cold"] = pages.going_cold(request.user, at=now)
    return render(request, template, context)


@require_GET
@requires(Ability.SEE_PARTNERS)
def partner_detail(request: PortalRequest, pk: int) -> HttpResponse:
    partners = PartnerOrganization.objects.visible_to(request.user)
    partner = get_object_or_404(pages.described(partners, reader=request.user), pk=pk)
    page = pages.partner_page(partner, reader=request.user, at=timezone.now())
    return render(request, "partnerships/partner_detail.html", {"partner": partner, "page": page})


@require_http_methods(["GET", "POST"])
@requires(Ability.RECORD)
def partner_create(request: PortalRequest) -> HttpResponse:
    initial = {"owners": [request.user.pk], "parent": request.GET.get("parent")}
    form = NewPartnerForm(request.POST or None, user=request.user, initial=initial)
    now = timezone.localtime()
    if request.method == "POST" and form.is_valid() and not form.asks_first(request.user, at=now):
        partner = form.save_new(by=request.user, at=now)
        done = _("%(name)s is in the portal.") % {"name": partner.name}
        tell_made(request, partner, done, at=now, form=form)
        return redirect(partner)
    context = {
        "form": form,
        "title": _("Add a partner organization"),
        "submit": _("Add anyway") if form.alike else "",
        "cancel_url": reverse("partnerships:partner-list"),
    }
    return render(request, "records/form_page.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def partner_edit(request: PortalRequest, pk: int) -> HttpResponse:
    partner = get_changeable(PartnerOrganization.objects, request.user, pk=pk)
    return edit_record(
        request,
        form=PartnerForm(request.POST or None, instance=partner, user=request.user),
        title=_("Edit %(name)s") % {"name": partner.name},
        saved=_("What you changed is saved."),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def partner_archive(request: PortalRequest, pk: int) -> HttpResponse:
    partner = get_changeable(PartnerOrganization.objects, request.user, pk=pk)
    return archive_record(
        request,
        record=partner,
        done=_("%(name)s is archived. Its history is kept.") % {"name": partner.name},
        undo=reverse("partnerships:partner-restore", args=[pk]),
        then=reverse("partnerships:partner-list"),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def partner_restore(request: PortalRequest, pk: int) -> HttpResponse:
    partner = get_changeable(PartnerOrganization.objects, request.user, pk=pk)
    done = _("%(name)s is back.") % {"name": partner.name}
    return restore_record(request, record=partner, done=done)
