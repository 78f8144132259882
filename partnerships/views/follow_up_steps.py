"""One press, or one small form, about a follow-up: done, put off, handed over, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.roles import Ability
from partnerships import services
from partnerships.forms import CancelForm, GoOnForm, HandOverForm, PutOffForm
from partnerships.models import FollowUp
from partnerships.views import undo
from records.services import ChangedMeanwhile
from records.shortcuts import (
    and_see,
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


@require_POST
@requires(Ability.SEE_PARTNERS)
def follow_up_complete(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    at = timezone.localtime()
    try:
        again = services.complete_follow_up(follow_up=follow_up, by=request.user, at=at)
    except services.AlreadyCompleted:
        messages.info(request, _("Somebody completed that already."))
    else:
        tell(request, _said_done(follow_up, again), undo=_reopen(pk))
    return _back(request)


def _said_done(follow_up: FollowUp, again: FollowUp | None) -> str:
    if again is None:
        return _("Done: %(what)s") % {"what": follow_up.what}
    said = ngettext(
        "Done: %(what)s It comes again in a week.",
        "Done: %(what)s It comes again in %(weeks)d weeks.",
        again.repeat_weeks or 0,
    )
    return said % {"what": _closed(follow_up.what), "weeks": again.repeat_weeks}


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "…")) else f"{sentence}."


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def follow_up_next(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    form = GoOnForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and (done := _go_on(request, follow_up, form)):
        return done
    if form.is_alone:
        words = {"lede": follow_up.what, "submit": _("Add the follow-up")}
        return _form_page(request, follow_up, form, title=_("And what next?"), **words)
    lede = _("Done: %(what)s And then?") % {"what": _closed(follow_up.what)}
    words = {"lede": lede, "submit": _("Save both")}
    return _form_page(request, follow_up, form, title=_("Done, and what next?"), **words)


def _go_on(request: PortalRequest, follow_up: FollowUp, form: GoOnForm) -> HttpResponse | None:
    """None where somebody was first: what comes next is then offered to be saved by itself."""
    at = timezone.localtime()
    if form.is_alone:
        after = form.save_alone(follow_up, by=request.user, at=at)
        done = _("The follow-up is written down. It reminds on its day.")
        undo = reverse("partnerships:follow-up-archive", args=[after.pk])
        tell_made(request, after, done, at=at, undo=undo, form=form)
        return _back(request)
    try:
        form.save_after(follow_up, by=request.user, at=at)
    except services.AlreadyCompleted:
        left = _("What comes next can still be saved, as a follow-up of its own.")
        form.hold(and_see(f"{_who_was_first(follow_up)} {left}", follow_up), alone=True)
        return None
    said = _("Done: %(what)s What comes next is written down.")
    tell(request, said % {"what": _closed(follow_up.what)}, undo=_reopen(follow_up.pk))
    tell_warnings(request, form)
    return _back(request)


def _who_was_first(follow_up: FollowUp) -> str:
    """Who closed it meanwhile, and how."""
    follow_up.refresh_from_db()
    if follow_up.is_archived:
        said, by = _("%(name)s archived this while you were writing."), follow_up.archived_by
    elif follow_up.cancelled_by:
        said, by = _("%(name)s cancelled this while you were writing."), follow_up.cancelled_by
    else:
        said, by = _("%(name)s completed this while you were writing."), follow_up.completed_by
    return said % {"name": by or _("Somebody")}


@require_POST
@requires(Ability.SEE_PARTNERS)
def follow_up_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    try:
        services.reopen_follow_up(follow_up=follow_up, by=request.user, at=timezone.now())
    except services.NotCompleted:
        messages.info(request, _("That follow-up is open already."))
    else:
        tell(request, _("It is open again: %(what)s") % {"what": follow_up.what})
    return _back(request)


@require_POST
@requires(Ability.SEE_PARTNERS)
def follow_up_put_off(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    form = PutOffForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _form_page(request, follow_up, form, title=follow_up.what, submit=_("Put off"))
    before = services.Before.of(follow_up)
    try:
        services.put_off_follow_up(follow_up=follow_up, **form.cleaned_data)
    except ChangedMeanwhile:
        return _changed_meanwhile(request, follow_up)
    except services.AlreadyCompleted:
        messages.info(request, _("That follow-up is not open any more."))
    else:
        said = _("Put off: %(what)s") % {"what": follow_up.what}
        tell(request, said, undo=undo.address(request.user, [before]))
    return _back(request)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def follow_up_hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    initial = {"version": follow_up.version}
    form = HandOverForm(request.POST or None, but=follow_up.assignee, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and (done := _hand_over(request, follow_up, form))
    ):
        return done
    lede = _("Whoever gets it reads it, and is reminded of it from now on.")
    title = _("Hand over: %(what)s") % {"what": follow_up.what}
    submit = _("Hand it over")
    return _form_page(request, follow_up, form, title=title, lede=lede, submit=submit)


def _hand_over(
    request: PortalRequest, follow_up: FollowUp, form: HandOverForm
) -> HttpResponse | None:
    """None where somebody was first: the form then says so, and keeps the reason."""
    chosen = form.cleaned_data
    before = services.Before.of(follow_up)
    at = timezone.now()
    try:
        services.hand_over_follow_up(follow_up=follow_up, **chosen, by=request.user, at=at)
    except ChangedMeanwhile:
        form.to_send_again(follow_up.version)
        return None
    except services.AlreadyCompleted:
        return too_late(request, follow_up, form, said=_who_was_first(follow_up))
    else:
        said = _("%(name)s has it now: %(what)s")
        names = {"name": chosen["to"].name, "what": follow_up.what}
        tell(request, said % names, undo=undo.address(request.user, [before]))
        tell_warnings(request, form)
    return _back(request)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def follow_up_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    follow_up = get_changeable(FollowUp.objects, request.user, pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, at = form.cleaned_data["reason"], timezone.now()
        try:
            services.cancel_follow_up(follow_up=follow_up, reason=reason, by=request.user, at=at)
        except services.AlreadyCompleted:
            return too_late(request, follow_up, form, said=_who_was_first(follow_up))
        said = _("Cancelled: %(what)s") % {"what": follow_up.what}
        tell(request, said, undo=_reopen(pk))
        tell_warnings(request, form)
        return _back(request)
    title = _("Cancel: %(what)s") % {"what": follow_up.what}
    words = {"title": title, "submit": _("Cancel the follow-up"), "cancel": _("Keep it")}
    return _form_page(request, follow_up, form, **words)


@require_POST
@requires(Ability.SEE_PARTNERS)
def follow_up_undo(request: PortalRequest, token: str) -> HttpResponse:
    """Take back a move, within ten minutes, for whoever made it."""
    try:
        before = undo.read(request.user, token)
    except undo.NotYours as problem:
        raise Http404 from problem
    except undo.TooLate:
        messages.info(request, _("That was too long ago. Change the date by hand."))
        return _back(request)
    number = services.put_back(before)
    if number:
        said = ngettext("It is as it was.", "%(number)d are as they were.", number)
        tell(request, said % {"number": number})
    else:
        messages.info(request, _("Somebody changed that meanwhile. Nothing was taken back."))
    return _back(request)


def _form_page(
    request: PortalRequest, follow_up: FollowUp, form: Any, **words: str
) -> HttpResponse:
    back = own_page(request, default=follow_up.get_absolute_url())
    context = {"form": form, "cancel_url": back, **words}
    return render(request, "records/form_page.html", context)


def _changed_meanwhile(request: PortalRequest, follow_up: FollowUp) -> HttpResponse:
    messages.info(request, _("Somebody changed that meanwhile. Look at its date first."))
    return redirect(follow_up)


def _reopen(pk: int) -> str:
    return reverse("partnerships:follow-up-reopen", args=[pk])


def _back(request: PortalRequest) -> HttpResponse:
    """To the page the press came from, as long as it is one of ours."""
    return redirect(own_page(request, default=reverse("partnerships:follow-up-list")))
