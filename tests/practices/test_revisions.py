"""Drafts, publishing and what the database itself promises about versions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from practices.models import ActionStepRevision, PracticeRevision, Resource
from practices.services import (
    DraftExists,
    NotADraft,
    publish_revision,
    set_draft_aside,
    start_draft,
    write_draft,
)
from records.services import ChangedMeanwhile
from tests.factories import (
    NOON,
    ActionStepFactory,
    ActionStepRevisionFactory,
    PracticeFactory,
    PracticeRevisionFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def test_start_draft_copies_the_published_words(editor):
    published = ActionStepRevisionFactory(title="Hold one-to-ones", why="Trust.")

    draft = start_draft(revision=published, by=editor, at=LATER)

    assert draft.words == published.words
    assert (draft.step, draft.number, draft.status) == (published.step, 2, "draft")
    assert (draft.written_by, draft.written_at, draft.published_at) == (editor, LATER, None)


def test_start_draft_beside_a_draft_is_refused_and_names_it(editor):
    published = PracticeRevisionFactory()
    draft = start_draft(revision=published, by=editor, at=NOON)

    with pytest.raises(DraftExists) as refusal:
        start_draft(revision=published, by=editor, at=LATER)

    assert refusal.value.draft == draft


def test_write_draft_of_something_new_is_its_first_version(editor):
    step = ActionStepFactory()
    words = ActionStepRevision(step=step, title="Listen", short_title="Listen", what_to_do="Sit.")

    draft = write_draft(revision=words, by=editor, at=NOON)

    assert (draft.number, draft.is_draft) == (1, True)


def test_publish_puts_the_draft_in_the_place_of_what_was_published(editor):
    published = PracticeRevisionFactory()
    draft = start_draft(revision=published, by=editor, at=NOON)

    publish_revision(revision=draft, by=editor, at=LATER)

    published.refresh_from_db()
    draft.refresh_from_db()
    assert (published.status, published.published_at) == ("superseded", NOON)
    assert (draft.status, draft.published_at, draft.published_by) == ("published", LATER, editor)


def test_publish_twice_is_refused(editor):
    draft = start_draft(revision=PracticeRevisionFactory(), by=editor, at=NOON)
    again = PracticeRevision.objects.get(pk=draft.pk)
    publish_revision(revision=draft, by=editor, at=LATER)

    with pytest.raises(NotADraft):
        publish_revision(revision=again, by=editor, at=LATER)

    assert PracticeRevision.objects.published().get() == draft


def test_publish_of_words_that_somebody_changed_since_is_refused(editor):
    published = PracticeRevisionFactory()
    draft = start_draft(revision=published, by=editor, at=NOON)
    PracticeRevision.objects.filter(pk=draft.pk).update(version=2)

    with pytest.raises(ChangedMeanwhile):
        publish_revision(revision=draft, by=editor, at=LATER)

    assert PracticeRevision.objects.published().get() == published


def test_restoring_an_earlier_version_is_a_draft_like_any_other(editor):
    first = PracticeRevisionFactory(what_it_is="The first words.")
    second = start_draft(revision=first, by=editor, at=NOON)
    PracticeRevision.objects.filter(pk=second.pk).update(what_it_is="The second words.")
    publish_revision(revision=second, by=editor, at=NOON)

    third = start_draft(revision=first, by=editor, at=LATER)
    publish_revision(revision=third, by=editor, at=LATER)

    published = PracticeRevision.objects.published().get()
    assert (published.number, published.what_it_is) == (3, "The first words.")


def test_a_draft_set_aside_makes_room_and_can_be_begun_from(editor):
    draft = start_draft(revision=PracticeRevisionFactory(), by=editor, at=NOON)

    set_draft_aside(revision=draft)
    again = start_draft(revision=draft, by=editor, at=LATER)

    draft.refresh_from_db()
    assert (draft.status, again.number, again.words) == ("set_aside", 3, draft.words)
    with pytest.raises(NotADraft):
        set_draft_aside(revision=draft)


# --- the database keeps the promise -------------------------------------------------------


@pytest.mark.parametrize("status", ["published", "superseded"])
@pytest.mark.parametrize("word", PracticeRevision.WORDS)
def test_published_words_of_a_practice_cannot_be_changed(status, word):
    revision = PracticeRevisionFactory(status=status)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        PracticeRevision.objects.filter(pk=revision.pk).update(**{word: "Other words."})


@pytest.mark.parametrize("word", ActionStepRevision.WORDS)
def test_published_words_of_a_step_cannot_be_changed(word):
    revision = ActionStepRevisionFactory()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        ActionStepRevision.objects.filter(pk=revision.pk).update(**{word: "Other words."})


def test_published_words_cannot_be_deleted():
    revision = PracticeRevisionFactory()

    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        revision.delete()


def test_a_draft_can_be_changed():
    draft = PracticeRevisionFactory(status="draft", published_at=None)

    assert PracticeRevision.objects.filter(pk=draft.pk).update(name="Better") == 1


@pytest.mark.parametrize(
    ("versions", "constraint"),
    [
        (
            [{"number": 1, "status": "published"}, {"number": 2, "status": "published"}],
            "practice_revision_one_is_published",
        ),
        (
            [
                {"number": 1, "status": "draft", "published_at": None},
                {"number": 2, "status": "draft", "published_at": None},
            ],
            "practice_revision_one_is_a_draft",
        ),
        (
            [{"number": 1, "status": "superseded"}, {"number": 1, "status": "published"}],
            "practice_revision_number_is_unique",
        ),
        (
            [{"number": 1, "status": "published", "published_at": None}],
            "practice_revision_published_has_a_moment",
        ),
        ([{"number": 1, "status": "set_aside"}], "practice_revision_published_has_a_moment"),
    ],
)
def test_versions_of_a_practice_are_whole(versions, constraint):
    practice = PracticeFactory()
    *earlier, last = versions
    for version in earlier:
        PracticeRevisionFactory(practice=practice, **version)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PracticeRevisionFactory(practice=practice, **last)


def test_a_published_resource_has_a_link():
    with pytest.raises(IntegrityError, match="resource_published_has_link"), transaction.atomic():
        ResourceFactory(url="")


def test_a_draft_resource_may_wait_for_its_link():
    ResourceFactory(url="", status=Resource.Status.DRAFT)

    assert not Resource.objects.published().exists()
