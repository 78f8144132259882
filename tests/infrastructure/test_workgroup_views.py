"""Workgroups: what they are for, who is in them, and how that changes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from infrastructure.models import Workgroup
from tests.factories import (
    NOON,
    ActionStepRevisionFactory,
    AdoptionFactory,
    MembershipFactory,
    UserFactory,
    WorkgroupFactory,
)

pytestmark = pytest.mark.django_db

LIST, CREATE = reverse("infrastructure:workgroup-list"), reverse("infrastructure:workgroup-create")


def page_of(workgroup: Workgroup, verb: str) -> str:
    return reverse(f"infrastructure:workgroup-{verb}", args=[workgroup.pk])


def form_of(page) -> dict:
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


# --- list ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Fair hiring", "Language access"]),
        ({"q": "interpreters"}, ["Language access"]),
        ({"q": "hir"}, ["Fair hiring"]),
        ({"q": "nothing like it"}, []),
        ({"mine": "on"}, ["Language access"]),
        ({"archived": "on"}, ["Old plans"]),
        ({"q": "\x00"}, ["Fair hiring", "Language access"]),
    ],
)
def test_workgroup_list_filters(as_staff, staff, query, names):
    WorkgroupFactory(name="Fair hiring")
    language = WorkgroupFactory(name="Language access", purpose="Interpreters at every counter.")
    MembershipFactory(workgroup=language, user=staff)
    left = WorkgroupFactory(name="Old plans", archived_at=NOON, archived_by=staff)
    MembershipFactory(workgroup=left, user=staff)

    page = as_staff.get(LIST, query)

    assert [workgroup.name for workgroup in page.context["page_obj"]] == names


def test_workgroup_list_counts_and_names_those_in_it_now(as_staff):
    workgroup = WorkgroupFactory()
    for name, role, ended_on in [
        ("Ben", "co_chair", None),
        ("Ana", "chair", None),
        ("Cal", "member", None),
        ("Eve", "chair", "2026-02-01"),
    ]:
        MembershipFactory(
            workgroup=workgroup, user=UserFactory(name=name), role=role, ended_on=ended_on
        )

    (row,) = as_staff.get(LIST).context["page_obj"]

    assert (row.size, [chair.user.name for chair in row.chairs]) == (3, ["Ana", "Ben"])


@pytest.mark.parametrize("rows", [1, 3])
def test_workgroup_list_query_count(as_staff, django_assert_num_queries, rows):
    for workgroup in WorkgroupFactory.create_batch(rows):
        MembershipFactory.create_batch(rows, workgroup=workgroup, role="chair")

    with django_assert_num_queries(6):
        as_staff.get(LIST)


def test_workgroup_list_answers_htmx_with_the_rows_alone(as_staff):
    WorkgroupFactory(name="Fair hiring")

    page = as_staff.get(LIST, headers={"HX-Request": "true"})

    html = page.content.decode()
    assert html.strip().startswith('<div id="rows">')
    assert "Fair hiring" in html
    assert "HX-Request" in page["Vary"]


def test_empty_workgroup_list_says_what_to_do(as_lead):
    html = as_lead.get(LIST).content.decode()

    assert "Find a leader who will sponsor one" in html
    assert html.count(f'href="{CREATE}"') == 2


# --- detail -------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_workgroup_detail_query_count(as_lead, django_assert_num_queries, rows):
    workgroup = WorkgroupFactory()
    MembershipFactory.create_batch(rows, workgroup=workgroup)
    MembershipFactory.create_batch(rows, workgroup=workgroup, ended_on="2026-02-01")
    for _ in range(rows):
        step = ActionStepRevisionFactory().step
        AdoptionFactory(
            step=step, person=None, workgroup=workgroup, created_by=workgroup.created_by
        )

    with django_assert_num_queries(9):
        as_lead.get(workgroup.get_absolute_url())


def test_workgroup_detail_lists_chairs_first_and_the_past_apart(as_staff):
    workgroup = WorkgroupFactory()
    member = MembershipFactory(workgroup=workgroup, user__name="Ana")
    chair = MembershipFactory(workgroup=workgroup, user__name="Zoe", role="chair")
    before = MembershipFactory(workgroup=workgroup, ended_on="2026-02-01")

    page = as_staff.get(workgroup.get_absolute_url()).context["page"]

    assert (page.members, page.past) == ([chair, member], [before])


def test_workgroup_detail_shows_steps_that_are_still_there(as_staff, staff):
    workgroup = WorkgroupFactory()
    words = ActionStepRevisionFactory(title="Name a lead for equity")
    of_group = {"person": None, "workgroup": workgroup, "created_by": workgroup.created_by}
    shown = AdoptionFactory(**of_group, step=words.step)
    AdoptionFactory(**of_group, archived_at=NOON, archived_by=staff)

    page = as_staff.get(workgroup.get_absolute_url()).context["page"]

    assert [(row, row.step_title) for row in page.adoptions] == [(shown, "Name a lead for equity")]


def test_workgroup_detail_offers_changes_to_those_who_may(as_staff, staff):
    workgroup = WorkgroupFactory()
    MembershipFactory(workgroup=workgroup)
    before = as_staff.get(workgroup.get_absolute_url()).content.decode()
    MembershipFactory(workgroup=workgroup, user=staff, role="chair")

    after = as_staff.get(workgroup.get_absolute_url()).content.decode()

    words = ["Add a colleague", "Change the role", "Has left", "Archive this workgroup"]
    assert [word in before for word in words] == [False] * 4
    assert [word in after for word in words] == [True] * 4


# --- create, edit -------------------------------------------------------------------------


def new_workgroup(**words) -> dict:
    sponsor = UserFactory()
    return {"name": "Fair hiring", "purpose": "Who we hire.", "sponsor": sponsor.pk} | words


def test_start_a_workgroup(as_lead, lead):
    words = new_workgroup()

    answer = as_lead.post(CREATE, words)

    workgroup = Workgroup.objects.get()
    assert answer.url == workgroup.get_absolute_url()
    assert (
        workgroup.name,
        workgroup.purpose,
        workgroup.sponsor_id,
        workgroup.created_by,
    ) == ("Fair hiring", "Who we hire.", words["sponsor"], lead)


def test_start_a_workgroup_of_a_name_that_is_taken(as_lead):
    WorkgroupFactory(name="Fair hiring")

    page = as_lead.post(CREATE, new_workgroup())

    assert page.context["form"].errors == {"name": ["There is a workgroup of this name already."]}


def test_the_name_of_an_archived_workgroup_is_free(as_lead, lead):
    WorkgroupFactory(name="Fair hiring", archived_at=NOON, archived_by=lead)

    assert as_lead.post(CREATE, new_workgroup()).status_code == 302


def test_starting_needs_a_name_a_purpose_and_a_sponsor(as_lead):
    page = as_lead.post(CREATE, {"name": " ", "purpose": ""})

    assert list(page.context["form"].errors) == ["name", "purpose", "sponsor"]


def test_a_purpose_of_a_million_letters_is_refused_at_its_field(as_lead):
    page = as_lead.post(CREATE, new_workgroup(purpose="x" * 1_000_000))

    assert list(page.context["form"].errors) == ["purpose"]


def test_staff_do_not_start_workgroups(as_staff):
    assert as_staff.get(CREATE).status_code == 403


def test_edit_keeps_its_own_name_and_a_sponsor_who_left(as_lead):
    workgroup = WorkgroupFactory(sponsor__is_active=False)
    url = page_of(workgroup, "edit")

    answer = as_lead.post(url, form_of(as_lead.get(url)) | {"purpose": "More."})

    assert answer.url == workgroup.get_absolute_url()


@pytest.mark.parametrize(("method", "verb"), [("get", "edit"), ("post", "archive")])
def test_members_who_chair_nothing_change_nothing(as_staff, staff, method, verb):
    workgroup = WorkgroupFactory()
    MembershipFactory(workgroup=workgroup, user=staff)

    assert getattr(as_staff, method)(page_of(workgroup, verb)).status_code == 403


# --- archive ------------------------------------------------------------------------------


def test_archive_and_undo(as_lead, lead):
    workgroup = WorkgroupFactory(name="Fair hiring")

    page = as_lead.post(page_of(workgroup, "archive"), follow=True)

    workgroup.refresh_from_db()
    assert workgroup.archived_by == lead
    (message,) = page.context["messages"]
    assert str(message) == "Fair hiring is archived. Who was in it is kept."

    page = as_lead.post(message.extra_tags, follow=True)

    workgroup.refresh_from_db()
    assert workgroup.archived_at is None
    assert said(page) == ["Fair hiring is back."]


def test_restore_when_another_has_the_name_now(as_lead, lead):
    workgroup = WorkgroupFactory(name="Fair hiring", archived_at=NOON, archived_by=lead)
    WorkgroupFactory(name="Fair hiring")

    page = as_lead.post(page_of(workgroup, "restore"), follow=True)

    workgroup.refresh_from_db()
    assert workgroup.is_archived
    assert said(page) == ["Another workgroup is called Fair hiring now. Rename one of them first."]


def test_restore_twice_says_so(as_lead):
    workgroup = WorkgroupFactory()

    page = as_lead.post(page_of(workgroup, "restore"), follow=True)

    assert said(page) == ["Somebody brought that back already."]


def test_archived_workgroup_says_so_and_takes_nobody_in(as_lead, lead):
    workgroup = WorkgroupFactory(archived_at=NOON, archived_by=lead)
    words = {"user": UserFactory().pk, "role": "member", "started_on": "2026-03-01"}

    html = as_lead.get(workgroup.get_absolute_url()).content.decode()
    url = reverse("infrastructure:membership-create", args=[workgroup.pk])
    answer = as_lead.post(url, words)

    assert "Bring it back" in html
    assert "Add a colleague" not in html
    assert answer.status_code == 404
