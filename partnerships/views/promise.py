from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from partnerships import pages, services
from partnerships.forms import (
    BreakForm,
    ChangeForm,
    KeepForm,
    NewPromiseForm,
    PromiseFilterForm,
    PromiseForm,
)
from partnerships.models import Promise
from records.paging import keyset_page
from records.services import ChangedMeanwhile
from records.shortcuts import (
    edit_record,
    get_changeable,
    own_page,
    tell,
    tell_made,
    tell_warnings,
    too_late,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_PARTNERS)
@vary_on_headers("HX-Request")
def promise_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    form = PromiseFilterForm(request.GET, user=request.user, today=today)
    seen = Promise.objects.visible_to(request.user).as_changed_by(request.user)
    seen = seen.select_related("owner", "partner", "contact")
    page_obj = keyset_page(request, form.apply(seen))
    settled = [] if page_obj.next else form.settled_of_late(seen)
    context = {
        "form": form,
        "page_obj": page_obj,
        "sections": pages.promise_sections(page_obj, today=today),
        "settled": pages.promise_sections(settled, today=today),
    }
    template = "partnerships/promise_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, context)


@require_GET
@requires(Ability.SEE_PARTNERS)
def promise_kept_rate(request: PortalRequest) -> HttpResponse:
    page = pages.kept_rate_page(reader=request.user, today=timezone.localdate())
    return render(request, "partnerships/promise_kept_rate.html", {"page": page})


@require_GET
@requires(Ability.SEE_PARTNERS)
def promise_detail(request: PortalRequest, pk: int) -> HttpResponse:
    people = ("owner", "created_by", "settled_by")
    rows = Promise.objects.visible_to(request.user)
    rows = rows.select_related("partner", "contact", "program", *people)
    promise = get_object_or_404(rows, pk=pk)
    page = pages.promise_page(promise, reader=request.user, today=timezone.localdate())
    context = {"promise": promise, "page": page}
    return render(request, "partnerships/promise_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def promise_create(request: PortalRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    initial = _begins_with(request)
    form = NewPromiseForm(request.POST or None, user=request.user, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        promise = form.save_new(by=request.user, at=now)
        done = _written_down(promise, late=promise.due_on < today)
        tell_made(request, promise, done, at=now, form=form)
        return redirect(promise)
    context = {
        "form": form,
        "title": _("Add a promise"),
        "cancel_url": reverse("partnerships:promise-list"),
    }
    return render(request, "records/form_page.html", context)


def _begins_with(request: PortalRequest) -> dict[str, Any]:
    """What the address says, and what is likely: one's own, of one's own program."""
    asked = {name: request.GET.get(name) for name in ("direction", "partner", "contact")}
    likely = {
        "direction": Promise.Direction.OURS,
        "owner": request.user.pk,
        "program": request.user.programs.current().order_by("name", "pk").first(),
    }
    return likely | {name: value for name, value in asked.items() if value}


def _written_down(promise: Promise, *, late: bool) -> str:
    if late:
        return _("It is written down. Its day has passed already, so it is late.")
    day = date_format(promise.due_on, "DATE_FORMAT")
    if promise.is_ours:
        return _("The promise is written down. It reminds %(name)s on %(day)s.") % {
            "name": promise.owner.name,
            "day": day,
        }
    return _("What they offered is written down, for %(day)s.") % {"day": day}


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def promise_edit(request: PortalRequest, pk: int) -> HttpResponse:
    promise = get_changeable(Promise.objects, request.user, pk=pk)
    return edit_record(
        request,
        form=PromiseForm(request.POST or None, instance=promise, user=request.user),
        title=_("Edit a promise"),
        saved=_("What you changed is saved."),
    )


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def promise_keep(request: PortalRequest, pk: int) -> HttpResponse:
    promise = get_changeable(Promise.objects, request.user, pk=pk)
    form = KeepForm(request.POST or None, promise=promise, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        return _settle(request, promise, form, services.keep_promise, _("Kept: %(what)s"))
    return _form(request, promise, form, title=_("It was kept"), submit=_("Save as kept"))


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def promise_break(request: PortalRequest, pk: int) -> HttpResponse:
    promise = get_changeable(Promise.objects, request.user, pk=pk)
    form = BreakForm(request.POST or None, promise=promise, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        return _settle(request, promise, form, services.break_promise, _("Broken: %(what)s"))
    return _form(
        request, promise, form, title=_("It will not be kept"), submit=_("Save as broken")
    )


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def promise_change(request: PortalRequest, pk: int) -> HttpResponse:
    promise = get_changeable(Promise.objects, request.user, pk=pk)
    form = ChangeForm(request.POST or None, promise=promise, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and (done := _change(request, promise, form)):
        return done
    title, submit = _("Give it another date"), _("Change the date")
    return _form(request, promise, form, title=title, submit=submit)


def _change(request: PortalRequest, promise: Promise, form: ChangeForm) -> HttpResponse | None:
    """None where somebody was first: the form then says so, and keeps the reason."""
    try:
        services.change_promise(
            promise=promise, **form.change(), by=request.user, at=timezone.now()
        )
    except ChangedMeanwhile:
        form.to_send_again(promise.version)
        return None
    except services.AlreadySettled:
        return _too_late(request, promise, form)
    else:
        day = date_format(form.cleaned_data["to_due_on"], "DATE_FORMAT")
        tell(request, _("Changed to %(day)s: %(what)s") % {"day": day, "what": promise.what})
        tell_warnings(request, form)
    return _back(request, promise)


def _form(
    request: PortalRequest, promise: Promise, form: Any, *, title: str, submit: str
) -> HttpResponse:
    """Ask what becomes of an open promise; what is settled is shown instead."""
    if not promise.is_open and request.method == "GET":
        _say_it_is_settled(request)
        return redirect(promise)
    context = {"form": form, "title": title, "lede": promise.what, "submit": submit}
    context["cancel_url"] = own_page(request, default=promise.get_absolute_url())
    return render(request, "records/form_page.html", context)


def _settle(
    request: PortalRequest, promise: Promise, form: Any, settle: Any, words: str
) -> HttpResponse:
    try:
        settle(promise=promise, **form.cleaned_data, by=request.user, at=timezone.now())
    except services.AlreadySettled:
        return _too_late(request, promise, form)
    else:
        undo = reverse("partnerships:promise-reopen", args=[promise.pk])
        tell(request, words % {"what": promise.what}, undo=undo)
        tell_warnings(request, form)
    return _back(request, promise)


def _too_late(request: PortalRequest, promise: Promise, form: Any) -> HttpResponse:
    promise.refresh_from_db()
    said = _("%(name)s said meanwhile that it will not be kept.")
    if promise.state == Promise.State.KEPT:
        said = _("%(name)s said meanwhile that it was kept.")
    name = promise.settled_by or _("Somebody")
    return too_late(request, promise, form, said=said % {"name": name})


def _back(request: PortalRequest, promise: Promise) -> HttpResponse:
    """To the page the form was opened from, as long as it is one of ours."""
    return redirect(own_page(request, default=promise.get_absolute_url()))


def _say_it_is_settled(request: PortalRequest) -> None:
    messages.info(request, _("Somebody said already what became of it."))


@require_POST
@requires(Ability.SEE_PARTNERS)
def promise_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    promise = get_changeable(Promise.objects, request.user, pk=pk)
    try:
        services.reopen_promise(promise=promise)
    except services.NotSettled:
        messages.info(request, _("That promise is open already."))
    else:
        tell(request, _("It is open again: %(what)s") % {"what": promise.what})
    return _back(request, promise)
