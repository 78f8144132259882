from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from partnerships import pages
from partnerships.forms import (
    NewOneToOneForm,
    OneToOneFilterForm,
    OneToOneForm,
)
from partnerships.models import OneToOne
from records.paging import keyset_page
from records.shortcuts import (
    archive_record,
    edit_record,
    get_changeable,
    restore_record,
    tell_made,
)
from records.widgets import is_key

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from accounts.types import PortalRequest
    from partnerships.models import OneToOneDraft

TITLES = {
    OneToOne.Kind.EVENT: gettext_lazy("Log an event"),
    OneToOne.Kind.MEETING: gettext_lazy("Log a group meeting"),
    OneToOne.Kind.CALL: gettext_lazy("Log a group call"),
    OneToOne.Kind.BRIEFING: gettext_lazy("Log a briefing"),
}
OTHERS = [(kind.value, kind.label) for kind in OneToOne.OTHERS]


@require_GET
@requires(Ability.SEE_PARTNERS)
@vary_on_headers("HX-Request")
def one_to_one_list(request: PortalRequest) -> HttpResponse:
    form = OneToOneFilterForm(request.GET, user=request.user)
    seen = OneToOne.objects.visible_to(request.user)
    rows = form.apply(seen).select_related("created_by").prefetch_related("contacts", "partners")
    context = {
        "form": form,
        "page_obj": keyset_page(request, rows),
        "just_archived": pages.just_archived(seen, by=request.user, at=timezone.now()),
    }
    template = "partnerships/one_to_one_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, context)


@require_GET
@requires(Ability.SEE_PARTNERS)
def one_to_one_detail(request: PortalRequest, pk: int) -> HttpResponse:
    one_to_ones = OneToOne.objects.visible_to(request.user).select_related("created_by")
    one_to_one = get_object_or_404(
        one_to_ones.prefetch_related("contacts", "partners", "colleagues", "named_readers"), pk=pk
    )
    page = pages.one_to_one_page(one_to_one, reader=request.user)
    context = {"one_to_one": one_to_one, "page": page}
    return render(request, "partnerships/one_to_one_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.RECORD)
def one_to_one_create(request: PortalRequest) -> HttpResponse:
    now = timezone.localtime()
    draft = pages.draft_of(request.user, key=request.GET.get("draft", ""))
    form = _new_form(request, now, draft)
    if request.method == "POST" and form.is_valid():
        one_to_one = form.save_new(by=request.user, at=now)
        undo = reverse("partnerships:one-to-one-archive", args=[one_to_one.pk])
        tell_made(request, one_to_one, _saved(one_to_one), at=now, undo=undo, form=form)
        return redirect(one_to_one)
    context = {
        "form": form,
        "draft": draft,
        "typed_over": pages.draft_of(request.user, key=request.POST.get("submission_key", ""))
        or draft,
        "drafts": pages.drafts_of(request.user, apart_from=form["submission_key"].value()),
        "others": OTHERS,
        "title": TITLES.get(form["kind"].value(), _("Log a one-to-one")),
    }
    return render(request, "partnerships/one_to_one_create.html", context)


def _new_form(
    request: PortalRequest, now: datetime, draft: OneToOneDraft | None
) -> NewOneToOneForm:
    """The form as it is sent, or as a draft left it, or with what the page before knew."""
    initial: dict[str, Any] = _already_known(request)
    if draft:
        initial = NewOneToOneForm.initial_of(draft.words) | {"submission_key": draft.key}
    return NewOneToOneForm(
        request.POST or None,
        user=request.user,
        now=now,
        default_readers=request.department.default_readers,
        kind=request.POST.get("kind") or initial.get("kind") or request.GET.get("kind", ""),
        initial=initial,
    )


def _saved(one_to_one: OneToOne) -> str:
    if one_to_one.is_one_to_one:
        return _("The one-to-one is saved.")
    return _("%(title)s is saved.") % {"title": one_to_one.title}


def _already_known(request: PortalRequest) -> dict[str, Any]:
    """With whom, when the page before said so: ?contact=12 or ?partner=3."""
    return {
        field: [key for key in request.GET.getlist(name) if is_key(key)]
        for name, field in (("contact", "contacts"), ("partner", "partners"))
    }


@require_GET
@requires(Ability.SEE_PARTNERS)
def conversation_guide(request: PortalRequest) -> HttpResponse:
    """One page to read before a one-to-one, and to print."""
    return render(request, "partnerships/conversation_guide.html")


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def one_to_one_edit(request: PortalRequest, pk: int) -> HttpResponse:
    one_to_one = get_changeable(OneToOne.objects, request.user, pk=pk)
    user, now = request.user, timezone.now()
    return edit_record(
        request,
        form=OneToOneForm(request.POST or None, instance=one_to_one, user=user, now=now),
        title=_("Edit a one-to-one"),
        saved=_("What you changed is saved."),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def one_to_one_archive(request: PortalRequest, pk: int) -> HttpResponse:
    one_to_one = get_changeable(OneToOne.objects, request.user, pk=pk)
    return archive_record(
        request,
        record=one_to_one,
        done=_("The one-to-one is archived. Its follow-ups stay."),
        undo=reverse("partnerships:one-to-one-restore", args=[pk]),
        then=reverse("partnerships:one-to-one-list"),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def one_to_one_restore(request: PortalRequest, pk: int) -> HttpResponse:
    one_to_one = get_changeable(OneToOne.objects, request.user, pk=pk)
    return restore_record(request, record=one_to_one, done=_("The one-to-one is back."))
