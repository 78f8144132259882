"""Markdown that people typed, as HTML that is safe to show."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

BLOCKS = {"blockquote", "hr", "li", "ol", "p", "pre", "ul", "h2", "h3", "h4", "h5", "h6"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
WORDS = {"a", "br", "code", "em", "s", "strong"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
CLASSES = {"td": {"num"}, "th": {"num"}}
SCHEMES = {"http", "https", "mailto"}
LOWEST_HEADING = 6

_parser = (
    MarkdownIt("commonmark", {"html": False, "linkify": True})
    .enable(["table", "strikethrough", "linkify"])
    .disable("image")
)


@functools.lru_cache(maxsize=256)
def render(text: str, *, top: int = 2) -> SafeString:
    """Safe HTML. The text's highest heading becomes an `<h{top}>`, so a page keeps one <h1>."""
    tokens = _parser.parse(text.replace("\x00", " "))
    _shift_headings(tokens, top)
    _name_alignment(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=BLOCKS | TABLES | WORDS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 (nh3 has just cleaned it)


def _shift_headings(tokens: Sequence[Token], top: int) -> None:
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((_level(token) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(_level(token) - highest + top, LOWEST_HEADING)}"


def _level(token: Token) -> int:
    return int(token.tag[1])


def _name_alignment(tokens: Sequence[Token]) -> None:
    """A column set to the right is one of numbers; a style attribute would break the CSP."""
    for token in tokens:
        if token.attrs.pop("style", "") == "text-align:right":
            token.attrSet("class", "num")
