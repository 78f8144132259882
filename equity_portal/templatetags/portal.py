"""What every template may say: dates as people say them, Markdown, marks, where one is."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.markdown import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.paginator import Page
    from django.forms import BoundField
    from django.http import HttpRequest
    from django.template import Context

register = template.Library()

DAYS_CALLED_BY_NAME = 6
DAYS_COUNTED_IN_WEEKS = 31


# --- dates --------------------------------------------------------------------------------


@register.filter
def spoken_date(value: date | None, today: date | None = None) -> str:
    """ "today", "tomorrow", "Thursday", "in 3 weeks", else the date; empty for none."""
    if not value:
        return ""
    day, today = _day(value), today or timezone.localdate()
    days = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return near[days]
    if abs(days) <= DAYS_CALLED_BY_NAME:
        weekday = date_format(day, "l")
        return weekday if days > 0 else _("last %(weekday)s") % {"weekday": weekday}
    if abs(days) <= DAYS_COUNTED_IN_WEEKS:
        return _in_weeks(days)
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def _in_weeks(days: int) -> str:
    weeks = round(abs(days) / 7)
    if days > 0:
        text = ngettext("in a week", "in %(weeks)d weeks", weeks)
    else:
        text = ngettext("a week ago", "%(weeks)d weeks ago", weeks)
    return text % {"weeks": weeks}


@register.simple_tag
def day(value: date | None, today: date | None = None) -> SafeString:
    """The spoken date with the exact one at hand, to stand in a sentence: {% day due_on as when %}."""
    if not value:
        return SafeString("")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        iso_day(value),
        exact_date(value),
        spoken_date(value, today),
    )


@register.filter
def iso_day(value: date | None) -> str:
    """The day for <time datetime>, in the zone of whoever reads."""
    return _day(value).isoformat() if value else ""


@register.filter
def exact_date(value: date | None) -> str:
    return date_format(_day(value), "DATE_FORMAT") if value else ""


def _day(value: date) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


# --- words --------------------------------------------------------------------------------


@register.filter
def markdown(text: str | None, top: int = 2) -> SafeString:
    """Markdown as safe HTML, its highest heading an <h2>, or what `top` says."""
    return render(text or "", top=top)


@register.filter
def marked(text: str | None) -> SafeString:
    """Escape, then turn the search's private marks into <mark>."""
    html = re.sub("\ue000([^\ue000\ue001]*)\ue001", r"<mark>\1</mark>", escape(text or ""))
    return mark_safe(html.replace("\ue000", "").replace("\ue001", ""))  # noqa: S308 (escaped above)


# --- forms and lists ----------------------------------------------------------------------


@register.filter
def input_id(field: BoundField) -> str:
    """The id that a link to this field needs: of a group, its first choice."""
    if field.id_for_label:
        return str(field.id_for_label)
    first = next(iter(field.subwidgets), None)
    return str(first.id_for_label) if first else field.auto_id


@register.filter
def elided_pages(page: Page) -> Iterator[int | str]:
    """The pages worth a link: the ends and those near here, "…" between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def sorted_by(current: str | None, key: str) -> str:
    """How a column stands, as aria-sort says it."""
    return {key: "ascending", f"-{key}": "descending"}.get(current or "", "none")


# --- where one is -------------------------------------------------------------------------

SECTION_OF_NAMESPACE = {
    "practices": "guide",
    "partnerships": "partners",
    "infrastructure": "workgroups",
}
SECTION_OF_PAGE = {
    "home": "today",
    "practice-list": "guide",
    "search": "search",
    "accounts:profile": "account",
}


@register.simple_tag(takes_context=True)
def section(context: Context) -> str:
    """The part of the portal this page is in: the view's own word, else by its address."""
    if "section" in context:
        return str(context["section"])
    match = _match(context)
    if match is None:
        return ""
    by_page = SECTION_OF_PAGE.get(match.view_name)
    if match.view_name.startswith("accounts:person"):
        by_page = "people"
    return by_page or SECTION_OF_NAMESPACE.get(match.namespace, "")


@register.simple_tag(takes_context=True)
def here(context: Context, view_name: str, of_section: str = "") -> SafeString:
    """aria-current for a link of the frame: the page itself, a page of its kind, its section."""
    match = _match(context)
    current = match.view_name if match else ""
    if current == view_name:
        return SafeString(' aria-current="page"')
    if _is_of_the_list(current, view_name) or (of_section and section(context) == of_section):
        return SafeString(' aria-current="true"')
    return SafeString("")


def _is_of_the_list(current: str, view_name: str) -> bool:
    """Whether this is a page about one row of a list: contact-edit of contact-list."""
    noun, _colon, kind = view_name.rpartition(":")[2].rpartition("-")
    return kind == "list" and current.rpartition(":")[2].startswith(f"{noun}-")


def _match(context: Context) -> Any:
    request: HttpRequest | None = context.get("request")
    return getattr(request, "resolver_match", None)
