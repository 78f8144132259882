"""Taking up an action step: for whom, what for, and once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from infrastructure.models import Adoption
from tests.factories import (
    NOON,
    ActionStepRevisionFactory,
    EditorFactory,
    MembershipFactory,
    ProgramFactory,
    WorkgroupFactory,
)

if TYPE_CHECKING:
    from datetime import date

pytestmark = pytest.mark.django_db

LIST = reverse("infrastructure:adoption-list")


def soon() -> date:
    return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def words(db):
    """The published words of one step."""
    return ActionStepRevisionFactory(
        title="Name a lead for equity", begin_this_week="Ask who *already* does this."
    )


def take_up(words) -> str:
    step = words.step
    return reverse("infrastructure:adoption-create", args=[step.practice.slug, step.slug])


def intent(**more) -> dict:
    return {"team": "myself", "intent": "Ask for half a post.", "due_on": soon()} | more


def test_take_up_page_names_the_step_and_changes_nothing(as_staff, words):
    page = as_staff.get(take_up(words))

    assert page.context["lede"] == "Name a lead for equity"
    assert page.context["form"]["due_on"].value() == timezone.localdate() + timedelta(weeks=12)
    assert not Adoption.objects.exists()


def test_take_up_for_oneself(as_staff, staff, words):
    answer = as_staff.post(take_up(words), intent())

    adoption = Adoption.objects.get()
    assert answer.url == adoption.get_absolute_url()
    assert (adoption.step, adoption.team, adoption.intent, adoption.due_on) == (
        words.step,
        staff,
        "Ask for half a post.",
        soon(),
    )
    assert (adoption.status, adoption.created_by) == ("planned", staff)


def test_take_up_for_a_program_or_workgroup_one_belongs_to(as_staff, staff, words):
    program, workgroup = ProgramFactory(), MembershipFactory(user=staff).workgroup
    staff.programs.add(program)

    as_staff.post(take_up(words), intent(team=f"program-{program.pk}"))
    as_staff.post(take_up(words), intent(team=f"workgroup-{workgroup.pk}"))

    assert [adoption.team for adoption in Adoption.objects.order_by("pk")] == [program, workgroup]


def test_teams_on_offer_are_ones_own_and_current(as_staff, staff, words):
    program = ProgramFactory(name="Healthy Homes")
    closed = ProgramFactory(archived_at=NOON, archived_by=staff)
    staff.programs.set([program, closed])
    ProgramFactory()
    mine = MembershipFactory(user=staff, workgroup__name="Fair hiring").workgroup
    MembershipFactory(user=staff, ended_on="2026-02-01")
    WorkgroupFactory()
    gone = MembershipFactory(user=staff).workgroup
    type(gone).objects.filter(pk=gone.pk).update(archived_at=NOON, archived_by=staff)

    choices = as_staff.get(take_up(words)).context["form"].fields["team"].choices

    assert choices == [
        ("myself", "I do, myself"),
        (f"program-{program.pk}", "Program: Healthy Homes"),
        (f"workgroup-{mine.pk}", "Workgroup: Fair hiring"),
    ]


@pytest.mark.parametrize("kind", ["program", "workgroup"])
def test_take_up_for_others_is_refused(as_staff, words, kind):
    team = ProgramFactory() if kind == "program" else WorkgroupFactory()

    page = as_staff.post(take_up(words), intent(team=f"{kind}-{team.pk}"))

    assert list(page.context["form"].errors) == ["team"]
    assert not Adoption.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"intent": ""}, "intent"),
        ({"intent": "x" * 241}, "intent"),
        ({"due_on": "2026-02-30"}, "due_on"),
        ({"team": "person-1"}, "team"),
    ],
)
def test_take_up_is_refused_at_the_field(as_staff, words, more, field):
    page = as_staff.post(take_up(words), intent(**more))

    assert list(page.context["form"].errors) == [field]


def test_a_look_back_is_after_today(as_staff, words):
    page = as_staff.post(take_up(words), intent(due_on=timezone.localdate()))

    assert list(page.context["form"].errors) == ["due_on"]


def test_a_look_back_may_stay_open(as_staff, words):
    as_staff.post(take_up(words), intent(due_on=""))

    assert Adoption.objects.get().due_on is None


@pytest.mark.parametrize("retired", ["step", "practice", "draft"])
def test_a_step_that_readers_cannot_see_is_not_taken_up(as_staff, staff, words, retired):
    if retired == "draft":
        words = ActionStepRevisionFactory(status="draft", published_at=None)
    else:
        row = words.step if retired == "step" else words.step.practice
        row.archived_at, row.archived_by = NOON, staff
        row.save()

    assert as_staff.get(take_up(words)).status_code == 404


def test_a_step_is_found_within_its_own_practice_alone(as_staff, words):
    other = ActionStepRevisionFactory()
    url = reverse(
        "infrastructure:adoption-create", args=[other.step.practice.slug, words.step.slug]
    )

    assert as_staff.get(url).status_code == 404


def test_editors_take_up_nothing(client, words):
    client.force_login(EditorFactory())

    assert client.post(take_up(words), intent()).status_code == 403
