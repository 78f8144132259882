"""What loading the guide did, by name and in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    KEPT = "kept as an editor left it"
    UNCHANGED = "unchanged"


@dataclass
class Report:
    names: dict[Outcome, list[str]] = field(
        default_factory=lambda: {outcome: [] for outcome in Outcome}
    )

    def note(self, outcome: Outcome, kind: str, name: str) -> None:
        self.names[outcome].append(f"{kind} {name}")

    @property
    def counts(self) -> dict[str, int]:
        return {outcome.name.lower(): len(names) for outcome, names in self.names.items()}

    def __str__(self) -> str:
        numbers = ", ".join(f"{len(names)} {outcome}" for outcome, names in self.names.items())
        return f"The guide is loaded: {numbers}."

    def by_name(self) -> list[str]:
        return [f"{outcome}: {name}" for outcome, names in self.names.items() for name in names]
