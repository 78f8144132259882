from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from partnerships.models import OneToOne, OneToOneDraft
from records.services import lock_key

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from accounts.models import User

# How long a draft stays that nobody touches, and one that was thrown away.
DRAFTS_STAY = timedelta(days=90)
THROWN_AWAY_STAY = timedelta(days=1)
# The tab that wrote last stands among the words under this name, which no field has.
TAB = "tab"

Words = dict[str, list[str]]


class SavedAlready(Exception):
    """The form that the draft is of was saved: it is a one-to-one now."""

    def __init__(self, one_to_one: OneToOne) -> None:
        super().__init__()
        self.one_to_one = one_to_one


@transaction.atomic
def save_draft(
    *, author: User, key: UUID, words: Words, seen: datetime | None, at: datetime
) -> OneToOneDraft:
    """Keep what somebody typed. `seen` says when the draft that they type over was saved.

    Where another tab saved since, both are kept: this one becomes a draft of its own.
    Raises SavedAlready.
    """
    lock_key(key)
    made = OneToOne.objects.filter(submission_key=key, created_by=author).first()
    if made:
        raise SavedAlready(made)
    draft = OneToOneDraft.objects.of(author).filter(key=key).first()
    if draft is None:
        draft = OneToOneDraft(author=author, key=key)
    elif seen != draft.saved_at and draft.words.get(TAB) != words.get(TAB):
        draft = OneToOneDraft(author=author, key=uuid.uuid4())
    draft.words, draft.saved_at, draft.thrown_away_at = words, at, None
    draft.save()
    return draft


def throw_away_draft(*, author: User, key: UUID, at: datetime) -> bool:
    """Whether there was one."""
    drafts = OneToOneDraft.objects.of(author).kept().filter(key=key)
    return bool(drafts.update(thrown_away_at=at))


def bring_back_draft(*, author: User, key: UUID) -> bool:
    """Whether it was still there."""
    return bool(OneToOneDraft.objects.of(author).filter(key=key).update(thrown_away_at=None))


def forget_draft(*, author: User, key: UUID | None) -> None:
    """The one-to-one is saved: its draft is over, in the same transaction."""
    if key is not None:
        OneToOneDraft.objects.of(author).filter(key=key).delete()


def forget_old_drafts(*, at: datetime) -> None:
    """What nobody came back for is nobody's record, and holds words about people."""
    left = Q(saved_at__lt=at - DRAFTS_STAY) | Q(thrown_away_at__lt=at - THROWN_AWAY_STAY)
    OneToOneDraft.objects.filter(left).delete()
