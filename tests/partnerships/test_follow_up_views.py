from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.models import FollowUp
from tests.factories import FollowUpFactory, OneToOneFactory, PartnerFactory

pytestmark = pytest.mark.django_db
LIST = "partnerships:follow-up-list"


def sections(response):
    return [(part.title, [row.what for row in part.rows]) for part in response.context["sections"]]


def test_follow_ups_stand_by_urgency(as_lead, lead):
    today = timezone.localdate()
    for what, days in [("long ago", -20), ("later", 20), ("soon", 4), ("late", -2)]:
        FollowUpFactory(what=what, assignee=lead, due_on=today + timedelta(days=days))
    FollowUpFactory(what="somebody else's")

    response = as_lead.get(reverse(LIST))

    assert sections(response) == [
        ("Late", ["long ago", "late"]),
        ("In the next seven days", ["soon"]),
        ("Later", ["later"]),
    ]


def test_one_press_is_done_and_one_more_takes_it_back(as_lead, lead):
    follow_up = FollowUpFactory(what="Call Rosa", assignee=lead)

    response = as_lead.post(
        reverse("partnerships:follow-up-complete", args=[follow_up.pk]), follow=True
    )

    [message] = response.context["messages"]
    undo = reverse("partnerships:follow-up-reopen", args=[follow_up.pk])
    follow_up.refresh_from_db()
    assert (str(message), message.extra_tags) == ("Done: Call Rosa", undo)
    assert follow_up.completed_by == lead
    as_lead.post(undo)
    follow_up.refresh_from_db()
    assert (follow_up.completed_at, follow_up.completed_by) == (None, None)


def test_done_twice_is_done_once(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead)
    url = reverse("partnerships:follow-up-complete", args=[follow_up.pk])
    as_lead.post(url)
    first = FollowUp.objects.get().completed_at

    response = as_lead.post(url, follow=True)

    assert str(list(response.context["messages"])[-1]) == "Somebody completed that already."
    assert FollowUp.objects.get().completed_at == first


def test_put_off_gives_a_later_day(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead)
    later = timezone.localdate() + timedelta(days=7)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    as_lead.post(url, {"until": later.isoformat(), "version": 1})

    assert (FollowUp.objects.get().due_on, FollowUp.objects.get().version) == (later, 2)


def test_put_off_over_a_date_that_somebody_set_meanwhile_changes_nothing(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead)
    meanwhile = timezone.localdate() + timedelta(days=3)
    FollowUp.objects.update(due_on=meanwhile, version=2)
    later = timezone.localdate() + timedelta(days=7)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    response = as_lead.post(url, {"until": later.isoformat(), "version": 1}, follow=True)

    [message] = response.context["messages"]
    assert str(message).startswith("Somebody changed that meanwhile.")
    assert FollowUp.objects.get().due_on == meanwhile


def test_put_off_what_is_done_already_changes_nothing(as_lead, lead):
    now = timezone.now()
    follow_up = FollowUpFactory(assignee=lead, completed_at=now, completed_by=lead)
    later = timezone.localdate() + timedelta(days=7)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    as_lead.post(url, {"until": later.isoformat(), "version": 1})

    assert FollowUp.objects.get().due_on == follow_up.due_on


@pytest.mark.parametrize("until", ["2020-01-01", "soon", "", "2026-02-30", "9999-12-31"])
def test_put_off_until_no_real_day_changes_nothing(as_lead, lead, until):
    follow_up = FollowUpFactory(assignee=lead)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    response = as_lead.post(url, {"until": until, "version": 1})

    assert (response.status_code, FollowUp.objects.get().due_on) == (200, follow_up.due_on)
    assert set(response.context["form"].errors) == {"until"}


def test_a_press_goes_back_to_our_pages_only(as_lead, lead):
    there, elsewhere = FollowUpFactory.create_batch(2, assignee=lead)

    ours = as_lead.post(
        reverse("partnerships:follow-up-complete", args=[there.pk]), {"next": "/?from=today"}
    )
    theirs = as_lead.post(
        reverse("partnerships:follow-up-complete", args=[elsewhere.pk]),
        {"next": "https://elsewhere.test/"},
    )

    assert (ours.headers["Location"], theirs.headers["Location"]) == (
        "/?from=today",
        reverse(LIST),
    )


def test_the_one_to_one_behind_it_is_named_only_to_its_readers(as_staff, staff):
    talk = OneToOneFactory(readers="author", what_mattered="Said in confidence.")
    follow_up = FollowUpFactory(assignee=staff, one_to_one=talk, created_by=talk.created_by)

    response = as_staff.get(follow_up.get_absolute_url())

    assert response.status_code == 200
    assert talk.get_absolute_url() not in response.content.decode()


def test_a_follow_up_of_a_conversation_one_may_not_read_is_not_there(as_staff):
    follow_up = FollowUpFactory(one_to_one=OneToOneFactory(readers="equity_team"))

    assert as_staff.get(follow_up.get_absolute_url()).status_code == 404


def test_whoever_may_see_but_not_change_gets_no_buttons(as_lead):
    follow_up = FollowUpFactory()

    page = as_lead.get(reverse(LIST), {"whose": "all"}).content.decode()

    assert follow_up.what in page
    assert reverse("partnerships:follow-up-complete", args=[follow_up.pk]) not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_follow_up_list_query_count(as_lead, lead, rows, django_assert_num_queries):
    for _row in range(rows):
        FollowUpFactory(assignee=lead, partner=PartnerFactory())

    with django_assert_num_queries(5):
        as_lead.get(reverse(LIST))


@pytest.mark.parametrize("rows", [1, 3])
def test_home_query_count(as_lead, lead, rows, django_assert_num_queries):
    today = timezone.localdate()
    for _row in range(rows):
        partner = PartnerFactory(rhythm_weeks=2)
        partner.owners.add(lead)
        FollowUpFactory(assignee=lead, partner=partner, due_on=today)

    with django_assert_num_queries(9):
        as_lead.get(reverse("home"))
