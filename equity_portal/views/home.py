from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from equity_portal.today import today_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.types import PortalRequest


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The day, for somebody signed in; the guide, for anybody else."""
    if not request.user.is_authenticated:
        return redirect("practice-list")
    portal_request = cast("PortalRequest", request)
    page = today_page(reader=portal_request.user, at=timezone.now())
    return render(request, "equity_portal/home.html", {"page": page})
