"""The practices at a glance, and what teams here did with their steps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count

from infrastructure.models import Adoption
from practices.models import ActionStepRevision, PracticeRevision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from accounts.models import User
    from practices.models import Practice, PracticeGroup


@dataclass(frozen=True)
class PracticeLine:
    """A practice as the list and the figure show it."""

    name: str
    purpose: str
    url: str
    steps_total: int
    steps_taken: int

    @property
    def is_being_written(self) -> bool:
        return not self.steps_total


@dataclass(frozen=True)
class GroupOfPractices:
    group: PracticeGroup
    practices: Sequence[PracticeLine]

    @property
    def place(self) -> str:
        return self.group.place


def groups_of_practices() -> list[GroupOfPractices]:
    """Every open practice in the order of the guide, with its steps and how many are taken up."""
    steps = ActionStepRevision.objects.readable()
    total = _steps_per_practice(steps)
    taken = _steps_per_practice(Adoption.objects.live().filter(step__in=steps.values("step")))
    words = PracticeRevision.objects.readable().select_related("practice__group").in_order()
    lines = [
        (
            revision.practice.group,
            PracticeLine(
                name=revision.name,
                purpose=revision.purpose,
                url=revision.practice.get_absolute_url(),
                steps_total=total[revision.practice_id],
                steps_taken=taken[revision.practice_id],
            ),
        )
        for revision in words.only("name", "purpose", "practice")
    ]
    return [
        GroupOfPractices(group, [line for _, line in found])
        for group, found in groupby(lines, key=lambda pair: pair[0])
    ]


def _steps_per_practice(rows: QuerySet) -> Counter[int]:
    counted = rows.order_by().values_list("step__practice").annotate(Count("step", distinct=True))
    return Counter(dict(counted))


@dataclass(frozen=True)
class StepTakenUp:
    """An action step and the teams that took it up, as far as the reader may see them."""

    words: ActionStepRevision
    adoptions: Sequence[Adoption]

    @property
    def slug(self) -> str:
        return self.words.step.slug


def steps_taken_up(practice: Practice, *, reader: User) -> list[StepTakenUp]:
    steps = ActionStepRevision.objects.readable().filter(step__practice=practice)
    adoptions = (
        Adoption.objects.visible_to(reader)
        .live()
        .filter(step__practice=practice)
        .select_related("person", "program", "workgroup")
        .order_by("created_at", "pk")
    )
    of_step: dict[int, list[Adoption]] = {}
    for adoption in adoptions:
        of_step.setdefault(adoption.step_id, []).append(adoption)
    return [
        StepTakenUp(words, of_step.get(words.step_id, []))
        for words in steps.select_related("step").in_order()
    ]
