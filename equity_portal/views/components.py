from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from equity_portal.components import sample_context

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds a page."""
    context = sample_context(today=timezone.localdate())
    return render(request, "components_page.html", context)
