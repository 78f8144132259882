"""Writes what was read: makes what is missing, renews what nobody here has touched.

What an editor changed is theirs: their words stay, and so does a row with a draft open or one
that was retired. Order, group and address are set once, when a row is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F

from practices import services
from practices.loader.report import Outcome, Report
from practices.models import (
    ActionStep,
    ActionStepRevision,
    Practice,
    PracticeGroup,
    PracticeRevision,
    Resource,
)
from practices.models.revision import digest
from records.services import save_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from practices.loader.entries import GroupEntry, PracticeEntry, ResourceEntry, StepEntry
    from practices.loader.reading import Content
    from practices.models.revision import Revision

# Two loads at once would both make what is missing.
ONE_AT_A_TIME = 0x6775696465


@transaction.atomic
def load(content: Content, *, at: datetime) -> Report:
    """All of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    report = Report()
    _load_groups(content.groups, report)
    _load_practices(content.practices, report, at=at)
    _load_steps(content.steps, report, at=at)
    _load_resources(content.resources, report)
    return report


def _load_groups(entries: Sequence[GroupEntry], report: Report) -> None:
    known = {group.slug: group for group in PracticeGroup.objects.all()}
    for entry in entries:
        group, now = known.get(entry.slug), digest(entry.words)
        if group is None:
            PracticeGroup.objects.create(
                slug=entry.slug,
                order=entry.order,
                place=entry.place,
                loaded_from=now,
                **entry.words,
            )
            outcome = Outcome.CREATED
        else:
            then = digest({name: getattr(group, name) for name in entry.words})
            outcome = _compare(then=then, loaded=group.loaded_from, now=now)
        if group and outcome is Outcome.UPDATED:
            PracticeGroup.objects.filter(pk=group.pk).update(
                **entry.words, loaded_from=now, version=F("version") + 1
            )
        report.note(outcome, "group", entry.slug)


def _compare(*, then: str, loaded: str, now: str) -> Outcome:
    """What to do with a row, by digests: as it stands, as last loaded, as the file has it now."""
    if then == now:
        return Outcome.UNCHANGED
    return Outcome.UPDATED if then == loaded else Outcome.KEPT


# --- practices and steps ------------------------------------------------------------------


def _load_practices(entries: Sequence[PracticeEntry], report: Report, *, at: datetime) -> None:
    groups = {group.slug: group for group in PracticeGroup.objects.all()}
    known = {practice.slug: practice for practice in Practice.objects.all()}
    versions = _current(PracticeRevision)
    for entry in entries:
        practice = known.get(entry.slug)
        if practice is None:
            practice = Practice.objects.create(
                slug=entry.slug,
                group=groups[entry.group],
                order=entry.order,
                original=entry.original,
            )
        words = PracticeRevision(practice=practice, change_note=entry.change_note, **entry.words)
        outcome = _publish(words, stable=practice, versions=versions, at=at)
        report.note(outcome, "practice", entry.slug)


def _load_steps(entries: Sequence[StepEntry], report: Report, *, at: datetime) -> None:
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    steps = ActionStep.objects.select_related("practice")
    known = {(step.practice.slug, step.slug): step for step in steps}
    versions = _current(ActionStepRevision)
    for entry in entries:
        step = known.get(entry.key)
        if step is None:
            practice = practices[entry.practice]
            step = ActionStep.objects.create(practice=practice, slug=entry.slug, order=entry.order)
        words = ActionStepRevision(step=step, change_note=entry.change_note, **entry.words)
        outcome = _publish(words, stable=step, versions=versions, at=at)
        report.note(outcome, "step", entry.name)


def _current(model: type[Revision]) -> dict[int, list[Revision]]:
    """The draft and the published version of each row."""
    versions: dict[int, list[Revision]] = {}
    rows = model._default_manager.filter(status__in=["draft", "published"])
    for revision in rows:
        versions.setdefault(revision.stable_id, []).append(revision)
    return versions


def _publish(
    words: Revision,
    *,
    stable: Practice | ActionStep,
    versions: Mapping[int, Sequence[Revision]],
    at: datetime,
) -> Outcome:
    outcome = _outcome(words, stable=stable, versions=versions.get(stable.pk, ()))
    if outcome in {Outcome.CREATED, Outcome.UPDATED}:
        words.loaded_from = digest(words.words)
        services.write_draft(revision=words, by=None, at=at)
        services.publish_revision(revision=words, by=None, at=at)
    return outcome


def _outcome(
    words: Revision, *, stable: Practice | ActionStep, versions: Sequence[Revision]
) -> Outcome:
    published = next((revision for revision in versions if not revision.is_draft), None)
    if published and published.words == words.words:
        return Outcome.UNCHANGED
    if stable.is_archived or any(revision.is_draft for revision in versions):
        return Outcome.KEPT
    if published is None:
        return Outcome.CREATED
    return Outcome.UPDATED if published.loaded_from else Outcome.KEPT


# --- resources ----------------------------------------------------------------------------


def _load_resources(entries: Sequence[ResourceEntry], report: Report) -> None:
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    steps = {
        f"{step.practice.slug}/{step.slug}": step
        for step in ActionStep.objects.select_related("practice")
    }
    rows = Resource.objects.select_for_update().prefetch_related("practices", "steps__practice")
    known = {resource.slug: resource for resource in rows}
    for entry in entries:
        resource = known.get(entry.slug) or Resource(slug=entry.slug)
        stated = _stated(entry, steps)
        outcome = _resource_outcome(resource, entry, now=digest(stated))
        if outcome in {Outcome.CREATED, Outcome.UPDATED}:
            _write_resource(resource, entry, loaded_from=digest(stated))
            resource.practices.set([practices[slug] for slug in entry.practices])
            resource.steps.set([steps[name] for name in _steps_of(entry, steps)])
        report.note(outcome, "resource", entry.slug)


def _write_resource(resource: Resource, entry: ResourceEntry, *, loaded_from: str) -> None:
    values = {**entry.values, "loaded_from": loaded_from}
    for name, value in values.items():
        setattr(resource, name, value)
    if resource.pk is None:
        resource.save(force_insert=True)
    else:
        save_version(record=resource, fields=values)


def _resource_outcome(resource: Resource, entry: ResourceEntry, *, now: str) -> Outcome:
    if resource.pk is None:
        return Outcome.CREATED
    outcome = _compare(
        then=digest(_stored(resource, entry.values)),
        loaded=resource.loaded_from,
        now=now,
    )
    if outcome is Outcome.UPDATED and resource.is_archived:
        return Outcome.KEPT
    return outcome


def _steps_of(entry: ResourceEntry, steps: Mapping[str, ActionStep]) -> list[str]:
    return [step for name in entry.steps for step in entry.steps_among(steps, name)]


def _stated(entry: ResourceEntry, steps: Mapping[str, ActionStep]) -> dict[str, Any]:
    return {
        **entry.values,
        "practices": sorted(entry.practices),
        "steps": sorted(_steps_of(entry, steps)),
    }


def _stored(resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: getattr(resource, name) for name in values},
        "practices": sorted(practice.slug for practice in resource.practices.all()),
        "steps": sorted(f"{step.practice.slug}/{step.slug}" for step in resource.steps.all()),
    }
