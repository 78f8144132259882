from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Readers
from equity_portal.finder import SHOWN, find
from tests.factories import (
    NOON,
    ActionStepFactory,
    ActionStepRevisionFactory,
    ContactFactory,
    FollowUpFactory,
    OneToOneFactory,
    PartnerFactory,
    PracticeRevisionFactory,
    PromiseFactory,
    ResourceFactory,
    WorkgroupFactory,
)

pytestmark = pytest.mark.django_db


def search(client, words):
    return client.get(reverse("search"), {"q": words})


def found(response):
    return {kind.name: kind.total for kind in response.context["kinds"]}


@pytest.fixture
def stipends(lead):
    """One row of each kind that speaks of stipends."""
    practice = PracticeRevisionFactory(what_it_is="Pay stipends soon.").practice
    ActionStepRevisionFactory(
        step=ActionStepFactory(practice=practice), why="A late stipend is a broken promise."
    )
    ResourceFactory(annotation="How others pay stipends.")
    PartnerFactory(name="Stipend Union", created_by=lead)
    ContactFactory(name="Rosa Stipend", created_by=lead)
    OneToOneFactory(what_mattered="The stipend came late.", created_by=lead)
    FollowUpFactory(what="Ask about the stipend", assignee=lead)
    PromiseFactory(what="Pay the stipend", owner=lead)
    WorkgroupFactory(purpose="Stipends within three weeks.", created_by=lead, sponsor=lead)


def test_search_puts_every_kind_side_by_side_for_those_who_may(as_lead, stipends):
    response = search(as_lead, "stipend")

    assert found(response) == {
        "practices": 1,
        "steps": 1,
        "resources": 1,
        "partners": 1,
        "contacts": 1,
        "one-to-ones": 1,
        "promises": 1,
        "follow-ups": 1,
        "workgroups": 1,
    }
    assert "The <mark>stipend</mark> came late." in response.content.decode()


def test_a_visitor_finds_the_guide_alone(client, stipends):
    response = search(client, "stipend")

    assert found(response) == {"practices": 1, "steps": 1, "resources": 1}
    page = response.content.decode()
    assert "csrf" not in page.lower()
    assert "Rosa" not in page


def test_an_editor_finds_no_relationship_records(client, editor, stipends):
    client.force_login(editor)

    assert found(search(client, "stipend")) == {"practices": 1, "steps": 1, "resources": 1}


def test_what_the_reader_may_not_see_is_neither_shown_nor_counted(
    as_staff, as_lead, client, lead, staff
):
    """A one-to-one of the author's own, one of the equity team's, one of all staff."""
    OneToOneFactory(what_mattered="A private worry.", created_by=lead, readers=Readers.AUTHOR)
    team = OneToOneFactory(
        what_mattered="A shared worry.", created_by=lead, readers=Readers.EQUITY_TEAM
    )
    FollowUpFactory(what="Answer the worry", assignee=lead, one_to_one=team)
    OneToOneFactory(what_mattered="A common worry.", created_by=lead, readers=Readers.STAFF)

    client.force_login(staff)
    response = search(client, "worry")

    assert found(response) == {"one-to-ones": 1}
    page = response.content.decode()
    assert "common" in page
    assert "private" not in page
    assert "shared" not in page
    assert "Answer" not in page


def test_at_most_eight_of_a_kind_are_shown_and_the_list_has_the_rest(as_lead):
    PartnerFactory.create_batch(SHOWN + 3, about="Tenants.")

    response = search(as_lead, "tenants")

    (kind,) = response.context["kinds"]
    assert (len(kind.hits), kind.total) == (8, 11)
    page = response.content.decode()
    assert "The best 8 of 11." in page
    address = reverse("partnerships:partner-list", query={"q": "tenants"})
    assert f'href="{address}"' in page


def test_archived_retired_and_draft_things_are_not_found(as_lead, lead, editor):
    archived = {"archived_at": NOON, "archived_by": lead}
    PartnerFactory(about="Tenants.", **archived)
    ResourceFactory(annotation="Tenants.", **archived)
    PracticeRevisionFactory(what_it_is="Tenants.", status="draft", published_at=None)
    PracticeRevisionFactory(
        what_it_is="Tenants.", practice__archived_at=NOON, practice__archived_by=lead
    )

    assert found(search(as_lead, "tenants")) == {}


def test_nothing_found_says_what_to_try(client):
    page = search(client, "zzz").content.decode()

    assert "Nothing says “zzz”" in page
    assert "The beginning of a word is enough" in page


def test_an_empty_search_asks_what_to_look_for(client):
    assert "What are you looking for?" in client.get(reverse("search")).content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "\x00",
        "tenants\x00",
        "' OR 1=1 --",
        '"',
        '"tenants',
        '-"',
        "& | ! ( ) <-> :*",
        "tenants & !rent",
        "-",
        "\\",
        "%",
        "the",
        "<script>alert(1)</script>",
        "ñandú ÉCOLE 租金",
        "x" * 10_000,
        "a " * 99,
    ],
)
def test_hostile_words_are_only_words(as_lead, stipends, words):
    response = search(as_lead, words)

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_words_that_are_too_many_are_said_to_be(client):
    assert "Shorten it to 200" in search(client, "x" * 10_000).content.decode()


