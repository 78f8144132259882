"""What the components page shows: a sample of everything, invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

from equity_portal.forms.components import sample_form, sample_form_with_errors
from records.forms import Conflict

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class SamplePractice:
    name: str
    steps_total: int
    steps_taken: int
    url: str = "#c-figure"


@dataclass(frozen=True)
class SampleGroup:
    place: str
    practices: tuple[SamplePractice, ...]


GROUPS = (
    SampleGroup(
        "grows",
        (
            SamplePractice("Build Narrative Power", 4, 1),
            SamplePractice("Mobilize Data and Research", 5, 3),
            SamplePractice("Change Internal Policies and Practices", 0, 0),
            SamplePractice("Pursue Policy Changes that Transform the Root Causes", 4, 0),
            SamplePractice("Build Strategic Partnerships", 5, 4),
            SamplePractice("Support Community Power-Building", 2, 2),
        ),
    ),
    SampleGroup(
        "ground",
        (
            SamplePractice("Build Internal Infrastructure and Capacity", 5, 3),
            SamplePractice("Develop a Shared Analysis", 4, 1),
            SamplePractice("Articulate Your Vision and Values", 3, 3),
            SamplePractice("Develop Shared Leadership and Support Innovation", 0, 0),
        ),
    ),
)

CONFLICTS = (
    Conflict(
        field="matters",
        key="keep-matters",
        label="What mattered to them",
        mine="Interpreters at the forum, in three languages.",
        theirs="The forum on the 21st.\nShe wants tenants to speak first.",
        may_keep_both=True,
    ),
    Conflict(
        field="visibility",
        key="keep-visibility",
        label="Who may read this",
        mine="The equity team",
        theirs="",
        may_keep_both=False,
    ),
)


def sample_context(*, today: date) -> dict[str, Any]:
    return {
        "sample_form": sample_form(),
        "sample_form_with_errors": sample_form_with_errors(),
        "sample_conflicts": CONFLICTS,
        "sample_groups": GROUPS,
        "sample_page": Paginator(range(90), per_page=10).page(4),
        "sample_date": today + timedelta(days=20),
        "sample_late_date": today - timedelta(days=2),
    }
