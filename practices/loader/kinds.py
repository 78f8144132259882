"""From a content file to an entry: one function per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from practices.loader.entries import GroupEntry, PracticeEntry, ResourceEntry, StepEntry
from practices.loader.reader import Reader
from practices.models import ActionStepRevision, PracticeGroup, PracticeRevision, Resource

if TYPE_CHECKING:
    from practices.loader.files import ContentFile

YEARS = range(1900, 2101)

PRACTICE_HEADINGS = {
    "What this is": "what_it_is",
    "Why it matters": "why_it_matters",
    "Signs that it is working": "signs",
    "Questions for a team meeting": "questions",
}
# Sections that only some practices have; they are kept one after the other, each under its heading.
MORE_HEADINGS = ("What it needs", "Health in All Policies")
STEP_HEADINGS = {
    "What to do": "what_to_do",
    "Why": "why",
    "Begin this week": "begin_this_week",
    "What it takes": "what_it_takes",
    "Common traps": "traps",
}


def group(file: ContentFile) -> GroupEntry:
    read = Reader(file, PracticeGroup)
    entry = GroupEntry(
        slug=file.slug,
        order=read.number("order") or 0,
        place=read.choice("place", PracticeGroup.Place, default=PracticeGroup.Place.GROWS),
        words={"name": read.text("name"), "purpose": read.body()},
    )
    read.done()
    return entry


def practice(file: ContentFile) -> PracticeEntry:
    read = Reader(file, PracticeRevision)
    words = {
        "name": read.text("name"),
        "purpose": read.text("purpose"),
        **read.sections(PRACTICE_HEADINGS),
        "what_it_needs": _under_headings(file),
    }
    entry = PracticeEntry(
        slug=file.slug,
        group=read.text("group"),
        order=read.number("order") or 0,
        original=read.url("original"),
        words=words,
        change_note=read.text("change_note", required=False),
    )
    read.done(headings=(*PRACTICE_HEADINGS, *MORE_HEADINGS))
    return entry


def _under_headings(file: ContentFile) -> str:
    more = [(heading, file.sections.get(heading)) for heading in MORE_HEADINGS]
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in more if text)


def step(file: ContentFile) -> StepEntry:
    read = Reader(file, ActionStepRevision)
    words = {
        "title": read.text("title"),
        "short_title": read.text("short_title"),
        **read.sections(STEP_HEADINGS, required=tuple(STEP_HEADINGS)),
    }
    entry = StepEntry(
        practice=read.named("practice", file.path.split("/")[1]),
        slug=file.slug,
        order=read.number("order") or 0,
        words=words,
        change_note=read.text("change_note", required=False),
    )
    read.done(headings=tuple(STEP_HEADINGS))
    return entry


def resource(file: ContentFile) -> ResourceEntry:
    read = Reader(file, Resource)
    entry = ResourceEntry(
        slug=file.slug,
        values={
            "title": read.text("title"),
            "authors": read.text("authors", required=False),
            "publisher": read.text("publisher"),
            "year": read.number("year", within=YEARS),
            "kind": read.choice("kind", Resource.Kind),
            "url": read.url("url"),
            "annotation": read.body(),
            "status": read.choice("status", Resource.Status),
        },
        practices=read.slugs("practices"),
        steps=read.slugs("steps"),
    )
    if entry.values["status"] == Resource.Status.PUBLISHED and not entry.values["url"]:
        file.wrong("a published resource needs a url that was confirmed", at="url")
    read.done()
    return entry
