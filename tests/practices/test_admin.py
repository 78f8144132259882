"""Keeping the guide in the admin: drafts, publishing, two editors at once, retiring."""

from __future__ import annotations

from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction
from django.urls import reverse

from practices.models import (
    ActionStep,
    ActionStepRevision,
    Practice,
    PracticeRevision,
    Resource,
)
from practices.services import publish_revision, start_draft
from tests.factories import (
    NOON,
    ActionStepFactory,
    ActionStepRevisionFactory,
    PracticeFactory,
    PracticeGroupFactory,
    PracticeRevisionFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def page_of(record, page="change"):
    names = f"admin:practices_{record._meta.model_name}"
    return reverse(f"{names}_{page}", args=[record.pk])


def opened(client, address):
    """What the browser would send back from a form as it was opened."""
    form = client.get(address).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


@pytest.fixture
def draft(editor):
    published = PracticeRevisionFactory(name="Listen", what_it_is="First words.")
    return start_draft(revision=published, by=editor, at=NOON)


# --- two editors at once ------------------------------------------------------------------


def test_two_editors_who_save_one_draft_both_keep_their_words(as_editor, draft):
    mine = opened(as_editor, page_of(draft)) | {"what_it_is": "Ana's words."}
    theirs = opened(as_editor, page_of(draft)) | {"what_it_is": "Joy's words."}

    as_editor.post(page_of(draft), mine)
    second = as_editor.post(page_of(draft), theirs)

    page = second.content.decode()
    assert "Somebody saved this while you were writing." in page
    assert "What was saved meanwhile" in page
    assert ("Ana&#x27;s words." in page, "Joy&#x27;s words." in page) == (True, True)
    form = second.context["adminform"].form
    again = {name: form[name].value() or "" for name in form.fields}
    as_editor.post(page_of(draft), again | {"keep-what_it_is": "both"})
    draft.refresh_from_db()
    assert draft.what_it_is == "Ana's words.\n\nJoy's words."


def test_two_editors_who_changed_different_fields_are_both_saved(as_editor, draft):
    mine = opened(as_editor, page_of(draft)) | {"what_it_is": "Ana's words."}
    theirs = opened(as_editor, page_of(draft)) | {"signs": "Joy's signs."}

    as_editor.post(page_of(draft), mine)
    second = as_editor.post(page_of(draft), theirs)

    draft.refresh_from_db()
    assert second.status_code == 302
    assert (draft.what_it_is, draft.signs) == ("Ana's words.", "Joy's signs.")


@pytest.mark.django_db(transaction=True)
def test_whoever_loses_by_the_width_of_a_transaction_sees_both(as_editor, draft):
    """Ana's save commits after Joy's was checked and before it is written."""
    theirs = opened(as_editor, page_of(draft)) | {"what_it_is": "Joy's words."}
    answers = []

    def save_as_joy():
        answers.append(as_editor.post(page_of(draft), theirs))
        connection.close()

    joy = Thread(target=save_as_joy)
    with transaction.atomic():
        PracticeRevision.objects.filter(pk=draft.pk).update(what_it_is="Ana's words.", version=2)
        joy.start()
        wait_until_somebody_waits()
    joy.join()

    page = answers[0].content.decode()
    assert "What was saved meanwhile" in page
    assert ("Ana&#x27;s words." in page, "Joy&#x27;s words." in page) == (True, True)


def wait_until_somebody_waits():
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    pytest.fail("Nobody came to wait for the row.")


def test_a_resource_keeps_both_editors_choices_of_steps(as_editor):
    step, other = ActionStepFactory(), ActionStepFactory()
    resource = ResourceFactory()
    mine = opened(as_editor, page_of(resource)) | {"steps": [step.pk]}
    theirs = opened(as_editor, page_of(resource)) | {"steps": [other.pk]}

    as_editor.post(page_of(resource), mine)
    second = as_editor.post(page_of(resource), theirs)

    assert "What was saved meanwhile" in second.content.decode()
    assert list(resource.steps.all()) == [step]


# --- drafts and publishing ----------------------------------------------------------------


def test_saving_a_draft_says_who_wrote_it_last(as_editor, editor, other_lead, draft):
    PracticeRevision.objects.filter(pk=draft.pk).update(written_by=other_lead)

    as_editor.post(page_of(draft), opened(as_editor, page_of(draft)) | {"name": "Hear"})

    draft.refresh_from_db()
    assert (draft.name, draft.written_by, draft.version) == ("Hear", editor, 2)


def test_save_and_publish_saves_and_publishes(as_editor, editor, draft):
    data = opened(as_editor, page_of(draft)) | {"name": "Hear", "_publish": "1"}

    response = as_editor.post(page_of(draft), data, follow=True)

    published = PracticeRevision.objects.published().get()
    assert (published.pk, published.name, published.published_by) == (draft.pk, "Hear", editor)
    assert "It is published." in response.content.decode()


def test_publishing_what_somebody_else_changed_shows_both_and_publishes_nothing(as_editor, draft):
    mine = opened(as_editor, page_of(draft)) | {"what_it_is": "Ana's words."}
    theirs = opened(as_editor, page_of(draft)) | {"what_it_is": "Joy's.", "_publish": "1"}
    as_editor.post(page_of(draft), mine)

    second = as_editor.post(page_of(draft), theirs)

    assert "What was saved meanwhile" in second.content.decode()
    assert PracticeRevision.objects.published().get().what_it_is == "First words."


def test_a_published_version_is_read_and_can_be_begun_from(as_editor):
    published = ActionStepRevisionFactory(title="Hold one-to-ones")
    page = as_editor.get(page_of(published)).content.decode()
    refused = as_editor.post(page_of(published), {"title": "Other words"})

    begun = as_editor.post(page_of(published, "draft"))

    draft = ActionStepRevision.objects.drafts().get()
    assert "Start a draft from this version" in page
    assert 'name="title"' not in page
    assert refused.status_code == 403
    assert begun["Location"] == page_of(draft)
    assert draft.words == published.words


def test_beginning_a_second_draft_leads_to_the_first(as_editor, draft):
    published = PracticeRevision.objects.published().get()

    response = as_editor.post(page_of(published, "draft"), follow=True)

    assert response.request["PATH_INFO"] == page_of(draft)
    assert "There is a draft already: this is it." in response.content.decode()


def test_a_draft_can_be_set_aside_once(as_editor, draft):
    first = as_editor.post(page_of(draft, "set-aside"), follow=True)
    second = as_editor.post(page_of(draft, "set-aside"), follow=True)

    draft.refresh_from_db()
    assert draft.status == "set_aside"
    assert "The draft is set aside." in first.content.decode()
    assert "before you." in second.content.decode()
    assert "Start a draft from this version" in second.content.decode()


def test_new_words_begin_as_a_draft_or_are_published_at_once(as_editor, editor):
    step = ActionStepFactory()
    words = {"step": step.pk, "title": "Listen", "short_title": "Listen", "what_to_do": "Sit."}

    as_editor.post(reverse("admin:practices_actionsteprevision_add"), words | {"_publish": "1"})

    published = ActionStepRevision.objects.get()
    assert (published.step, published.number, published.status) == (step, 1, "published")
    assert (published.written_by, published.published_by) == (editor, editor)


def test_new_words_beside_a_draft_are_refused_in_a_sentence(as_editor, draft):
    words = {"practice": draft.practice_id, "name": "Hear", "purpose": "Hear."}

    response = as_editor.post(reverse("admin:practices_practicerevision_add"), words)

    assert "It has a draft already." in response.content.decode()
    assert PracticeRevision.objects.count() == 2


def test_buttons_act_on_post_alone_and_for_editors_alone(client, administrator, editor, draft):
    client.force_login(administrator)
    refused = client.post(page_of(draft, "set-aside"))
    client.force_login(editor)
    asked = client.get(page_of(draft, "set-aside"))

    assert (refused.status_code, asked.status_code) == (403, 405)


def test_a_button_for_what_is_not_there_is_not_found(as_editor):
    address = reverse("admin:practices_practice_retire", args=[999])

    assert as_editor.post(address).status_code == 404


# --- stable rows --------------------------------------------------------------------------


def test_a_practice_is_added_and_its_address_then_stays(as_editor):
    group = PracticeGroupFactory()
    row = {"slug": "heal", "group": group.pk, "order": 3, "original": "https://guide.test/heal"}
    as_editor.post(reverse("admin:practices_practice_add"), row)
    practice = Practice.objects.get()

    data = opened(as_editor, page_of(practice)) | {"slug": "other", "order": 4}
    as_editor.post(page_of(practice), data)

    practice.refresh_from_db()
    assert (practice.slug, practice.order, practice.version) == ("heal", 4, 2)


def test_a_practice_leads_to_its_words_steps_and_preview(as_editor, draft):
    page = as_editor.get(page_of(draft.practice)).content.decode()

    assert f'href="{page_of(draft)}"' in page
    assert reverse("practices:practice-preview", args=[draft.practice.slug]) in page


def test_a_row_without_words_leads_to_writing_them(as_editor):
    step = ActionStepFactory()

    page = as_editor.get(page_of(step)).content.decode()

    address = reverse("admin:practices_actionsteprevision_add", query={"step": step.pk})
    assert f'href="{address}"' in page


@pytest.mark.parametrize("factory", [PracticeFactory, ActionStepFactory, ResourceFactory])
def test_retiring_is_undone_by_bringing_back(as_editor, editor, factory):
    record = factory()

    as_editor.post(page_of(record, "retire"))
    record.refresh_from_db()
    retired_by = record.archived_by
    again = as_editor.post(page_of(record, "retire"), follow=True)
    as_editor.post(page_of(record, "restore"))
    record.refresh_from_db()

    assert (retired_by, record.is_archived) == (editor, False)
    assert "Somebody retired it already." in again.content.decode()
    twice = as_editor.post(page_of(record, "restore"), follow=True)
    assert "Somebody brought it back already." in twice.content.decode()


def test_a_resource_cannot_be_published_without_a_link(as_editor):
    row = {
        "title": "A report",
        "slug": "a-report",
        "publisher": "A press",
        "kind": "report",
        "status": "published",
    }

    response = as_editor.post(reverse("admin:practices_resource_add"), row)

    assert "A published resource needs a link that was confirmed." in response.content.decode()
    assert not Resource.objects.exists()


def test_a_resource_is_added_with_what_it_serves(as_editor):
    step = ActionStepFactory()
    row = {
        "title": "A report",
        "slug": "a-report",
        "publisher": "A press",
        "kind": "report",
        "status": "draft",
        "steps": [step.pk],
        "practices": [step.practice_id],
    }

    as_editor.post(reverse("admin:practices_resource_add"), row)

    resource = Resource.objects.get()
    assert list(resource.steps.all()) == [step]
    assert list(resource.practices.all()) == [step.practice]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [
        (Practice, 7),
        (ActionStep, 8),
        (PracticeRevision, 8),
        (ActionStepRevision, 9),
        (Resource, 6),
    ],
)
def test_lists_ask_the_same_number_of_questions(
    as_editor, django_assert_num_queries, model, queries, rows
):
    for _ in range(rows):
        ActionStepRevisionFactory(step=ActionStepFactory())
        ResourceFactory()

    with django_assert_num_queries(queries):
        as_editor.get(reverse(f"admin:practices_{model._meta.model_name}_changelist"))


