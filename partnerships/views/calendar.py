from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access import requires
from accounts.roles import Ability
from partnerships import services
from partnerships.models import CalendarAddress, FollowUp
from records.shortcuts import tell

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.types import PortalRequest

CONTENT_TYPE = "text/calendar; charset=utf-8"


@require_GET
@requires(Ability.SEE_PARTNERS)
def follow_up_ics(request: PortalRequest, pk: int) -> HttpResponse:
    rows = FollowUp.objects.visible_to(request.user).open().with_people()
    follow_up = get_object_or_404(rows, pk=pk)
    hour = request.department.reminder_hour
    file = services.one_for_a_calendar(follow_up, reminder_hour=hour, at=timezone.now())
    response = HttpResponse(file, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="follow-up-{pk}.ics"'
    return response


@require_GET
@never_cache
@requires(Ability.SEE_PARTNERS)
def calendar_address(request: PortalRequest) -> HttpResponse:
    address = CalendarAddress.objects.filter(user=request.user).first()
    return render(request, "partnerships/calendar_address.html", {"address": address})


@require_POST
@never_cache
@requires(Ability.SEE_PARTNERS)
def calendar_address_make(request: PortalRequest) -> HttpResponse:
    """Shown in the answer to the press itself, so that the secret is stored nowhere, not even here."""
    secret = services.make_calendar_address(user=request.user, at=timezone.now())
    path = reverse("partnerships:calendar-feed", args=[secret])
    context = {
        "address": CalendarAddress.objects.filter(user=request.user).first(),
        "url": settings.BASE_URL + path,
    }
    return render(request, "partnerships/calendar_address.html", context)


@require_POST
@requires(Ability.SEE_PARTNERS)
def calendar_address_revoke(request: PortalRequest) -> HttpResponse:
    if services.revoke_calendar_address(user=request.user):
        tell(request, _("The address is gone. Whatever reads it finds nothing from now on."))
    return redirect("partnerships:calendar-address")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which cannot sign in: the address itself is the key."""
    user = services.whose_calendar(token)
    if user is None:
        raise Http404
    file = services.calendar_of(user, at=timezone.now())
    response = HttpResponse(file, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
