"""Drafts of one-to-ones: kept for their author alone, and gone once the one-to-one is saved."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.models import OneToOne, OneToOneDraft
from partnerships.tasks import forget_old_drafts
from tests.factories import NOON, ContactFactory
from tests.pages import form_with

pytestmark = pytest.mark.django_db
CREATE = "partnerships:one-to-one-create"


def save_url():
    return reverse("partnerships:draft-save")


def typed(key, **more):
    return {"submission_key": str(key), "what_mattered": "Interpreters.", "tab": "one", **more}


def make_draft(author, **more):
    return OneToOneDraft.objects.create(
        **{
            "author": author,
            "key": uuid.uuid4(),
            "words": {"what_mattered": ["Interpreters."], "tab": ["one"]},
            "saved_at": timezone.now(),
            **more,
        }
    )


@pytest.fixture
def key():
    return uuid.uuid4()


def test_what_was_typed_is_kept_field_by_field_and_nothing_else(as_lead, lead, key):
    answer = as_lead.post(
        save_url(), typed(key, contacts=["1", "new:Nadia"], next_on="", stranger="x")
    ).json()

    draft = OneToOneDraft.objects.get()
    assert (draft.author, str(draft.key)) == (lead, answer["key"])
    assert draft.words == {
        "what_mattered": ["Interpreters."],
        "contacts": ["1", "new:Nadia"],
        "next_on": [""],
        "tab": ["one"],
    }
    assert datetime.fromisoformat(answer["seen"]) == draft.saved_at
    assert answer["says"].startswith("Draft saved at ")


def test_the_same_tab_writes_over_its_own_draft_whatever_it_knows(as_lead, key):
    as_lead.post(save_url(), typed(key))
    as_lead.post(save_url(), typed(key, what_mattered="Buses."))

    assert [draft.words["what_mattered"] for draft in OneToOneDraft.objects.all()] == [["Buses."]]


def test_another_tab_that_did_not_see_the_last_words_gets_a_draft_of_its_own(as_lead, key):
    as_lead.post(save_url(), typed(key))
    answer = as_lead.post(save_url(), typed(key, tab="two", what_mattered="Buses.")).json()

    assert answer["key"] != str(key)
    kept = {str(draft.key): draft.words["what_mattered"] for draft in OneToOneDraft.objects.all()}
    assert kept == {str(key): ["Interpreters."], answer["key"]: ["Buses."]}


def test_another_tab_that_saw_them_goes_on_with_the_same_draft(as_lead, key):
    seen = as_lead.post(save_url(), typed(key)).json()["seen"]
    as_lead.post(save_url(), typed(key, tab="two", what_mattered="Buses.", seen=seen))

    assert [draft.words["what_mattered"] for draft in OneToOneDraft.objects.all()] == [["Buses."]]


def test_one_persons_key_is_no_way_to_anothers_draft(as_lead, other_lead, key):
    theirs = make_draft(other_lead, key=key)

    as_lead.post(save_url(), typed(key, what_mattered="Mine."))
    page = as_lead.get(reverse(CREATE), {"draft": str(key)}).content.decode()
    as_lead.post(reverse("partnerships:draft-delete", args=[key]))

    theirs.refresh_from_db()
    assert (theirs.words["what_mattered"], theirs.thrown_away_at) == (["Interpreters."], None)
    assert "Interpreters." not in page


def test_a_draft_is_no_longer_kept_once_its_form_was_saved(as_lead, lead, key):
    talk = OneToOne.objects.create(
        created_by=lead, created_at=NOON, held_at=NOON, what_mattered="X", submission_key=key
    )

    answer = as_lead.post(save_url(), typed(key))

    assert (answer.status_code, answer.json()["url"]) == (409, talk.get_absolute_url())
    assert not OneToOneDraft.objects.exists()


@pytest.mark.parametrize("seen", ["2026-13-45T00:00", "2026-02-30T00:00Z", "yesterday", "\x00"])
def test_a_moment_that_cannot_be_read_is_none(as_lead, key, seen):
    answer = as_lead.post(save_url(), typed(key, seen=seen))

    assert (answer.status_code, OneToOneDraft.objects.get().key) == (200, key)


def test_what_the_database_cannot_hold_is_left_out_of_a_draft(as_lead, key):
    as_lead.post(save_url(), typed(key, what_mattered="Interpreters\x00 at the forum."))

    assert OneToOneDraft.objects.get().words["what_mattered"] == ["Interpreters at the forum."]


@pytest.mark.parametrize("words", [{"submission_key": "none"}, {"what_mattered": "x" * 1_000_001}])
def test_what_is_no_draft_is_refused(as_lead, key, words):
    assert as_lead.post(save_url(), typed(key) | words).status_code == 400
    assert not OneToOneDraft.objects.exists()


def test_going_on_with_a_draft_shows_every_word_and_saves_over_it(as_lead, lead):
    rosa = ContactFactory(name="Rosa Delgado")
    words = {
        "contacts": [str(rosa.pk), "new:Nadia Flores"],
        "held_at": ["2026-03-12T14:00"],
        "what_mattered": ["Interpreters."],
        "next_step": [""],
        "next_on": [""],
        "we_promised": ["Send the forms"],
        "we_promised_on": ["2026-03-20"],
        "place": ["Cedar Court"],
        "has_permission": ["on"],
        "readers": ["staff"],
    }
    draft = make_draft(lead, words=words)

    form = form_with("what_mattered", as_lead.get(reverse(CREATE), {"draft": str(draft.key)}))

    shown = {name: form.get(name) for name in words}
    assert shown == words
    assert form["submission_key"] == [str(draft.key)]
    as_lead.post(f"{reverse(CREATE)}?draft={draft.key}", form)
    talk = OneToOne.objects.get()
    assert sorted(contact.name for contact in talk.contacts.all()) == [
        "Nadia Flores",
        "Rosa Delgado",
    ]
    assert (talk.place, talk.has_permission, talk.readers) == ("Cedar Court", True, "staff")
    assert not OneToOneDraft.objects.exists()


def test_a_draft_of_an_event_is_gone_on_with_as_an_event(as_lead, lead):
    draft = make_draft(lead, words={"kind": ["event"], "title": ["Health fair"]})

    form = form_with("title", as_lead.get(reverse(CREATE), {"draft": str(draft.key)}))

    assert (form["title"], form["kind"]) == (["Health fair"], ["event"])


def test_the_page_lists_what_was_begun_with_whom_and_how_it_begins(as_lead, lead, other_lead):
    rosa = ContactFactory(name="Rosa Delgado")
    make_draft(lead, words={"contacts": [str(rosa.pk)], "what_mattered": ["Buses run late."]})
    make_draft(lead, words={"contacts": ["new:Nadia Flores"]})
    make_draft(other_lead, words={"what_mattered": ["Joy’s own."]})
    make_draft(lead, words={"what_mattered": ["Away."]}, thrown_away_at=timezone.now())

    drafts = as_lead.get(reverse(CREATE)).context["drafts"]

    assert [(draft.whom, draft.begins) for draft in drafts] == [
        (["Nadia Flores"], ""),
        (["Rosa Delgado"], "Buses run late."),
    ]


def test_a_line_for_the_list_comes_with_the_answer_when_asked_for(as_lead, key):
    line = as_lead.post(save_url(), typed(key, line="1")).json()["line"]

    assert f"?draft={key}" in line
    assert "Interpreters." in line


def test_thrown_away_can_be_undone_for_a_day(as_lead, lead):
    draft = make_draft(lead)

    page = as_lead.post(reverse("partnerships:draft-delete", args=[draft.key]), follow=True)
    undo = reverse("partnerships:draft-restore", args=[draft.key])
    again = as_lead.post(undo, follow=True)

    assert undo in page.content.decode()
    assert page.context["drafts"] == []
    assert again.context["draft"] == draft


def test_what_nobody_came_back_for_goes_after_ninety_days(lead):
    now = timezone.now()
    fresh = make_draft(lead, saved_at=now - timedelta(days=89))
    make_draft(lead, saved_at=now - timedelta(days=91))
    undone = make_draft(lead, thrown_away_at=now - timedelta(hours=23))
    make_draft(lead, thrown_away_at=now - timedelta(hours=25))

    forget_old_drafts()

    assert set(OneToOneDraft.objects.all()) == {fresh, undone}


def test_colleagues_who_may_not_record_keep_no_drafts(as_staff, key):
    assert as_staff.post(save_url(), typed(key)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_drafts_costs_the_same_however_many(
    as_lead, lead, rows, django_assert_num_queries
):
    for _row in range(rows):
        make_draft(lead, words={"contacts": [str(ContactFactory().pk)]})

    with django_assert_num_queries(10):
        as_lead.get(reverse(CREATE))


def test_words_are_json_that_a_browser_could_have_sent(as_lead, key):
    as_lead.post(save_url(), typed(key, what_mattered="“Ñandú”\r\n\u2028 end"))

    words = OneToOneDraft.objects.get().words
    assert json.loads(json.dumps(words)) == words