# --- words --------------------------------------------------------------------------------


def test_practices_and_steps_go_by_their_names(as_editor):
    practice = PracticeFactory(slug="listen")
    PracticeRevisionFactory(practice=practice, name="Listen to people first")
    step = ActionStepFactory(practice=practice, slug="sit")
    words = ActionStepRevisionFactory(step=step, title="Sit down with somebody")
    ActionStepRevisionFactory(step=ActionStepFactory())  # a list filters by one of several
    pages = [
        page_of(step),
        page_of(words),
        reverse("admin:practices_actionstep_changelist"),
        reverse("admin:practices_actionsteprevision_changelist"),
        reverse("admin:practices_actionsteprevision_add"),
        reverse("admin:practices_resource_add"),
    ]

    shown = [as_editor.get(page).content.decode() for page in pages]

    assert ["Listen to people first" in page for page in shown] == [True, False, *[True] * 4]
    assert ["Sit down with somebody" in page for page in shown] == [True] * len(pages)


def test_a_practice_without_words_goes_by_its_address(as_editor):
    practice = PracticeFactory(slug="build-power")

    page = as_editor.get(page_of(practice)).content.decode()

    assert "Build power" in page


def test_a_name_is_the_published_one_before_the_drafts(editor):
    published = PracticeRevisionFactory(name="Listen")
    draft = start_draft(revision=published, by=editor, at=NOON)
    PracticeRevision.objects.filter(pk=draft.pk).update(name="Hear")

    assert str(Practice.objects.named().get()) == "Listen"


