"""Pages that speak about the portal itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "equity_portal/help.html")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "equity_portal/accessibility.html")


@login_not_required
@require_GET
def public_records(request: HttpRequest) -> HttpResponse:
    return render(request, "equity_portal/public_records.html")
