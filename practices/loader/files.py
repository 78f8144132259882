"""One content file: front matter in YAML, then sections of Markdown, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

FENCE = "---"
FIRST = 1


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and where an editor finds it."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}"


class MalformedContent(Exception):
    """Content files that cannot be loaded; nothing was written."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class ContentFile:
    """What a file says. Whoever reads a value from it says so when the value is wrong."""

    path: str
    slug: str
    front: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, reason: str, *, at: str = "", line: int = FIRST) -> None:
        """Note a problem, at the line of a key or a heading where one is to blame."""
        self.problems.append(Problem(self.path, self.lines.get(at, line), reason))


def read_file(path: Path, *, folder: Path) -> ContentFile:
    """The file's front matter and sections; problems are noted in it."""
    file = ContentFile(path=path.relative_to(folder).as_posix(), slug=path.stem)
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        file.wrong("this is not UTF-8", line=line)
        return file
    if "\x00" in text:
        file.wrong("there is a NUL character", line=text[: text.index("\x00")].count("\n") + 1)
        return file
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        file.wrong("the file must begin with front matter between two lines of ---")
        return file
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        file.wrong("the front matter has no closing line of ---")
        return file
    _read_front("\n".join(lines[1:end]), file)
    _read_sections(lines[end + 1 :], file, first=end + 2)
    return file


def _read_front(text: str, file: ContentFile) -> None:
    offset = 2  # the front matter begins on the file's second line
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it cannot be read"
        file.wrong(f"bad YAML: {said}", line=(mark.line if mark else 0) + offset)
        return
    except (ValueError, RecursionError) as error:
        file.wrong(f"bad YAML: {error}", line=offset)
        return
    if not isinstance(node, yaml.MappingNode | None):
        file.wrong("the front matter must be keys with values", line=offset)
        return
    for key, _ in node.value if node else ():
        line = key.start_mark.line + offset
        if key.value in file.lines:
            file.wrong(f"the key {key.value} is there twice", line=line)
        file.lines[key.value] = line
    file.front = {str(key): value for key, value in values.items()}


def _read_sections(lines: list[str], file: ContentFile, *, first: int) -> None:
    """Split by ## headings; those within a block of code are code."""
    heading, is_code = "", False
    texts: dict[str, list[str]] = {"": []}
    for number, line in enumerate(lines, first):
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        found = None if is_code else re.fullmatch(r"##[ \t]+(.+?)[ \t#]*", line)
        if found is None:
            texts[heading].append(line)
            if heading == "" and line.strip():
                file.lines.setdefault("text", number)
            continue
        heading = found.group(1)
        if heading in texts:
            file.wrong(f"the heading “{heading}” is there twice", line=number)
        texts[heading] = []
        file.lines[f"## {heading}"] = number
    file.sections = {name: "\n".join(text).strip() for name, text in texts.items()}
