from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from equity_portal.finder import find, suggest
from practices.access import guide_page
from records.forms import FilterForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@guide_page
@require_GET
def search(request: PortalRequest) -> HttpResponse:
    """Every kind of record side by side, as far as the reader may see it."""
    form = FilterForm(request.GET)
    words = form.words
    kinds = find(words, reader=request.user, today=timezone.localdate())
    context = {"form": form, "words": words, "kinds": kinds}
    return render(request, "equity_portal/search.html", context)


@guide_page
@require_GET
def search_suggest(request: PortalRequest) -> HttpResponse:
    """What the search box offers while one types; a stranger is offered the guide."""
    words = FilterForm(request.GET).words
    today = timezone.localdate()
    results = suggest(words, reader=request.user, today=today) if words else []
    return JsonResponse({"results": results})
