from __future__ import annotations

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

TAGS = {"a", "br", "em", "h1", "h2", "h3", "hr", "li", "ol", "p", "strong", "table", "tbody"}
TAGS |= {"td", "th", "tr", "ul"}


@register.filter
def mail_html(html: str) -> SafeString:
    """The HTML part of a mail of ours, without what belongs to a page of its own."""
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, link_rel="noopener")
    return mark_safe(clean.replace("<h1>", "<h3>").replace("</h1>", "</h3>"))  # noqa: S308 (nh3 has just cleaned it)
