from __future__ import annotations

from textwrap import dedent

import pytest

FILES = {
    "groups/strategic.md": """
        ---
        slug: strategic
        order: 1
        name: Strategic practices
        place: grows
        ---
        What the department does with others.
        """,
    "practices/build-partnerships.md": """
        ---
        slug: build-partnerships
        name: Build Partnerships
        purpose: Stand with others.
        group: strategic
        order: 2
        original: https://guide.test/partnerships
        ---
        ## What this is

        People who know each other.

        ## What it needs

        Time.
        """,
    "steps/build-partnerships/hold-one-to-ones.md": """
        ---
        slug: hold-one-to-ones
        practice: build-partnerships
        title: Hold one-to-ones
        short_title: One-to-ones
        order: 1
        ---
        ## What to do

        Ask somebody for half an hour.

        ## Why

        Trust begins with two people.

        ## Begin this week

        Write to one person.

        ## What it takes

        Two hours.

        ## Common traps

        - Bringing a survey.
        """,
    "resources/a-tip-sheet.md": """
        ---
        slug: a-tip-sheet
        title: A tip sheet
        publisher: A publisher
        year: 2022
        kind: guide
        url: https://publisher.test/tip-sheet
        status: published
        practices: [build-partnerships]
        steps: [hold-one-to-ones]
        ---
        Short enough to read on the way.
        """,
}


@pytest.fixture
def content(tmp_path):
    """A folder with one content file of each kind, and a way to change one."""

    class Folder:
        path = tmp_path

        def write(self, name: str, text: str | bytes) -> None:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                file.write_bytes(text)
            else:
                file.write_text(dedent(text).lstrip("\n"))

        def replace(self, name: str, old: str, new: str) -> None:
            text = (tmp_path / name).read_text()
            assert old in text
            (tmp_path / name).write_text(text.replace(old, new))

    folder = Folder()
    for name, text in FILES.items():
        folder.write(name, text)
    return folder
