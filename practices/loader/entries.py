"""What each kind of content file says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


@dataclass(frozen=True)
class GroupEntry:
    slug: str
    order: int
    place: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class PracticeEntry:
    slug: str
    group: str
    order: int
    original: str
    words: Mapping[str, str]
    change_note: str


@dataclass(frozen=True)
class StepEntry:
    practice: str
    slug: str
    order: int
    words: Mapping[str, str]
    change_note: str

    @property
    def key(self) -> tuple[str, str]:
        return (self.practice, self.slug)

    @property
    def name(self) -> str:
        return f"{self.practice}/{self.slug}"


@dataclass(frozen=True)
class ResourceEntry:
    """`steps` are named within the practices that the resource serves."""

    slug: str
    values: Mapping[str, Any]
    practices: tuple[str, ...]
    steps: tuple[str, ...]

    def steps_among(self, known: Container[str], name: str) -> list[str]:
        """What `name` may stand for: steps of that name in the practices it serves."""
        names = [f"{practice}/{name}" for practice in self.practices]
        return [step for step in names if step in known]


Entry = GroupEntry | PracticeEntry | StepEntry | ResourceEntry
