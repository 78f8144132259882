"""What most pages about a record do: find it, edit it, put it away, bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from records import services
from records.forms import warnings_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db import models
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from records.forms import Overtaken, RecordForm
    from records.models import Archivable

ROWS_ON_A_PAGE = 25


def get_changeable(rows: Any, user: Any, **lookup: Any) -> Any:
    """The row: 404 where it is not seen, 403 where it is not theirs to change."""
    record = get_object_or_404(rows.visible_to(user), **lookup)
    if not rows.changeable_by(user).filter(pk=record.pk).exists():
        raise PermissionDenied
    return record


def paginate(request: HttpRequest, rows: models.QuerySet | Sequence[Any]) -> Page[Any]:
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))


def tell(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say what happened, with a button that takes it back where `undo` is an address."""
    messages.success(request, text, extra_tags=undo)


def tell_made(
    request: HttpRequest,
    record: Any,
    text: str,
    *,
    at: datetime,
    undo: str = "",
    form: BaseForm | None = None,
) -> None:
    """Say what a form made at `at`; a form that had made it before changed nothing, and says so.

    Of a `form` that holds notes, say too which words are better left out.
    """
    if record.created_at == at:
        tell(request, text, undo=undo)
        if form is not None:
            tell_warnings(request, form)
        return
    again = _(
        "This was saved the first time you sent it. If you changed something since, edit it."
    )
    messages.info(request, again)


def tell_warnings(request: HttpRequest, form: BaseForm) -> None:
    """Say, beside what was saved, which of its words are better left out."""
    for warning in warnings_of(form):
        messages.warning(request, warning)


def own_page(request: HttpRequest, *, default: str) -> str:
    """Where a press came from, named in its `next` field, as long as it is one of our pages.

    The page of a form carries `next` in its address.
    """
    page = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Without a slash it would be taken for the name of a page.
    return page if is_ours and page.startswith("/") else default


def edit_record(
    request: HttpRequest,
    *,
    form: RecordForm,
    title: str,
    saved: str,
    lede: str = "",
    then: str = "",
) -> HttpResponse:
    """Save and go to the record, or to `then`; else show the form, with both versions if somebody was first."""
    while request.method == "POST" and form.is_valid():
        try:
            record = form.save()
        except services.ChangedMeanwhile:
            form = form.again()
        else:
            tell(request, saved)
            tell_warnings(request, form)
            return redirect(then or _still_theirs(request, record))
    back = then or resolve_url(form.instance)
    context = {"form": form, "title": title, "lede": lede, "cancel_url": back}
    return render(request, "records/form_page.html", context)


def _still_theirs(request: HttpRequest, record: Any) -> Any:
    """The record, unless the change took it out of the person's sight; then their day."""
    rows = type(record).objects
    if hasattr(rows, "visible_to") and not rows.visible_to(request.user).filter(pk=record.pk):
        return "home"
    return record


def and_see(said: str, record: Any) -> str:
    """What happened meanwhile, and the way to the record: a tab of its own, as words wait here."""
    return format_html(
        '{} <a href="{}" target="_blank">{}<span class="vh"> {}</span></a>',
        said,
        record.get_absolute_url(),
        _("See how it stands"),
        _("(opens a new tab)"),
    )


def too_late(request: HttpRequest, record: Any, form: Overtaken, *, said: str) -> HttpResponse:
    """What can no longer be saved: what happened meanwhile, and every word typed, to copy."""
    not_saved = _("What you wrote is not saved. Copy what should stay.")
    form.hold(and_see(f"{said} {not_saved}", record))
    context = {
        "form": form,
        "title": _("Somebody was first"),
        "lede": str(record),
        "is_to_copy": True,
        "cancel_url": own_page(request, default=record.get_absolute_url()),
    }
    return render(request, "records/form_page.html", context)


def archive_record(
    request: HttpRequest, *, record: Archivable, done: str, undo: str, then: str
) -> HttpResponse:
    """Put a record away and offer the way back."""
    try:
        services.archive(record=record, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except services.ArchivedAlready:
        messages.info(request, _("Somebody archived that already."))
    else:
        tell(request, done, undo=undo)
    return redirect(then)


def restore_record(request: HttpRequest, *, record: Archivable, done: str) -> HttpResponse:
    try:
        services.restore(record=record)
    except services.ArchivedAlready:
        messages.info(request, _("Somebody brought that back already."))
    else:
        tell(request, done)
    return redirect(resolve_url(record))
