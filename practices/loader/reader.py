"""Takes checked values out of a content file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models

    from practices.loader.files import ContentFile

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Reader:
    """Takes values out of a file, noting what is wrong with each and what nobody asked for."""

    def __init__(self, file: ContentFile, model: type[models.Model]) -> None:
        self.file = file
        self.model = model
        self.asked: set[str] = set()
        if not SLUG.fullmatch(file.slug):
            file.wrong("a file is named in small letters, digits and hyphens: it is the address")
        self.named("slug", file.slug)

    def text(self, key: str, *, required: bool = True) -> str:
        value = self._value(key, required=required)
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            if value is not None:
                self.file.wrong(f"{key} must be text", at=key)
            return ""
        return self._fitting(key, " ".join(str(value).split()))

    def named(self, key: str, expected: str) -> str:
        """A name that the file's own place gives it, said again inside."""
        value = self.text(key)
        if value and value != expected:
            self.file.wrong(f"{key} is {value}, but the file lies at {expected}", at=key)
        return expected

    def body(self) -> str:
        """The one text of a file that has no sections, as one paragraph."""
        return " ".join(self.file.sections.get("", "").split())

    def number(
        self, key: str, *, required: bool = True, within: range = range(32_768)
    ) -> int | None:
        value = self._value(key, required=required)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value not in within:
            said = f"{key} must be a whole number from {within[0]} to {within[-1]}"
            self.file.wrong(said, at=key)
            return None
        return value

    def choice(self, key: str, choices: type[models.TextChoices], *, default: str = "") -> str:
        value = self._value(key, required=not default)
        if value is None:
            return default
        if value not in choices.values:
            known = ", ".join(choices.values)
            self.file.wrong(f"{key} “{value}” does not exist; it is one of: {known}", at=key)
            return default
        return str(value)

    def url(self, key: str) -> str:
        value = self.text(key, required=False)
        if value:
            try:
                URLValidator(schemes=["http", "https"])(value)
            except ValidationError:
                self.file.wrong(f"{key} is not a web address: {value}", at=key)
        return value

    def slugs(self, key: str) -> tuple[str, ...]:
        values = self._value(key, required=False) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.file.wrong(f"{key} must be a list of addresses", at=key)
            return ()
        for value in values:
            if values.count(value) > 1:
                self.file.wrong(f"{key} names {value} twice", at=key)
                break
        return tuple(values)

    def sections(
        self, headings: Mapping[str, str], *, required: tuple[str, ...] = ()
    ) -> dict[str, str]:
        """The text under each known heading, by the field it belongs to."""
        if self.file.sections.get(""):
            self.file.wrong("there is text before the first heading", at="text")
        for heading in required:
            if not self.file.sections.get(heading):
                self.file.wrong(f"the section “{heading}” is missing or empty", at=f"## {heading}")
        return {field: self.file.sections.get(heading, "") for heading, field in headings.items()}

    def done(self, *, headings: tuple[str, ...] = ()) -> None:
        """Whatever was not asked for is a mistake, and most likely a spelling."""
        for key in self.file.front:
            if key not in self.asked:
                self.file.wrong(f"the key {key} is not known", at=key)
        for heading in self.file.sections:
            if heading and heading not in headings:
                self.file.wrong(f"the heading “{heading}” is not known", at=f"## {heading}")

    def _value(self, key: str, *, required: bool) -> Any:
        self.asked.add(key)
        value = self.file.front.get(key)
        if required and value in (None, ""):
            self.file.wrong(f"the key {key} is missing", at=key)
        return None if value == "" else value

    def _fitting(self, key: str, value: str) -> str:
        names = {found.name: found for found in self.model._meta.concrete_fields}
        longest = getattr(names.get(key), "max_length", None)
        if longest and len(value) > longest:
            self.file.wrong(f"{key} has {len(value)} characters; {longest} fit", at=key)
        return value
