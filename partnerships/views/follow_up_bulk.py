"""Several follow-ups at once: another day, or another person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Ability
from partnerships import pages, services
from partnerships.forms import HandOverSeveralForm, PutOffSeveralForm, ticked
from partnerships.models import FollowUp
from partnerships.views import undo
from records.shortcuts import own_page, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def follow_up_bulk(request: PortalRequest) -> HttpResponse:
    keys = ticked(request.POST if request.method == "POST" else request.GET)
    page = pages.ticked_page(keys, reader=request.user)
    if not page.rows and not page.staying:
        messages.info(request, _("Tick the follow-ups first, then choose what becomes of them."))
        return _back(request)
    what = request.POST.get("do", "")
    put_off = PutOffSeveralForm(_data(request, "put_off"), today=timezone.localdate())
    hand_over = HandOverSeveralForm(_data(request, "hand_over"))
    if what == "put_off" and put_off.is_valid():
        return _put_off(request, keys, put_off.cleaned_data)
    if what == "hand_over" and hand_over.is_valid():
        return _hand_over(request, keys, hand_over.cleaned_data)
    context = {
        "page": page,
        "put_off": put_off,
        "hand_over": hand_over,
        "next": own_page(request, default=reverse("partnerships:follow-up-list")),
    }
    return render(request, "partnerships/follow_up_bulk.html", context)


def _data(request: PortalRequest, what: str) -> Any:
    return request.POST if request.POST.get("do") == what else None


def _put_off(request: PortalRequest, keys: list[int], chosen: dict[str, Any]) -> HttpResponse:
    mine = FollowUp.objects.changeable_by(request.user).filter(pk__in=keys)
    before = services.put_off_several(follow_ups=mine, **chosen)
    said = ngettext("One follow-up is put off.", "%(number)d follow-ups are put off.", len(before))
    return _tell(request, said, before, keys)


def _hand_over(request: PortalRequest, keys: list[int], chosen: dict[str, Any]) -> HttpResponse:
    mine = FollowUp.objects.changeable_by(request.user).filter(pk__in=keys)
    at = timezone.now()
    before = services.hand_over_several(follow_ups=mine, **chosen, by=request.user, at=at)
    said = ngettext(
        "One follow-up is handed over.", "%(number)d follow-ups are handed over.", len(before)
    )
    return _tell(request, said, before, keys)


def _tell(
    request: PortalRequest, said: str, before: list[services.Before], keys: list[int]
) -> HttpResponse:
    seen = FollowUp.objects.visible_to(request.user).filter(pk__in=keys)
    if left := seen.count() - len(before):
        staying = ngettext(
            "One stays as it is: not open any more, not yours to change, or theirs already.",
            "%(left)d stay as they are: not open any more, not yours to change, or theirs already.",
            left,
        )
        messages.info(request, staying % {"left": left})
    if before:
        way_back = undo.address(request.user, before)
        tell(request, said % {"number": len(before)}, undo=way_back)
    return _back(request)


def _back(request: PortalRequest) -> HttpResponse:
    return redirect(own_page(request, default=reverse("partnerships:follow-up-list")))
