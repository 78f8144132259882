"""How the guide's words change: a draft is written, then published or set aside.

Nothing published is edited or deleted. To bring an earlier version back, a draft is started
from it, so that the way back is a version like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import transaction
from django.db.models import F, Max

from practices.models.revision import Revision
from records.services import ChangedMeanwhile

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from practices.models.revision import RevisionQuerySet

R = TypeVar("R", bound=Revision)


class NotADraft(Exception):
    """Only a draft is published or set aside, and this is one no longer."""


class DraftExists(Exception):
    """There is one draft at a time, so that two editors do not write past each other."""

    def __init__(self, draft: Revision) -> None:
        super().__init__(draft.number)
        self.draft = draft


@transaction.atomic
def write_draft(*, revision: R, by: User | None, at: datetime) -> R:
    """Keep new words as the draft. `by` is nobody when the loader wrote them. Raises DraftExists."""
    _hold(revision)
    versions = _versions(revision)
    draft = versions.drafts().first()
    if draft is not None:
        raise DraftExists(draft)
    revision.number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    revision.status = Revision.Status.DRAFT
    revision.written_by, revision.written_at = by, at
    revision.save(force_insert=True)
    return revision


def start_draft(*, revision: R, by: User, at: datetime) -> R:
    """A draft with the words of any version, the published or an earlier one. Raises DraftExists."""
    same: dict[str, Any] = {revision.STABLE: getattr(revision, revision.STABLE)}
    return write_draft(revision=type(revision)(**same, **revision.words), by=by, at=at)


@transaction.atomic
def publish_revision(*, revision: Revision, by: User | None, at: datetime) -> None:
    """Put a draft in the place of what is published, which becomes an earlier version.

    Raises NotADraft, and ChangedMeanwhile when the draft is not the one that was read.
    """
    _hold(revision)
    _versions(revision).published().update(
        status=Revision.Status.SUPERSEDED, version=F("version") + 1
    )
    _move(revision, status=Revision.Status.PUBLISHED, published_at=at, published_by=by)


@transaction.atomic
def set_draft_aside(*, revision: Revision) -> None:
    """Make room for another draft; the words stay, and a draft can be started from them.

    Raises NotADraft and ChangedMeanwhile.
    """
    _hold(revision)
    _move(revision, status=Revision.Status.SET_ASIDE)


def _move(revision: Revision, **values: Any) -> None:
    """Change the draft that was read into something else."""
    draft = _versions(revision).drafts().filter(pk=revision.pk)
    if not draft.filter(version=revision.version).update(**values, version=F("version") + 1):
        raise ChangedMeanwhile if draft.exists() else NotADraft
    revision.version += 1
    for name, value in values.items():
        setattr(revision, name, value)


def _hold(revision: Revision) -> None:
    """Let whoever changes versions of one thing stand in line."""
    stable = type(revision)._meta.get_field(revision.STABLE).related_model
    rows = stable._base_manager.select_for_update(no_key=True)  # type: ignore[union-attr]
    rows.get(pk=revision.stable_id)


def _versions(revision: Revision) -> RevisionQuerySet[Revision]:
    rows = cast("RevisionQuerySet[Revision]", type(revision)._default_manager.all())
    return rows.siblings(revision)
