from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.roles import Ability
from partnerships import services
from partnerships.forms import NewIntroductionForm
from partnerships.models import Introduction, PartnerOrganization
from records.shortcuts import get_changeable, own_page, tell, tell_made

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_http_methods(["GET", "POST"])
@requires(Ability.RECORD)
def introduction_create(request: PortalRequest, pk: int) -> HttpResponse:
    rows = PartnerOrganization.objects.visible_to(request.user).current()
    partner = get_object_or_404(rows, pk=pk)
    form = NewIntroductionForm(
        request.POST or None, partner=partner, user=request.user, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        return _introduce(request, form, partner)
    context = {
        "form": form,
        "title": _("Introduce a colleague to %(name)s") % {"name": partner.name},
        "lede": _("So that the relationship does not hang on one person."),
        "submit": _("Propose it"),
        "cancel_url": partner.get_absolute_url(),
    }
    return render(request, "records/form_page.html", context)


def _introduce(
    request: PortalRequest, form: NewIntroductionForm, partner: PartnerOrganization
) -> HttpResponse:
    now = timezone.now()
    try:
        introduction = form.save_new(by=request.user, at=now)
    except services.AlreadyUnderWay:
        messages.info(request, _("Somebody proposed the same a moment ago."))
        return redirect(partner)
    said = _("%(name)s sees it on their day page. Arrange a one-to-one for the three of you.")
    undo = reverse("partnerships:introduction-drop", args=[introduction.pk])
    name = {"name": introduction.colleague.name}
    tell_made(request, introduction, said % name, at=now, undo=undo)
    return redirect(partner)


@require_POST
@requires(Ability.SEE_PARTNERS)
def introduction_drop(request: PortalRequest, pk: int) -> HttpResponse:
    introduction = get_changeable(Introduction.objects, request.user, pk=pk)
    at = timezone.now()
    try:
        services.drop_introduction(introduction=introduction, by=request.user, at=at)
    except services.AlreadySettledIntroduction:
        messages.info(request, _("That introduction is not open any more."))
    else:
        undo = reverse("partnerships:introduction-reopen", args=[pk])
        tell(request, _("The introduction is dropped, and its follow-up cancelled."), undo=undo)
    return redirect(own_page(request, default=introduction.get_absolute_url()))


@require_POST
@requires(Ability.SEE_PARTNERS)
def introduction_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    introduction = get_changeable(Introduction.objects, request.user, pk=pk)
    try:
        services.reopen_introduction(introduction=introduction)
    except services.AlreadyUnderWay:
        messages.info(request, _("The same introduction is under way already."))
    else:
        tell(request, _("The introduction is open again, and so is its follow-up."))
    return redirect(introduction)
