"""Steps taken up: which there are, and how they go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    NOON,
    ActionStepRevisionFactory,
    AdoptionFactory,
    MembershipFactory,
    PracticeRevisionFactory,
    ProgramFactory,
    UserFactory,
    WorkgroupFactory,
)

if TYPE_CHECKING:
    from datetime import date

    from infrastructure.models import Adoption

pytestmark = pytest.mark.django_db

LIST = reverse("infrastructure:adoption-list")


def days_from_today(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def words(db):
    """The published words of one step."""
    return ActionStepRevisionFactory(
        title="Name a lead for equity", begin_this_week="Ask who *already* does this."
    )


def page_of(adoption: Adoption, verb: str) -> str:
    return reverse(f"infrastructure:adoption-{verb}", args=[adoption.pk])


def form_of(page) -> dict:
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


# --- list ---------------------------------------------------------------------------------


@pytest.fixture
def taken_up(staff):
    """One line each, named by what is meant."""
    practice = PracticeRevisionFactory(name="Build power").practice
    step = ActionStepRevisionFactory(step__practice=practice).step
    mine = {"person": staff}
    AdoptionFactory(**mine, intent="late", due_on=days_from_today(-1))
    AdoptionFactory(**mine, intent="soon", due_on=days_from_today(30), status="under_way")
    AdoptionFactory(**mine, intent="of that practice", step=step)
    AdoptionFactory(**mine, intent="done", status="done")
    AdoptionFactory(**mine, intent="aside", status="set_aside", reason_set_aside="No post.")
    AdoptionFactory(**mine, intent="archived", archived_at=NOON, archived_by=staff)
    AdoptionFactory(intent="theirs", due_on=days_from_today(30))
    return practice


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ({}, ["late", "soon", "of that practice"]),
        ({"whose": "all"}, ["late", "soon", "theirs", "of that practice"]),
        ({"status": "planned"}, ["late", "of that practice"]),
        ({"status": "under_way"}, ["soon"]),
        ({"status": "done"}, ["done"]),
        ({"status": "set_aside"}, ["aside"]),
        ({"status": "archived"}, ["archived"]),
        ({"status": "live"}, ["late", "soon", "of that practice", "done"]),
        ({"practice": "that"}, ["of that practice"]),
        ({"practice": "none such"}, ["late", "soon", "of that practice"]),
    ],
)
def test_adoption_list_filters(as_staff, taken_up, query, lines):
    if query.get("practice") == "that":
        query = {"practice": taken_up.slug}

    page = as_staff.get(LIST, query)

    assert [adoption.intent for adoption in page.context["page_obj"]] == lines


def test_adoption_list_says_first_what_to_look_back_on(as_staff, taken_up):
    page = as_staff.get(LIST, {"status": "live"})

    assert [
        (part.title, [adoption.intent for adoption in part.rows], part.is_late)
        for part in page.context["sections"]
    ] == [
        ("Time to look back", ["late"], True),
        ("Planned and under way", ["soon", "of that practice"], False),
        ("Done", ["done"], False),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_adoption_list_query_count(as_staff, staff, django_assert_num_queries, rows):
    program = ProgramFactory()
    staff.programs.add(program)
    for _ in range(rows):
        AdoptionFactory(person=staff, step=ActionStepRevisionFactory().step)
        AdoptionFactory(person=None, program=program, created_by=staff)
        AdoptionFactory(
            person=None, workgroup=MembershipFactory(user=staff).workgroup, created_by=staff
        )

    with django_assert_num_queries(6):
        as_staff.get(LIST)


def test_adoption_list_answers_htmx_with_the_rows_alone(as_staff, taken_up):
    page = as_staff.get(LIST, headers={"HX-Request": "true"})

    assert page.content.decode().strip().startswith('<div id="rows">')
    assert "HX-Request" in page["Vary"]


def test_empty_adoption_list_says_what_to_do(as_staff):
    html = as_staff.get(LIST).content.decode()

    assert "You have taken up no step yet" in html


# --- detail -------------------------------------------------------------------------------


def test_adoption_detail_says_the_step_as_readers_see_it(as_staff, words):
    adoption = AdoptionFactory(step=words.step)

    html = as_staff.get(adoption.get_absolute_url()).content.decode()

    assert "<h1>Name a lead for equity</h1>" in html
    assert "<p>Ask who <em>already</em> does this.</p>" in html


def test_adoption_of_a_step_retired_since_still_has_a_page(as_staff, staff, words):
    adoption = AdoptionFactory(step=words.step)
    step = words.step
    step.archived_at, step.archived_by = NOON, staff
    step.save()

    page = as_staff.get(adoption.get_absolute_url())

    assert page.context["page"].revision is None
    assert f"<h1>{step}</h1>" in page.content.decode()


def test_adoption_detail_query_count(as_staff, words, django_assert_num_queries):
    adoption = AdoptionFactory(step=words.step)

    with django_assert_num_queries(6):
        as_staff.get(adoption.get_absolute_url())


def test_only_those_it_concerns_are_offered_changes(as_staff, staff):
    theirs, mine = AdoptionFactory(), AdoptionFactory(person=staff)

    pages = [as_staff.get(row.get_absolute_url()).content.decode() for row in (theirs, mine)]

    assert ["Say how it is going" in html for html in pages] == [False, True]


# --- edit ---------------------------------------------------------------------------------


def test_say_how_it_goes(as_staff, staff):
    adoption = AdoptionFactory(person=staff)
    url = page_of(adoption, "edit")

    answer = as_staff.post(url, form_of(as_staff.get(url)) | {"status": "under_way"})

    adoption.refresh_from_db()
    assert answer.url == adoption.get_absolute_url()
    assert (adoption.status, adoption.version) == ("under_way", 2)


def test_saying_how_it_goes_names_the_step(as_staff, staff, words):
    adoption = AdoptionFactory(person=staff, step=words.step)

    page = as_staff.get(page_of(adoption, "edit"))

    assert page.context["lede"] == words.title


def test_set_aside_asks_for_a_reason_at_its_field(as_staff, staff):
    adoption = AdoptionFactory(person=staff)
    url = page_of(adoption, "edit")
    words = form_of(as_staff.get(url)) | {"status": "set_aside"}

    page = as_staff.post(url, words)

    assert page.context["form"].errors == {"reason_set_aside": ["Say why it is set aside."]}
    as_staff.post(url, words | {"reason_set_aside": "No post this year."})
    adoption.refresh_from_db()
    assert (adoption.status, adoption.reason_set_aside) == ("set_aside", "No post this year.")


def test_taken_up_again_drops_the_reason(as_staff, staff):
    adoption = AdoptionFactory(person=staff, status="set_aside", reason_set_aside="No post.")
    url = page_of(adoption, "edit")

    as_staff.post(url, form_of(as_staff.get(url)) | {"status": "planned"})

    adoption.refresh_from_db()
    assert (adoption.status, adoption.reason_set_aside) == ("planned", "")


def test_a_look_back_that_has_passed_does_not_stop_an_edit(as_staff, staff):
    adoption = AdoptionFactory(person=staff, due_on=days_from_today(-1))
    url = page_of(adoption, "edit")

    as_staff.post(url, form_of(as_staff.get(url)) | {"status": "done"})

    adoption.refresh_from_db()
    assert adoption.status == "done"


@pytest.mark.parametrize(
    ("method", "verb"), [("get", "edit"), ("post", "archive"), ("post", "restore")]
)
def test_what_others_took_up_is_theirs_to_change(as_staff, method, verb):
    adoption = AdoptionFactory()

    assert getattr(as_staff, method)(page_of(adoption, verb)).status_code == 403


def test_archive_and_undo(as_staff, staff):
    adoption = AdoptionFactory(person=staff)

    page = as_staff.post(page_of(adoption, "archive"), follow=True)

    adoption.refresh_from_db()
    assert adoption.archived_by == staff
    (message,) = page.context["messages"]
    page = as_staff.post(message.extra_tags, follow=True)
    adoption.refresh_from_db()
    assert adoption.archived_at is None
    assert said(page) == ["The step taken up is back."]


# --- what the database promises -----------------------------------------------------------


@pytest.mark.parametrize("teams", [(), ("person", "program"), ("program", "workgroup")])
def test_a_step_is_one_persons_programs_or_workgroups(teams):
    everybody = {
        "person": UserFactory(),
        "program": ProgramFactory(),
        "workgroup": WorkgroupFactory(),
    }
    chosen = {name: row if name in teams else None for name, row in everybody.items()}

    with pytest.raises(IntegrityError, match="adoption_is_one"), transaction.atomic():
        AdoptionFactory(**chosen, created_by=everybody["person"])


def test_set_aside_has_a_reason():
    with (
        pytest.raises(IntegrityError, match="adoption_set_aside_has_a_reason"),
        transaction.atomic(),
    ):
        AdoptionFactory(status="set_aside")
