"""Reads a page as a browser would: what a form in it would send; and the addresses there are."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.urls import URLResolver, get_resolver


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.open: dict[str, list[str]] | None = None
        self.area = self.select = None
        self.words = ""
        self.options: list[tuple[str, bool]] = []
        self.is_multiple = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        a = dict(attrs)
        if tag == "form":
            self.open = {}
            self.forms.append(self.open)
        elif self.open is None:
            return
        elif tag == "input" and a.get("name"):
            kind = a.get("type", "text")
            if kind in {"submit", "button"} or (
                kind in {"checkbox", "radio"} and "checked" not in a
            ):
                return
            self._send(a["name"], a.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self.area, self.words = a.get("name"), ""
        elif tag == "select":
            self.select, self.options, self.is_multiple = a.get("name"), [], "multiple" in a
        elif tag == "option" and self.select:
            self.options.append((a.get("value", ""), "selected" in a))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea" and self.area:
            self._send(self.area, self.words.removeprefix("\n"))
            self.area = None
        elif tag == "select" and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            if not chosen and not self.is_multiple:
                chosen = [value for value, _ in self.options[:1]]
            for value in chosen:
                self._send(self.select, value)
            self.select = None

    def _send(self, name: str, value: str) -> None:
        if self.open is not None:
            self.open.setdefault(name, []).append(value)


def form_with(field: str, page: Any) -> dict[str, list[str]]:
    """What the form that has `field` would send if it were sent as it stands."""
    reader = _Forms()
    reader.feed(page.content.decode())
    return next(form for form in reader.forms if field in form)


def addresses_named(*ends: str) -> set[str]:
    """The portal's own addresses whose names end so, such as "-edit"."""
    apps = [app for app in get_resolver().url_patterns if isinstance(app, URLResolver)]
    return {
        f"{app.namespace}:{name}"
        for app in apps
        for name in app.reverse_dict
        if app.namespace and isinstance(name, str) and name.endswith(ends)
    }
