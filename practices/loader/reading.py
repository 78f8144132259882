"""Reads a whole folder of content and checks that what points to something finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from practices.loader import kinds
from practices.loader.entries import GroupEntry, PracticeEntry, ResourceEntry, StepEntry
from practices.loader.files import ContentFile, MalformedContent, read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from practices.loader.entries import Entry

README = "README.md"
# By the folders that a file lies in; a step lies in the folder of its practice.
KIND_OF_FOLDER: dict[tuple[str, int], Callable[[ContentFile], Entry]] = {
    ("groups", 2): kinds.group,
    ("practices", 2): kinds.practice,
    ("steps", 3): kinds.step,
    ("resources", 2): kinds.resource,
}


@dataclass(frozen=True)
class Content:
    groups: list[GroupEntry]
    practices: list[PracticeEntry]
    steps: list[StepEntry]
    resources: list[ResourceEntry]


def read_folder(folder: Path) -> Content:
    """Everything in the folder. Raises MalformedContent, which names every problem found."""
    files: list[ContentFile] = []
    read: list[tuple[ContentFile, Entry]] = []
    for path in sorted(folder.rglob("*.md")):
        if path.name == README:
            continue
        file = read_file(path, folder=folder)
        files.append(file)
        parts = file.path.split("/")
        kind = KIND_OF_FOLDER.get((parts[0], len(parts)))
        if kind is None:
            file.wrong("no kind of content lies here; see README.md")
        elif not file.problems:
            read.append((file, kind(file)))
    if not files:
        empty = ContentFile(path=str(folder), slug="")
        empty.wrong("there are no content files in this folder")
        files.append(empty)
    _check_pointers(files, read)
    problems = [problem for file in files for problem in file.problems]
    if problems:
        raise MalformedContent(problems)
    entries = [entry for _, entry in read]
    return Content(
        groups=[entry for entry in entries if isinstance(entry, GroupEntry)],
        practices=[entry for entry in entries if isinstance(entry, PracticeEntry)],
        steps=[entry for entry in entries if isinstance(entry, StepEntry)],
        resources=[entry for entry in entries if isinstance(entry, ResourceEntry)],
    )


def _check_pointers(files: list[ContentFile], read: list[tuple[ContentFile, Entry]]) -> None:
    """A file that cannot be read is a problem of its own, and still there to point to."""
    there = {file.path.removesuffix(".md") for file in files}
    steps = {path.removeprefix("steps/") for path in there}
    for file, entry in read:
        if isinstance(entry, PracticeEntry) and f"groups/{entry.group}" not in there:
            file.wrong(f"there is no group {entry.group}", at="group")
        if isinstance(entry, StepEntry) and f"practices/{entry.practice}" not in there:
            file.wrong(f"there is no practice {entry.practice}")
        if isinstance(entry, ResourceEntry):
            for slug in entry.practices:
                if f"practices/{slug}" not in there:
                    file.wrong(f"there is no practice {slug}", at="practices")
            for name in entry.steps:
                _check_step(file, name, found=entry.steps_among(steps, name))


def _check_step(file: ContentFile, name: str, *, found: list[str]) -> None:
    if not found:
        file.wrong(f"there is no step {name} in the practices it names", at="steps")
    elif len(found) > 1:
        file.wrong(f"the step {name} may be any of: {', '.join(found)}", at="steps")
