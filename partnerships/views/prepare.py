"""What one reads, or prints, on the way to a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.roles import Ability
from partnerships.history import history
from partnerships.models import Contact, PartnerOrganization
from partnerships.pages.prepare import prepare_for_contact, prepare_for_partner

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_PARTNERS)
def partner_prepare(request: PortalRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(PartnerOrganization.objects.visible_to(request.user), pk=pk)
    page = prepare_for_partner(
        partner,
        reader=request.user,
        today=timezone.localdate(),
        changes=history(partner, reader=request.user).changes,
    )
    return render(request, "partnerships/prepare.html", {"record": partner, "page": page})


@require_GET
@requires(Ability.SEE_PARTNERS)
def contact_prepare(request: PortalRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    page = prepare_for_contact(
        contact,
        reader=request.user,
        today=timezone.localdate(),
        changes=history(contact, reader=request.user).changes,
    )
    return render(request, "partnerships/prepare.html", {"record": contact, "page": page})
