from __future__ import annotations

import pytest
from django.urls import reverse

from equity_portal.catalog import groups_of_practices, steps_taken_up
from infrastructure.models import Adoption
from tests.factories import (
    NOON,
    ActionStepFactory,
    ActionStepRevisionFactory,
    AdoptionFactory,
    PracticeFactory,
    PracticeGroupFactory,
    PracticeRevisionFactory,
    ProgramFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def a_step(practice, **fields):
    step = ActionStepFactory(practice=practice, **fields)
    ActionStepRevisionFactory(step=step)
    return step


@pytest.fixture
def practice():
    practice = PracticeFactory(slug="build-partnerships")
    PracticeRevisionFactory(practice=practice, name="Build Partnerships")
    return practice


# --- the practices at a glance ------------------------------------------------------------


def test_practices_stand_in_the_order_of_the_guide_and_in_their_groups():
    ground = PracticeGroupFactory(order=2, place="ground")
    grows = PracticeGroupFactory(order=1)
    second, first, third = (
        PracticeFactory(group=group, order=order)
        for group, order in [(grows, 2), (grows, 1), (ground, 1)]
    )
    names = {
        practice: PracticeRevisionFactory(practice=practice).name
        for practice in (second, first, third)
    }

    groups = groups_of_practices()

    assert [(group.group, [line.name for line in group.practices]) for group in groups] == [
        (grows, [names[first], names[second]]),
        (ground, [names[third]]),
    ]


def test_a_practice_counts_its_steps_and_those_taken_up_here(practice, editor):
    taken, open_step = a_step(practice), a_step(practice)
    retired = a_step(practice, archived_at=NOON, archived_by=editor)
    AdoptionFactory.create_batch(2, step=taken)
    AdoptionFactory(step=retired)
    AdoptionFactory(step=open_step, status=Adoption.Status.SET_ASIDE, reason_set_aside="No hours.")

    (line,) = groups_of_practices()[0].practices

    assert (line.steps_total, line.steps_taken, line.is_being_written) == (2, 1, False)


def test_practice_list_is_public_and_asks_for_no_token(client, practice):
    response = client.get(reverse("practice-list"))

    page = response.content.decode()
    assert f'href="{practice.get_absolute_url()}"' in page
    assert "Being written" in page
    assert "csrf" not in page.lower()
    assert (
        client.get(
            reverse("practice-list"), headers={"if-none-match": response["ETag"]}
        ).status_code
        == 304
    )


def test_practice_list_says_when_there_is_nothing(client, editor):
    visited = client.get(reverse("practice-list")).content.decode()
    client.force_login(editor)
    kept = client.get(reverse("practice-list")).content.decode()

    assert ("The guide is empty" in visited, "Add a practice" in visited) == (True, False)
    assert "Add a practice" in kept


@pytest.mark.parametrize("rows", [1, 3])
def test_practice_list_query_count(client, django_assert_num_queries, rows):
    for _ in range(rows):
        AdoptionFactory(step=a_step(PracticeRevisionFactory().practice))

    with django_assert_num_queries(4):  # the department, steps, steps taken up, words
        client.get(reverse("practice-list"))


# --- what teams here did ------------------------------------------------------------------


def test_taken_up_says_who_took_each_step_up(as_staff, practice):
    step = a_step(practice, slug="hold-one-to-ones")
    a_step(practice, slug="earn-your-place")
    ana = UserFactory(name="Ana Reyes")
    AdoptionFactory(step=step, person=ana, intent="Four a month.", created_by=ana)
    program = ProgramFactory(name="Healthy Homes")
    AdoptionFactory(step=step, person=None, program=program, created_by=ana)

    page = as_staff.get(reverse("taken-up", args=[practice.slug])).content.decode()

    assert "<b>Ana Reyes</b>, since March 2026." in page
    assert "Four a month." in page
    assert "<b>Healthy Homes</b>" in page
    assert page.count("Nobody has taken this up yet.") == 1
    take_up = reverse("infrastructure:adoption-create", args=[practice.slug, "earn-your-place"])
    assert f'href="{take_up}"' in page


def test_taken_up_answers_htmx_with_a_piece_for_each_step(as_staff, practice):
    a_step(practice, slug="hold-one-to-ones")
    a_step(practice, slug="earn-your-place")

    response = as_staff.get(
        reverse("taken-up", args=[practice.slug]), headers={"hx-request": "true"}
    )

    page = response.content.decode()
    assert page.count('hx-swap-oob="true"') == 2
    assert 'id="taken-up-hold-one-to-ones"' in page
    assert "<html" not in page
    assert "HX-Request" in response["Vary"]


def test_taken_up_leaves_out_what_was_set_aside_or_archived(practice, staff, lead):
    step = a_step(practice)
    AdoptionFactory(step=step, status=Adoption.Status.SET_ASIDE, reason_set_aside="No hours.")
    AdoptionFactory(step=step, archived_at=NOON, archived_by=lead)
    shown = AdoptionFactory(step=step, status=Adoption.Status.DONE)

    (found,) = steps_taken_up(practice, reader=staff)

    assert list(found.adoptions) == [shown]


def test_taken_up_is_for_those_who_may_see_workgroups(client, practice, editor):
    address = reverse("taken-up", args=[practice.slug])

    visited = client.get(address)
    client.force_login(editor)
    refused = client.get(address)

    assert (visited.status_code, refused.status_code) == (302, 403)


def test_taken_up_of_an_unknown_practice_is_not_there(as_staff):
    assert as_staff.get(reverse("taken-up", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_taken_up_query_count(as_staff, django_assert_num_queries, practice, rows):
    for _ in range(rows):
        AdoptionFactory.create_batch(2, step=a_step(practice))

    # the session, the person, the department, words, adoptions, steps
    with django_assert_num_queries(6):
        as_staff.get(reverse("taken-up", args=[practice.slug]), headers={"hx-request": "true"})
