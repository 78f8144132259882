"""The try-out's post office: what was sent, what will be, and a button that sends what is due."""

from __future__ import annotations

from datetime import datetime, time
from email.utils import getaddresses
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from equity_portal.forms.mailbox import SendForm
from equity_portal.tryout.mailbox import letter as read_letter
from equity_portal.tryout.mailbox import letters
from records.shortcuts import paginate
from reminders import services, tasks
from reminders.models import Dispatch, Reminder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from equity_portal.tryout.mailbox import Letter

WAITING_SHOWN = 10


def own_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Anybody's where only this machine can ask; elsewhere the page asks to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.TRYOUT_PASSWORD and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, **kwargs)

    return login_not_required(guarded)


def _readable(request: HttpRequest, found: Iterable[Letter]) -> list[Letter]:
    """On this machine alone everybody is everybody; elsewhere each reads their own post.

    Their own is also what would be answered to them: an invitation is handed on by whoever sent
    it, since no mail leaves. With its link they could sign in as the person they invited, who has
    never been here and so has written nothing.
    """
    if settings.TRYOUT_PASSWORD:
        return list(found)
    own = getattr(request.user, "email", "")
    ends = ((letter, getaddresses([letter.to, letter.reply_to])) for letter in found)
    return [letter for letter, addresses in ends if own in {a for _name, a in addresses}]


def _mailbox_page(request: HttpRequest, form: SendForm) -> HttpResponse:
    waiting = Reminder.objects.waiting().select_related("recipient").order_by("try_at", "pk")
    if request.user.is_authenticated and not settings.TRYOUT_PASSWORD:
        waiting = waiting.filter(recipient=request.user)
    context = {
        "page_obj": paginate(request, _readable(request, letters())),
        "waiting": waiting[:WAITING_SHOWN],
        "form": form,
    }
    return render(request, "equity_portal/mailbox.html", context)


@own_post
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    return _mailbox_page(request, SendForm(today=timezone.localdate()))


@own_post
@require_GET
def letter(request: HttpRequest, name: str) -> HttpResponse:
    found = read_letter(name)
    if found is None or found not in _readable(request, [found]):
        raise Http404
    return render(request, "equity_portal/mailbox_letter.html", {"letter": found})


@own_post
@require_POST
def send_now(request: HttpRequest) -> HttpResponse:
    """Ask a worker to plan and deliver what is due today, or by a later day to see ahead."""
    form = SendForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _mailbox_page(request, form)
    now = timezone.now()
    asked_by = request.user if request.user.is_authenticated else None
    with transaction.atomic():
        dispatch = services.ask_for_dispatch(
            by=asked_by, due_by=end_of(form.cleaned_data["day"]), at=now
        )
        transaction.on_commit(
            partial(tasks.carry_out_dispatch.delay, dispatch_id=str(dispatch.pk))
        )
    return redirect("mailbox-sending", pk=dispatch.pk)


def end_of(day: date) -> datetime:
    """The last moment of a day where the reader is: its morning's mails are due by then."""
    return datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())


@own_post
@require_GET
def sending(request: HttpRequest, pk: str) -> HttpResponse:
    """How far a worker is; the page asks again by itself until it is done."""
    dispatch = get_object_or_404(Dispatch, pk=pk)
    template = "equity_portal/mailbox_sending.html"
    if getattr(request, "htmx", False):
        template += "#progress"
    return render(request, template, {"dispatch": dispatch})
