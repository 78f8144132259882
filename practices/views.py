from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from practices import pages
from practices.access import guide_page
from practices.forms import ResourceFilterForm
from practices.models import ActionStepRevision, Practice, PracticeRevision, Resource
from records.shortcuts import paginate

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest
    from practices.models.revision import Revision


@guide_page
@require_GET
def practice_detail(request: PortalRequest, slug: str) -> HttpResponse:
    readable = PracticeRevision.objects.readable().select_related("practice__group")
    words = get_object_or_404(readable, practice__slug=slug)
    context = {"page": pages.practice_page(words)}
    return render(request, "practices/practice_detail.html", context)


@require_GET
@requires(Ability.EDIT_GUIDE)
def practice_preview(request: PortalRequest, slug: str) -> HttpResponse:
    """The page with its drafts in place, for those who write it."""
    return _preview(request, slug)


@require_GET
@requires(Ability.EDIT_GUIDE)
def practice_version_preview(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    version = get_object_or_404(PracticeRevision, practice__slug=slug, number=number)
    return _preview(request, slug, version)


@require_GET
@requires(Ability.EDIT_GUIDE)
def step_version_preview(
    request: PortalRequest, slug: str, step_slug: str, number: int
) -> HttpResponse:
    version = get_object_or_404(
        ActionStepRevision, step__practice__slug=slug, step__slug=step_slug, number=number
    )
    return _preview(request, slug, version)


def _preview(request: PortalRequest, slug: str, version: Revision | None = None) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.select_related("group"), slug=slug)
    page = pages.preview_page(practice, version=version)
    if page is None:
        raise Http404
    return render(request, "practices/practice_detail.html", {"page": page})


@guide_page
@require_GET
@vary_on_headers("HX-Request")
def resource_list(request: PortalRequest) -> HttpResponse:
    form = ResourceFilterForm(request.GET)
    resources = pages.with_practices(form.apply(Resource.objects.published()))
    template = "practices/resource_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, {"form": form, "page_obj": paginate(request, resources)})
