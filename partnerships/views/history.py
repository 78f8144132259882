"""Who changed what and when, of one record, for those who may see the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.roles import Ability
from partnerships.history import history
from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization, Promise

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_PARTNERS)
def partner_history(request: PortalRequest, pk: int) -> HttpResponse:
    return _history(request, PartnerOrganization.objects.visible_to(request.user), pk)


@require_GET
@requires(Ability.SEE_PARTNERS)
def contact_history(request: PortalRequest, pk: int) -> HttpResponse:
    return _history(request, Contact.objects.visible_to(request.user), pk)


@require_GET
@requires(Ability.SEE_PARTNERS)
def one_to_one_history(request: PortalRequest, pk: int) -> HttpResponse:
    return _history(request, OneToOne.objects.visible_to(request.user), pk)


@require_GET
@requires(Ability.SEE_PARTNERS)
def follow_up_history(request: PortalRequest, pk: int) -> HttpResponse:
    return _history(request, FollowUp.objects.visible_to(request.user), pk)


@require_GET
@requires(Ability.SEE_PARTNERS)
def promise_history(request: PortalRequest, pk: int) -> HttpResponse:
    return _history(request, Promise.objects.visible_to(request.user), pk)


def _history(request: PortalRequest, rows: Any, pk: int) -> HttpResponse:
    record = get_object_or_404(rows, pk=pk)
    name = _("The one-to-one") if isinstance(record, OneToOne) else str(record)
    context = {"record": record, "name": name, "history": history(record, reader=request.user)}
    return render(request, "records/history.html", context)
