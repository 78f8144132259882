"""Who is in a workgroup: joining, another role, leaving, and taking that back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from infrastructure import services
from tests.factories import EditorFactory, MembershipFactory, UserFactory, WorkgroupFactory

if TYPE_CHECKING:
    from infrastructure.models import Membership

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def workgroup(db):
    return WorkgroupFactory()


def url_of(membership: Membership, verb: str) -> str:
    name = f"infrastructure:membership-{verb}"
    return reverse(name, args=[membership.workgroup_id, membership.pk])


def add(client, workgroup, **words):
    url = reverse("infrastructure:membership-create", args=[workgroup.pk])
    return client.post(url, {"role": "member", "started_on": "2026-03-01"} | words, follow=True)


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def story(workgroup) -> list[tuple]:
    rows = workgroup.memberships.order_by("started_on", "pk")
    return list(rows.values_list("user__name", "role", "started_on", "ended_on"))


# --- add ----------------------------------------------------------------------------------


def test_add_a_colleague_and_undo(as_lead, workgroup):
    colleague = UserFactory(name="Rosa Diaz")

    page = add(as_lead, workgroup, user=colleague.pk, role="champion")

    assert said(page) == ["Rosa Diaz is in the workgroup."]
    assert story(workgroup) == [("Rosa Diaz", "champion", date(2026, 3, 1), None)]

    (message,) = page.context["messages"]
    as_lead.post(message.extra_tags)
    assert list(workgroup.memberships.current()) == []


def test_adding_the_same_twice_adds_once(as_lead, workgroup):
    colleague = UserFactory(name="Rosa Diaz")

    add(as_lead, workgroup, user=colleague.pk)
    page = add(as_lead, workgroup, user=colleague.pk)

    assert said(page) == ["Rosa Diaz is in the workgroup."]
    assert workgroup.memberships.count() == 1


def test_adding_a_member_in_another_role_is_refused_at_the_field(as_lead, workgroup):
    membership = MembershipFactory(workgroup=workgroup)

    page = add(as_lead, workgroup, user=membership.user_id, role="chair")

    assert page.context["membership_form"].errors == {
        "user": ["This colleague is a member already."]
    }


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"started_on": "2999-01-01"}, "started_on"),
        ({"started_on": "2026-02-30"}, "started_on"),
        ({"role": "emperor"}, "role"),
        ({"user": "0"}, "user"),
    ],
)
def test_adding_is_refused_at_the_field(as_lead, workgroup, words, field):
    page = add(as_lead, workgroup, **{"user": UserFactory().pk} | words)

    assert list(page.context["membership_form"].errors) == [field]
    assert story(workgroup) == []


def test_only_colleagues_who_see_workgroups_are_offered(as_lead, lead, workgroup):
    EditorFactory()
    UserFactory(is_active=False)

    page = as_lead.get(workgroup.get_absolute_url())

    offered = page.context["membership_form"].fields["user"].queryset
    assert set(offered) == {lead, workgroup.sponsor, workgroup.created_by}


# --- another role -------------------------------------------------------------------------


def test_another_role_begins_today_and_the_past_stays(as_lead):
    membership = MembershipFactory(user__name="Rosa Diaz")

    page = as_lead.post(url_of(membership, "change"), {"role": "chair"}, follow=True)

    assert said(page) == ["Rosa Diaz has another role now."]
    assert story(membership.workgroup) == [
        ("Rosa Diaz", "member", date(2026, 1, 5), TODAY()),
        ("Rosa Diaz", "chair", TODAY(), None),
    ]


def test_a_role_given_today_is_put_right_in_place(as_lead):
    membership = MembershipFactory(user__name="Rosa Diaz", started_on=TODAY())

    as_lead.post(url_of(membership, "change"), {"role": "chair"})

    assert story(membership.workgroup) == [("Rosa Diaz", "chair", TODAY(), None)]


def test_the_same_role_again_changes_nothing(as_lead):
    membership = MembershipFactory(user__name="Rosa Diaz")

    as_lead.post(url_of(membership, "change"), {"role": "member"})

    assert story(membership.workgroup) == [("Rosa Diaz", "member", date(2026, 1, 5), None)]


def test_another_role_pressed_twice_changes_once(as_lead):
    membership = MembershipFactory()

    as_lead.post(url_of(membership, "change"), {"role": "chair"})
    page = as_lead.post(url_of(membership, "change"), {"role": "chair"}, follow=True)

    assert said(page)[-1:] == ["They have left the workgroup already."]
    assert membership.workgroup.memberships.count() == 2


def test_a_role_that_is_none_is_refused(as_lead):
    membership = MembershipFactory()

    page = as_lead.post(url_of(membership, "change"), {"role": "emperor"}, follow=True)

    assert said(page) == ["Choose a role from the list."]


# --- leave, come back ---------------------------------------------------------------------


def test_leave_and_undo(as_lead):
    membership = MembershipFactory(user__name="Rosa Diaz")

    page = as_lead.post(url_of(membership, "end"), follow=True)

    assert said(page) == ["Rosa Diaz has left the workgroup. The past is kept."]
    assert story(membership.workgroup) == [("Rosa Diaz", "member", date(2026, 1, 5), TODAY())]

    (message,) = page.context["messages"]
    page = as_lead.post(message.extra_tags, follow=True)

    assert said(page) == ["Rosa Diaz is in the workgroup again."]
    assert story(membership.workgroup) == [("Rosa Diaz", "member", date(2026, 1, 5), None)]


def test_leave_twice_says_so(as_lead):
    membership = MembershipFactory()
    as_lead.post(url_of(membership, "end"))

    page = as_lead.post(url_of(membership, "end"), follow=True)

    assert said(page)[-1] == "They have left the workgroup already."


def test_coming_back_when_one_is_in_again_already(as_lead):
    membership = MembershipFactory(ended_on=date(2026, 2, 1))
    MembershipFactory(workgroup=membership.workgroup, user=membership.user, role="chair")

    page = as_lead.post(url_of(membership, "resume"), follow=True)

    membership.refresh_from_db()
    assert membership.ended_on == date(2026, 2, 1)
    assert said(page) == ["They are in the workgroup again already."]


def test_a_chair_who_leaves_is_offered_no_undo_that_would_be_refused(as_staff, staff):
    membership = MembershipFactory(user=staff, role="chair")

    page = as_staff.post(url_of(membership, "end"), follow=True)

    (message,) = page.context["messages"]
    assert message.extra_tags == ""


def test_a_chair_changes_the_members_of_their_own_workgroup_alone(as_staff, staff):
    chair = MembershipFactory(user=staff, role="chair")
    own = MembershipFactory(workgroup=chair.workgroup)
    other = MembershipFactory()

    assert as_staff.post(url_of(own, "end")).status_code == 302
    assert as_staff.post(url_of(other, "end")).status_code == 403
    mixed = reverse("infrastructure:membership-end", args=[chair.workgroup_id, other.pk])
    assert as_staff.post(mixed).status_code == 404


# --- what the database promises -----------------------------------------------------------


def test_a_membership_that_begins_after_today_ends_as_it_began():
    tomorrow = TODAY() + timedelta(days=1)
    membership = MembershipFactory(started_on=tomorrow)

    services.end_membership(membership=membership, on=TODAY())

    membership.refresh_from_db()
    assert membership.ended_on == tomorrow


def test_nobody_is_in_a_workgroup_twice(workgroup):
    membership = MembershipFactory(workgroup=workgroup)

    with pytest.raises(IntegrityError, match="membership_is_current_once"), transaction.atomic():
        MembershipFactory(workgroup=workgroup, user=membership.user)


def test_a_membership_ends_after_it_begins(workgroup):
    with pytest.raises(IntegrityError, match="membership_ends_after"), transaction.atomic():
        MembershipFactory(workgroup=workgroup, ended_on=date(2026, 1, 4))
