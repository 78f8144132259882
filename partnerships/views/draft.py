"""Drafts of one-to-ones: what `static/js/draft.js` keeps here, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.roles import Ability
from partnerships import pages, services
from partnerships.forms import NewOneToOneForm
from records.shortcuts import tell

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from accounts.types import PortalRequest
    from partnerships.models import OneToOneDraft

# Every field full to the brim has about 200,000 letters.
LONGEST_DRAFT = 1_000_000
FIELDS = {*NewOneToOneForm.base_fields, services.TAB} - {"submission_key"}


@require_POST
@requires(Ability.RECORD)
def draft_save(request: PortalRequest) -> HttpResponse:
    """Keep what was typed. 409 where the form was saved already, and says where it is now."""
    now = timezone.localtime()
    words = {name: _said(request, name) for name in FIELDS & request.POST.keys()}
    key = _key(request.POST.get("submission_key", ""))
    if key is None or sum(len(value) for said in words.values() for value in said) > LONGEST_DRAFT:
        return JsonResponse({"says": _("This is too much for a draft.")}, status=400)
    seen = _moment(request.POST.get("seen", ""))
    try:
        draft = services.save_draft(author=request.user, key=key, words=words, seen=seen, at=now)
    except services.SavedAlready as saved:
        url = saved.one_to_one.get_absolute_url()
        says = _("This was saved already. Open it to change it.")
        return JsonResponse({"says": says, "url": url}, status=409)
    return JsonResponse(_answer(request, draft, now))


def _answer(request: PortalRequest, draft: OneToOneDraft, now: datetime) -> dict[str, str]:
    time = time_format(now, "TIME_FORMAT")
    answer = {
        "key": str(draft.key),
        "seen": draft.saved_at.isoformat(),
        "says": _("Draft saved at %(time)s") % {"time": time},
    }
    if "line" in request.POST:  # for the list of drafts, in the page that is open
        (line,) = pages.draft_lines(request.user, [draft])
        context = {"draft": line}
        template = "partnerships/one_to_one_create.html#draft"
        answer["line"] = render_to_string(template, context, request)
    return answer


def _said(request: PortalRequest, name: str) -> list[str]:
    """As it was typed, without what JSON can say and PostgreSQL cannot hold."""
    return [said.replace("\x00", "") for said in request.POST.getlist(name)]


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:  # written like one, and on no day
        return None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@requires(Ability.RECORD)
def draft_delete(request: PortalRequest, key: UUID) -> HttpResponse:
    if services.throw_away_draft(author=request.user, key=key, at=timezone.now()):
        undo = reverse("partnerships:draft-restore", args=[key])
        tell(request, _("The draft is thrown away."), undo=undo)
    else:
        messages.info(request, _("That draft is gone already."))
    return redirect("partnerships:one-to-one-create")


@require_POST
@requires(Ability.RECORD)
def draft_restore(request: PortalRequest, key: UUID) -> HttpResponse:
    if not services.bring_back_draft(author=request.user, key=key):
        messages.info(request, _("That draft is gone for good."))
        return redirect("partnerships:one-to-one-create")
    tell(request, _("The draft is back."))
    return redirect(reverse("partnerships:one-to-one-create", query={"draft": str(key)}))
