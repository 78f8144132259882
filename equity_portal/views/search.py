from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from equity_portal.finder import find
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
    context = {"form": form, "words": words, "kinds": find(words, reader=request.user)}
    return render(request, "equity_portal/search.html", context)