def test_markup_in_a_record_is_shown_as_text(as_lead):
    PartnerFactory(name="Tenants < & > more", about="tenants <img src=x onerror=alert(1)")

    page = search(as_lead, "tenants").content.decode()

    assert "<mark>Tenants</mark> &lt; &amp; &gt; more" in page
    assert "<img src=x" not in page


def test_excerpts_leave_markdown_out(client):
    PracticeRevisionFactory(
        purpose="Listen.", what_it_is="- **Tenants** [speak](https://a.test) of `rent`.\n- Often."
    )

    (kind,) = find("tenants", reader=client.get("/").wsgi_request.user, today=NOON.date())

    assert kind.hits[0].excerpt == "Listen. \ue000Tenants\ue001 speak of rent. Often."


@pytest.mark.parametrize("rows", [1, 3])
def test_search_query_count(as_lead, lead, django_assert_num_queries, rows):
    for _ in range(rows):
        PracticeRevisionFactory(what_it_is="Tenants.")
        ActionStepRevisionFactory(step=ActionStepFactory(), why="Tenants.")
        ResourceFactory(annotation="Tenants.")
        PartnerFactory(about="Tenants.", created_by=lead)
        ContactFactory(name="Tenants", created_by=lead)
        OneToOneFactory(what_mattered="Tenants.", created_by=lead)
        FollowUpFactory(what="Tenants", assignee=lead)
        WorkgroupFactory(purpose="Tenants.", created_by=lead, sponsor=lead)

    # the session, the person, the department; one for each of nine kinds; where contacts are,
    # and with whom and for whom a one-to-one was
    with django_assert_num_queries(15):
        search(as_lead, "tenants")


def test_one_to_ones_are_found_by_who_was_there_by_title_and_by_issue(as_lead, lead, other_lead):
    rosa, union = ContactFactory(name="Rosa Delgado"), PartnerFactory(name="Tenants Union")
    with_rosa, for_union = OneToOneFactory(what_mattered="a"), OneToOneFactory(what_mattered="b")
    with_rosa.contacts.add(rosa)
    for_union.partners.add(union)
    event = OneToOneFactory(kind="event", title="Harvest day", issues=["transit"])
    event.colleagues.add(other_lead)
    private = OneToOneFactory(readers=Readers.AUTHOR)
    private.contacts.add(rosa)

    def rows(words):
        kinds = {kind.name: kind for kind in find(words, reader=lead, today=NOON.date())}
        return [hit.record for hit in kinds["one-to-ones"].hits] if "one-to-ones" in kinds else []

    assert rows("delgado") == [with_rosa]
    assert rows("tenants") == [for_union]
    assert rows("harvest") == rows("transit") == rows("joy") == [event]
    assert rows("nobody") == []


def test_what_an_organization_works_for_does_not_find_each_one_to_one_with_it(as_lead):
    OneToOneFactory().partners.add(PartnerFactory(name="Tenants Union", about="Rent control."))

    assert found(search(as_lead, "rent")) == {"partners": 1}
    assert found(search(as_lead, "tenants")) == {"partners": 1, "one-to-ones": 1}


def test_what_is_called_by_the_words_is_offered_first(as_lead):
    ResourceFactory(title="A guide", annotation="Tenants.")
    PartnerFactory(name="Eastbank Tenants Union")

    assert [title for _kind, title in suggested(as_lead, "tenan")] == [
        "Eastbank Tenants Union",
        "A guide",
    ]


def test_partners_are_found_by_their_issues_and_tags(as_lead):
    PartnerFactory(name="Tenants Union", issue_areas=["Rent control"], tags=["forum"])

    page = search(as_lead, "rent").content.decode()

    assert "<mark>Rent</mark> control" in page
    assert found(search(as_lead, "forum")) == {"partners": 1}


def suggested(client, words):
    rows = client.get(reverse("search-suggest"), {"q": words}).json()["results"]
    return [(row["kind"], row["title"]) for row in rows]


def test_the_search_box_offers_a_few_of_each_kind(as_lead, lead, stipends):
    PartnerFactory.create_batch(4, name="Stipend League")
    OneToOneFactory(what_mattered="The stipend.").contacts.add(ContactFactory(name="Rosa"))

    rows = suggested(as_lead, "stipe")

    kinds = [kind for kind, _title in rows]
    assert (kinds.count("Partner organizations"), kinds.count("One-to-ones")) == (3, 2)
    assert ("One-to-ones", "Rosa") in rows
    assert ("Follow-ups", "Ask about the stipend") in rows


def test_a_stranger_is_offered_the_guide_alone(client, editor, stipends):
    guide = {"Practices", "Action steps", "Resources"}

    assert {kind for kind, _title in suggested(client, "stipend")} == guide
    client.force_login(editor)
    assert {kind for kind, _title in suggested(client, "stipend")} == guide


@pytest.mark.parametrize("words", ["", "\x00", "x" * 500, "& | !", '"'])
def test_no_words_break_the_suggestions(as_lead, words):
    assert suggested(as_lead, words) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_suggestions_take_as_many_questions_however_much_is_found(
    as_lead, stipends, django_assert_num_queries, rows
):
    for _row in range(rows):
        OneToOneFactory(what_mattered="Stipends.").contacts.add(ContactFactory())

    with django_assert_num_queries(15):
        suggested(as_lead, "stipend")
