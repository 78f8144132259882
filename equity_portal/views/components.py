from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from equity_portal.forms.components import SampleForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds a page."""
    context = {"sample_form": SampleForm(), "sample_form_with_errors": SampleForm(data={})}
    return render(request, "components_page.html", context)
