"""What is offered while one types: rows for a picker, words, and what may be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import requires
from accounts.roles import Ability
from partnerships.forms import ContactAlikeForm, PartnerAlikeForm, TermsOfForm
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
    """Contacts whose name begins like the words typed, with where they are or what they wish."""
    contacts = Contact.objects.visible_to(request.user).current()
    contacts = contacts.with_roles(on=timezone.localdate())
    results = [
        {"value": contact.pk, "label": contact.name, "note": _wish(contact) or contact.where()}
        for contact in _best(request, contacts)
    ]
    return JsonResponse({"results": results})


@require_GET
@requires(Ability.SEE_PARTNERS)
def term_suggest(request: PortalRequest) -> HttpResponse:
    """Words of the department's own that a field such as tags holds already, the usual first."""
    form = TermsOfForm(request.GET)
    terms = form.terms(request.user) if form.is_valid() else []
    return JsonResponse({"results": terms})


@require_POST
@requires(Ability.RECORD)
def partner_alike(request: PortalRequest) -> HttpResponse:
    """Organizations that may be the same as one that is being typed."""
    alike = PartnerAlikeForm(request.POST).search(request.user, on=timezone.localdate())
    return render(request, "partnerships/alike.html", {"alike": alike})


@require_POST
@requires(Ability.RECORD)
def contact_alike(request: PortalRequest) -> HttpResponse:
    """People who may be the same as one who is being typed."""
    alike = ContactAlikeForm(request.POST).search(request.user, on=timezone.localdate())
    return render(request, "partnerships/alike.html", {"alike": alike})


def _wish(contact: Contact) -> str:
    return _("Asked us not to contact them") if contact.do_not_contact else ""


def _best(request: PortalRequest, rows: Any) -> Any:
    words = FilterForm(request.GET).words
    return (rows.search(words) if words else rows.order_by("name", "pk"))[:SUGGESTIONS]
