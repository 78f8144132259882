from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from partnerships import pages
from partnerships.forms import GoingColdFilterForm
from partnerships.models import PartnerOrganization
from records.paging import keyset_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_PARTNERS)
@vary_on_headers("HX-Request")
def going_cold_list(request: PortalRequest) -> HttpResponse:
    """Relationships without a contact within their own rhythm, as far as the reader can see."""
    form = GoingColdFilterForm(request.GET, user=request.user)
    partners = PartnerOrganization.objects.visible_to(request.user).current().with_owners()
    rows = form.apply(partners.gone_quiet(request.user, at=timezone.now()))
    page_obj = keyset_page(request, rows)
    context = {
        "form": form,
        "page_obj": page_obj,
        "cold": pages.cold_partners(page_obj, reader=request.user),
    }
    template = "partnerships/going_cold_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, context)
