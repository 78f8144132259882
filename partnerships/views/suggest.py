"""What a picker offers while a name is typed: the best few, each through `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.roles import Ability
from partnerships.models import Contact, PartnerOrganization
from records.forms import FilterForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest

SUGGESTIONS = 8


@require_GET
@requires(Ability.SEE_PARTNERS)
def partner_suggest(request: PortalRequest) -> HttpResponse:
    """Organizations whose name begins like the words typed."""
    partners = _best(request, PartnerOrganization.objects.visible_to(request.user).current())
    results = [
        {"value": partner.pk, "label": partner.name, "note": partner.get_kind_display()}
        for partner in partners
    ]
    return JsonResponse({"results": results})


@require_GET
@requires(Ability.SEE_PARTNERS)
def contact_suggest(request: PortalRequest) -> HttpResponse:
    """Contacts whose name begins like the words typed, with where they are."""
    contacts = Contact.objects.visible_to(request.user).current()
    results = [
        {"value": contact.pk, "label": contact.name, "note": contact.where()}
        for contact in _best(request, contacts.prefetch_related("affiliations__partner"))
    ]
    return JsonResponse({"results": results})


def _best(request: PortalRequest, rows: Any) -> Any:
    words = FilterForm(request.GET).words
    return (rows.search(words) if words else rows.order_by("name", "pk"))[:SUGGESTIONS]