def test_saving_says_so_and_stays_on_the_page(as_editor, draft):
    page = as_editor.post(page_of(draft), opened(as_editor, page_of(draft)), follow=True)

    assert page.request["PATH_INFO"] == page_of(draft)
    assert [str(message) for message in page.context["messages"]] == ["It is saved."]


def test_a_mistake_is_listed_above_the_form_and_at_its_field(as_editor, draft):
    data = opened(as_editor, page_of(draft)) | {"name": ""}

    page = as_editor.post(page_of(draft), data).content.decode()

    assert "One thing needs you" in " ".join(page.split())
    assert '<a href="#id_name">Name</a>' in page
    assert page.count("Fill this in.") == 2
    assert "Please" not in page


def test_the_history_of_a_row_says_who_did_what(as_editor, draft):
    as_editor.post(page_of(draft), opened(as_editor, page_of(draft)) | {"name": "Hear"})
    as_editor.post(page_of(draft, "set-aside"))

    page = as_editor.get(page_of(draft, "history")).content.decode()

    assert "Who changed what" in page
    assert page.count("<td>Ed Editor</td>") == 2
    assert page.index("Changed Name.") < page.index("Set aside.")


def test_an_earlier_version_is_previewed_in_its_own_words(as_editor, editor, draft):
    first = PracticeRevision.objects.published().get()
    publish_revision(revision=draft, by=editor, at=NOON)
    page = as_editor.get(page_of(first)).content.decode()
    address = reverse("practices:practice-version-preview", args=[first.practice.slug, 1])

    preview = as_editor.get(address).context["page"]

    assert f'href="{address}"' in page
    assert (preview.words, preview.version, preview.is_preview) == (first, first, True)


def test_an_earlier_version_of_a_step_is_previewed_among_the_others(as_editor, editor):
    first = ActionStepRevisionFactory(title="Sit down", step__slug="sit")
    other = ActionStepRevisionFactory(step__practice=first.step.practice, step__order=999)
    draft = start_draft(revision=first, by=editor, at=NOON)
    publish_revision(revision=draft, by=editor, at=NOON)
    slug = first.step.practice.slug
    address = reverse("practices:step-version-preview", args=[slug, "sit", 1])

    response = as_editor.get(address)

    assert f'href="{address}"' in as_editor.get(page_of(first)).content.decode()
    assert [step.words for step in response.context["page"].steps] == [first, other]
    assert "with version 1 of “Sit down”" in " ".join(response.content.decode().split())
