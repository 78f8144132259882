"""Pages of the guide that also say what this department did with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability, may
from equity_portal.catalog import groups_of_practices, steps_taken_up
from practices.access import guide_page
from practices.models import PracticeRevision

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@guide_page
@require_GET
def practice_list(request: PortalRequest) -> HttpResponse:
    may_look = may(request.user, Ability.SEE_WORKGROUPS)
    counted = reverse("infrastructure:adoption-list", query={"whose": "all", "status": "live"})
    context = {"groups": groups_of_practices(), "counts_url": counted if may_look else ""}
    return render(request, "equity_portal/practice_list.html", context)


@require_GET
@requires(Ability.SEE_WORKGROUPS)
@vary_on_headers("HX-Request")
def taken_up(request: PortalRequest, slug: str) -> HttpResponse:
    """What teams here did with each step: a page, or the pieces that the practice's page fetches."""
    readable = PracticeRevision.objects.readable().select_related("practice")
    words = get_object_or_404(readable, practice__slug=slug)
    context = {
        "section": "guide",
        "words": words,
        "steps": steps_taken_up(words.practice, reader=request.user),
    }
    template = "equity_portal/taken_up.html"
    if request.htmx:
        template += "#pieces"
    return render(request, template, context)
