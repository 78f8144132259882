from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import DepartmentSettings
from practices import pages
from practices.models import PracticeResource, StepResource
from practices.services import start_draft
from tests.factories import (
    NOON,
    ActionStepFactory,
    ActionStepRevisionFactory,
    PracticeFactory,
    PracticeRevisionFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    practice = PracticeFactory(slug="build-partnerships", original="https://guide.test/bp")
    PracticeRevisionFactory(
        practice=practice,
        name="Build Partnerships",
        purpose="Stand with others.",
        what_it_is="People who **know** each other.",
        why_it_matters="Rent is decided elsewhere.",
        what_it_needs="## What it needs\n\nTime.\n\n## Health in All Policies\n\nOther agencies.",
        signs="- Organizers call us first.",
        questions="- Whom did we meet?",
        change_note="Step two names stipends.",
    )
    return practice


@pytest.fixture
def step(practice):
    step = ActionStepFactory(practice=practice, slug="hold-one-to-ones", order=1)
    ActionStepRevisionFactory(
        step=step,
        title="Hold one-to-ones",
        short_title="One-to-ones",
        what_to_do="Ask for half an hour.",
        why="Trust begins with two people.",
        begin_this_week="Write to one person.",
        what_it_takes="Two hours.",
        traps="- Bringing a survey.",
    )
    return step


def open_page(client, practice):
    return client.get(practice.get_absolute_url())


def test_practice_page_says_everything_that_is_published(client, practice, step):
    resource = ResourceFactory(title="A tip sheet", publisher="A press", annotation="Be brief.")
    StepResource.objects.create(step=step, resource=resource)

    response = open_page(client, practice)

    page = response.content.decode()
    for words in [
        "<h1>Build Partnerships</h1>",
        "Stand with others.",
        "People who <strong>know</strong> each other.",
        "Rent is decided elsewhere.",
        '<h2 id="part-more-1">What it needs</h2>',
        '<h2 id="part-more-2">Health in All Policies</h2>',
        "Organizers call us first.",
        "Whom did we meet?",
        '<section class="step" id="hold-one-to-ones"',
        "Ask for half an hour.",
        "Trust begins with two people.",
        "<dt>Begin this week</dt>",
        "<p>Write to one person.</p>",
        "<dt>What it takes</dt>",
        "<p>Two hours.</p>",
        "<dt>Common traps</dt>",
        "<li>Bringing a survey.</li>",
        ">A tip sheet</a></cite>",
        "Be brief.",
        "For step 1.",
        "What changed: Step two names stipends.",
        'href="https://guide.test/bp"',
        "This is version 1, published on March 12, 2026.",
    ]:
        assert words in page


def test_practice_page_is_public_and_asks_for_no_token(client, practice, step):
    response = open_page(client, practice)

    assert response.status_code == 200
    assert "csrf" not in response.content.decode().lower()
    assert "csrftoken" not in response.cookies


def test_an_unchanged_practice_page_is_not_sent_twice(client, practice, step):
    etag = open_page(client, practice)["ETag"]

    again = client.get(practice.get_absolute_url(), headers={"if-none-match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_guide_pages_ask_to_sign_in_when_the_department_says_so(client, practice, staff):
    DepartmentSettings.objects.update(guide_is_public=False)
    addresses = [
        practice.get_absolute_url(),
        reverse("practices:resource-list"),
        reverse("practice-list"),
        reverse("search", query={"q": "trust"}),
    ]

    asked = [client.get(address) for address in addresses]
    client.force_login(staff)
    opened = [client.get(address).status_code for address in addresses]

    login = reverse("account_login")
    assert [response.status_code for response in asked] == [302, 302, 302, 302]
    assert all(response["Location"].startswith(f"{login}?next=/") for response in asked)
    assert opened == [200, 200, 200, 200]


def test_a_retired_practice_is_gone(client, practice, editor):
    type(practice).objects.update(archived_at=NOON, archived_by=editor)

    assert open_page(client, practice).status_code == 404


def test_a_practice_without_published_words_is_not_there_yet(client):
    revision = PracticeRevisionFactory(status="draft", published_at=None)

    assert open_page(client, revision.practice).status_code == 404


def test_a_practice_that_is_being_written_says_so(client):
    revision = PracticeRevisionFactory(what_it_is="", purpose="Say what is true.")

    page = open_page(client, revision.practice).content.decode()

    assert "This practice is being written" in page
    assert "Say what is true." in page
    assert "Action steps" not in page


def test_retired_steps_and_drafts_are_not_on_the_page(practice, step, editor):
    retired = ActionStepFactory(practice=practice, archived_at=NOON, archived_by=editor)
    ActionStepRevisionFactory(step=retired)
    coming = ActionStepFactory(practice=practice)
    ActionStepRevisionFactory(step=coming, status="draft", published_at=None)

    page = pages.practice_page(practice.revisions.get())

    assert [(part.number, part.slug) for part in page.steps] == [(1, "hold-one-to-ones")]


def test_references_name_the_steps_they_serve_in_order(practice, step):
    second = ActionStepFactory(practice=practice, order=2)
    ActionStepRevisionFactory(step=second)
    late, early, unlisted = (ResourceFactory(title=title) for title in ["B", "A", "C"])
    PracticeResource.objects.create(practice=practice, resource=late, order=2)
    PracticeResource.objects.create(practice=practice, resource=early, order=1)
    for served in (second, step):
        StepResource.objects.create(step=served, resource=unlisted)
    ResourceFactory(title="Of another practice")
    hidden = ResourceFactory(status="draft")
    PracticeResource.objects.create(practice=practice, resource=hidden)

    page = pages.practice_page(practice.revisions.get())

    listed = [(reference.resource, reference.serves) for reference in page.references]
    assert listed == [(early, ""), (late, ""), (unlisted, "For steps 1, 2.")]


def test_the_colophon_names_the_step_that_changed_last(client, practice, step):
    later = NOON.replace(year=2027)
    type(step.revisions.get()).objects.update(published_at=later, change_note="Stipends.")

    page = open_page(client, practice).content.decode()

    assert "The latest change, on March 12, 2027, was to step 1." in page
    assert "What changed: Stipends." in page


def test_staff_see_where_evidence_stands_and_visitors_are_asked_to_sign_in(
    client, practice, step, staff
):
    fragment = reverse("taken-up", args=["build-partnerships"])

    visited = open_page(client, practice).content.decode()
    client.force_login(staff)
    seen = open_page(client, practice).content.decode()

    assert (fragment in visited, "Do you work here?" in visited) == (False, True)
    assert f'hx-get="{fragment}"' in seen
    assert f'href="{fragment}#hold-one-to-ones"' in seen


def test_preview_shows_drafts_to_editors_alone(client, practice, step, editor, lead):
    draft = start_draft(revision=step.revisions.get(), by=editor, at=NOON)
    type(draft).objects.filter(pk=draft.pk).update(title="Listen first")
    address = reverse("practices:practice-preview", args=[practice.slug])

    client.force_login(lead)
    refused = client.get(address)
    client.force_login(editor)
    shown = client.get(address).content.decode()

    assert refused.status_code == 403
    assert "Listen first" in shown
    assert "This is a preview" in shown
    assert "Listen first" not in open_page(client, practice).content.decode()


def test_preview_without_any_words_is_not_there(client, editor):
    practice = PracticeFactory()
    client.force_login(editor)

    assert (
        client.get(reverse("practices:practice-preview", args=[practice.slug])).status_code == 404
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_practice_page_query_count(client, django_assert_num_queries, rows):
    practice = PracticeRevisionFactory().practice
    for _ in range(rows):
        step = ActionStepFactory(practice=practice)
        ActionStepRevisionFactory(step=step)
        resource = ResourceFactory()
        StepResource.objects.create(step=step, resource=resource)
        PracticeResource.objects.create(practice=practice, resource=resource)

    with django_assert_num_queries(5):  # the department, words, steps, what serves, resources
        client.get(practice.get_absolute_url())


# --- resources ----------------------------------------------------------------------------


def listed(client, **query):
    response = client.get(reverse("practices:resource-list", query=query))
    return list(response.context["page_obj"])


def test_resource_list_shows_what_is_published_and_current(client, editor):
    shown = ResourceFactory()
    ResourceFactory(status="draft")
    ResourceFactory(archived_at=NOON, archived_by=editor)

    assert listed(client) == [shown]


def test_resource_list_is_narrowed_by_kind_practice_and_words(client):
    practice = PracticeRevisionFactory().practice
    video = ResourceFactory(kind="video", title="Tenants speak")
    report = ResourceFactory(kind="report", title="Stipends that arrive")
    PracticeResource.objects.create(practice=practice, resource=report)

    assert listed(client, kind="video") == [video]
    assert listed(client, practice=practice.slug) == [report]
    assert listed(client, q="stip") == [report]
    assert listed(client, q="stip", kind="video") == []


def test_resource_list_says_when_nothing_fits(client):
    ResourceFactory()

    page = client.get(reverse("practices:resource-list", query={"q": "zzz"})).content.decode()

    assert "No resource fits" in page


def test_resource_list_says_when_there_is_none(client, editor):
    visited = client.get(reverse("practices:resource-list")).content.decode()
    client.force_login(editor)
    kept = client.get(reverse("practices:resource-list")).content.decode()

    assert ("No resources yet" in visited, "Add a resource" in visited) == (True, False)
    assert "Add a resource" in kept


@pytest.mark.parametrize(
    "query",
    ["?kind=poem", "?practice=none", "?page=999", "?page=x", "?q=%00", "?q=" + "x" * 10_000],
)
def test_resource_list_survives_a_strange_address(client, query):
    ResourceFactory()

    assert client.get(reverse("practices:resource-list") + query).status_code == 200


def test_resource_list_answers_htmx_with_its_rows(client):
    ResourceFactory(title="A tip sheet")

    response = client.get(reverse("practices:resource-list"), headers={"hx-request": "true"})

    assert response.content.decode().strip().startswith('<div id="rows">')
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("rows", [1, 3])
def test_resource_list_query_count(client, django_assert_num_queries, rows):
    for _ in range(rows):
        practice = PracticeRevisionFactory().practice
        PracticeResource.objects.create(practice=practice, resource=ResourceFactory())

    # the department, practices to choose from, the count, the rows, their practices
    with django_assert_num_queries(5):
        client.get(reverse("practices:resource-list"))
