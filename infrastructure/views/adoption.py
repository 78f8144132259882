from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from infrastructure import pages
from infrastructure.forms import AdoptionFilterForm, AdoptionForm, NewAdoptionForm
from infrastructure.models import Adoption
from practices.models import ActionStepRevision
from records.shortcuts import (
    archive_record,
    edit_record,
    get_changeable,
    paginate,
    restore_record,
    tell_made,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_WORKGROUPS)
@vary_on_headers("HX-Request")
def adoption_list(request: PortalRequest) -> HttpResponse:
    form = AdoptionFilterForm(request.GET, user=request.user)
    rows = form.apply(Adoption.objects.visible_to(request.user))
    page_obj = paginate(request, rows.with_words())
    context = {
        "form": form,
        "page_obj": page_obj,
        "sections": pages.by_state(page_obj, today=timezone.localdate()),
    }
    template = "infrastructure/adoption_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, context)


@require_GET
@requires(Ability.SEE_WORKGROUPS)
def adoption_detail(request: PortalRequest, pk: int) -> HttpResponse:
    rows = Adoption.objects.visible_to(request.user).with_words()
    adoption = get_object_or_404(rows.select_related("created_by", "archived_by"), pk=pk)
    page = pages.adoption_page(adoption, reader=request.user, today=timezone.localdate())
    return render(
        request, "infrastructure/adoption_detail.html", {"adoption": adoption, "page": page}
    )


@require_http_methods(["GET", "POST"])
@requires(Ability.TAKE_UP_STEPS)
def adoption_create(request: PortalRequest, practice_slug: str, step_slug: str) -> HttpResponse:
    readable = ActionStepRevision.objects.readable().select_related("step__practice")
    words = get_object_or_404(readable, step__practice__slug=practice_slug, step__slug=step_slug)
    form = NewAdoptionForm(request.POST or None, user=request.user, today=timezone.localdate())
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        adoption = form.save_new(step=words.step, at=now)
        done = _("The step is taken up. It shows beside the step in the guide.")
        tell_made(request, adoption, done, at=now)
        return redirect(adoption)
    context = {
        "form": form,
        "title": _("Take up this step"),
        "lede": words.title,
        "submit": _("Take it up"),
        "cancel_url": words.step.get_absolute_url(),
    }
    return render(request, "records/form_page.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.TAKE_UP_STEPS)
def adoption_edit(request: PortalRequest, pk: int) -> HttpResponse:
    rows = Adoption.objects.visible_to(request.user).with_words()
    adoption = get_changeable(rows, request.user, pk=pk)
    return edit_record(
        request,
        form=AdoptionForm(request.POST or None, instance=adoption),
        title=_("How is it going?"),
        lede=adoption.step_title or str(adoption.step),
        saved=_("What you changed is saved."),
    )


@require_POST
@requires(Ability.TAKE_UP_STEPS)
def adoption_archive(request: PortalRequest, pk: int) -> HttpResponse:
    adoption = get_changeable(Adoption.objects, request.user, pk=pk)
    return archive_record(
        request,
        record=adoption,
        done=_("It is archived, and no longer shows beside the step."),
        undo=reverse("infrastructure:adoption-restore", args=[pk]),
        then=reverse("infrastructure:adoption-list"),
    )


@require_POST
@requires(Ability.TAKE_UP_STEPS)
def adoption_restore(request: PortalRequest, pk: int) -> HttpResponse:
    adoption = get_changeable(Adoption.objects, request.user, pk=pk)
    return restore_record(request, record=adoption, done=_("The step taken up is back."))
