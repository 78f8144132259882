"""What a page of the guide gathers: a few questions, whatever the number of steps."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.models import (
    ActionStepRevision,
    Practice,
    PracticeResource,
    PracticeRevision,
    Resource,
    StepResource,
)
from practices.models.revision import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from practices.models.resource import ResourceQuerySet

WORDS_A_MINUTE = 220


@dataclass(frozen=True)
class Step:
    """A numbered section of a practice's page."""

    number: int
    words: ActionStepRevision

    @property
    def slug(self) -> str:
        return self.words.step.slug


@dataclass(frozen=True)
class Reference:
    """A line of the bibliography, with the numbers of the steps it serves."""

    resource: Resource
    steps: Sequence[int]

    @property
    def serves(self) -> str:
        numbers = ", ".join(str(number) for number in self.steps)
        sentence = ngettext("For step %(numbers)s.", "For steps %(numbers)s.", len(self.steps))
        return sentence % {"numbers": numbers} if self.steps else ""


@dataclass(frozen=True)
class Part:
    """A section that only some practices have."""

    title: str
    text: str
    anchor: str


@dataclass(frozen=True)
class PracticePage:
    words: PracticeRevision
    steps: Sequence[Step]
    references: Sequence[Reference]
    is_preview: bool = False
    # The version that the preview is about; none where it is about the drafts.
    version: Revision | None = None

    @property
    def practice(self) -> Practice:
        return self.words.practice

    @property
    def is_being_written(self) -> bool:
        return self.words.is_being_written and not self.steps

    @property
    def more(self) -> list[Part]:
        return parts(self.words.what_it_needs)

    @property
    def minutes(self) -> int:
        """How long it takes to read, roughly."""
        texts = [self.words.words, *(step.words.words for step in self.steps)]
        count = sum(len(text.split()) for words in texts for text in words.values())
        return max(1, round(count / WORDS_A_MINUTE))

    @property
    def changed(self) -> Revision:
        """The part of the page that was published last."""
        parts: list[Revision] = [self.words, *(step.words for step in self.steps)]
        return max(parts, key=_moment)

    @property
    def changed_step(self) -> Step | None:
        return next((step for step in self.steps if step.words is self.changed), None)


def _moment(part: Revision) -> datetime:
    return part.published_at or part.written_at


def parts(text: str) -> list[Part]:
    """The sections of a text by its ## headings; what stands before the first has none of its own."""
    before, *pieces = re.split(r"^##[ \t]+(.+?)[ \t#]*$", text, flags=re.MULTILINE)
    titled = [(_("More to know"), before), *zip(pieces[::2], pieces[1::2], strict=True)]
    return [
        Part(title, part.strip(), f"part-more-{number}")
        for number, (title, part) in enumerate(titled)
        if part.strip()
    ]


def practice_page(words: PracticeRevision) -> PracticePage:
    """The page as readers see it. Needs `practice` selected."""
    steps = ActionStepRevision.objects.readable().filter(step__practice=words.practice_id)
    return _page(words, steps.select_related("step").in_order())


def preview_page(practice: Practice, *, version: Revision | None = None) -> PracticePage | None:
    """The page as it would be if `version`, or else every draft, were published now."""
    words = _latest(
        PracticeRevision.objects.filter(practice=practice).select_related("practice__group"),
        version,
    )
    if not words:
        return None
    revisions = ActionStepRevision.objects.filter(step__practice=practice)
    is_shown = Q(step__archived_at__isnull=True)
    if isinstance(version, ActionStepRevision):
        is_shown |= Q(pk=version.pk)
    steps = _latest(revisions.filter(is_shown).select_related("step").in_order(), version)
    return replace(_page(words[0], steps), is_preview=True, version=version)


def _latest(revisions: Iterable[Revision], version: Revision | None) -> list:
    """Of each thing `version` where it is one of its own, else its draft, else what is published."""
    chosen: dict[int, tuple[int, Revision]] = {}
    for revision in revisions:
        is_published = revision.status == Revision.Status.PUBLISHED
        rank = 3 if revision == version else 2 if revision.is_draft else int(is_published)
        if rank > chosen.get(revision.stable_id, (0, None))[0]:
            chosen[revision.stable_id] = (rank, revision)
    return [revision for _rank, revision in chosen.values()]


def _page(words: PracticeRevision, revisions: Iterable[ActionStepRevision]) -> PracticePage:
    steps = [Step(number, revision) for number, revision in enumerate(revisions, start=1)]
    return PracticePage(words, steps, _references(words.practice, steps))


def _references(practice: Practice, steps: Sequence[Step]) -> list[Reference]:
    """Resources of the practice or of one of its steps, as a bibliography orders them."""
    number_of = {step.words.step_id: step.number for step in steps}
    serves = defaultdict(list)
    for link in StepResource.objects.filter(step__in=number_of).order_by("pk"):
        serves[link.resource_id].append(number_of[link.step_id])
    listed = PracticeResource.objects.filter(practice=practice)
    place = listed.filter(resource=OuterRef("pk")).values("order")
    resources = (
        Resource.objects.published()
        .filter(Q(pk__in=listed.values("resource")) | Q(pk__in=list(serves)))
        .annotate(place=Subquery(place))
        .order_by(F("place").asc(nulls_last=True), "title", "pk")
    )
    return [Reference(resource, sorted(serves[resource.pk])) for resource in resources]


def with_practices(resources: ResourceQuerySet) -> ResourceQuerySet:
    """Adds to each resource its `practices`, each with its published `name`."""
    practices = Practice.objects.published().named().in_order()
    return resources.prefetch_related(Prefetch("practices", queryset=practices))
