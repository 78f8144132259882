from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from partnerships.models import CalendarAddress
from tests.factories import (
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    OneToOneFactory,
    PartnerFactory,
)

pytestmark = pytest.mark.django_db

HOSTILE = "Call Rosa, “the forum”; back\\slash: 🐦 " + "é" * 120
PAGE = "partnerships:calendar-address"


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


@pytest.fixture
def feed(as_lead):
    """The lead's private address, as the page shows it once."""
    response = as_lead.post(reverse("partnerships:calendar-address-make"))
    return response.context["url"].removeprefix(settings.BASE_URL)


def test_one_follow_up_is_a_day_in_a_calendar_with_an_alarm_that_morning(as_lead, lead):
    union = PartnerFactory(name="Eastbank Tenants Union")
    follow_up = FollowUpFactory(
        what="Call Rosa", assignee=lead, partner=union, due_on=date(2026, 3, 12)
    )

    response = as_lead.get(reverse("partnerships:follow-up-ics", args=[follow_up.pk]))

    [event] = events(response)
    [alarm] = event.walk("VALARM")
    link = settings.BASE_URL + follow_up.get_absolute_url()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (event["summary"], event["dtstart"].dt, event["dtend"].dt) == (
        "Call Rosa",
        date(2026, 3, 12),
        date(2026, 3, 13),
    )
    assert (event["description"], event["url"]) == (f"Eastbank Tenants Union\n{link}", link)
    assert alarm["trigger"].dt == timedelta(hours=7)


def test_hostile_words_come_back_as_they_were_typed(as_lead, lead):
    follow_up = FollowUpFactory(what=HOSTILE, assignee=lead)

    response = as_lead.get(reverse("partnerships:follow-up-ics", args=[follow_up.pk]))

    [event] = events(response)
    assert event["summary"] == HOSTILE
    lines = response.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)


def test_a_new_line_in_a_name_makes_no_new_property(as_lead, lead):
    union = PartnerFactory(name="Union\r\nATTENDEE:mailto:x@elsewhere.test")
    follow_up = FollowUpFactory(assignee=lead, partner=union)

    response = as_lead.get(reverse("partnerships:follow-up-ics", args=[follow_up.pk]))

    [event] = events(response)
    assert "attendee" not in event


def test_what_is_not_open_is_no_day_in_a_calendar(as_lead, lead):
    now = timezone.now()
    done = FollowUpFactory(assignee=lead, completed_at=now, completed_by=lead)

    url = reverse("partnerships:follow-up-ics", args=[done.pk])

    assert as_lead.get(url).status_code == 404


def test_the_address_shows_all_that_is_open_and_ones_own(client, feed, lead, other_lead):
    now = timezone.now()
    later = FollowUpFactory(what="Later", assignee=lead, due_on=date(2026, 4, 2))
    FollowUpFactory(what="Sooner", assignee=lead, due_on=date(2026, 3, 2))
    FollowUpFactory(assignee=lead, completed_at=now, completed_by=lead)
    FollowUpFactory(assignee=lead, archived_at=now, archived_by=lead)
    FollowUpFactory(assignee=other_lead)
    client.logout()

    response = client.get(feed)

    assert [event["summary"] for event in events(response)] == ["Sooner", "Later"]
    assert [event.walk("VALARM") for event in events(response)] == [[], []]
    assert (response["Cache-Control"], later.version) == ("private, no-cache", 1)


def test_it_holds_no_word_of_a_one_to_one_no_note_and_no_number(client, feed, lead):
    rosa = ContactFactory(
        name="Rosa Delgado", phone="555-0142", email="rosa@union.test", do_not_contact=True
    )
    talk = OneToOneFactory(what_mattered="Half of Cedar Court stays silent.")
    FollowUpFactory(assignee=lead, contact=rosa, one_to_one=talk, note="Evenings only.")
    client.logout()

    [event] = events(client.get(feed))

    said = event["description"].splitlines()
    assert said[:2] == ["Rosa Delgado", "They asked us not to contact them."]
    text = str(event.to_ical())
    for secret in ("555-0142", "rosa@union.test", "Cedar Court", "Evenings"):
        assert secret not in text


@pytest.mark.parametrize("change", [{"is_active": False}, {"roles": ["administrator"]}])
def test_the_address_is_closed_with_the_account(client, feed, lead, change):
    type(lead).objects.get_queryset().filter(pk=lead.pk).update(**change)
    client.logout()

    assert client.get(feed).status_code == 404


def test_a_new_address_takes_the_place_of_the_old_and_one_press_ends_it(as_lead, feed):
    new = as_lead.post(reverse("partnerships:calendar-address-make")).context["url"]
    new = new.removeprefix(settings.BASE_URL)
    assert [as_lead.get(url).status_code for url in (feed, new)] == [404, 200]

    response = as_lead.post(reverse("partnerships:calendar-address-revoke"), follow=True)

    assert as_lead.get(new).status_code == 404
    [message] = response.context["messages"]
    assert str(message).startswith("The address is gone.")


def test_only_a_digest_is_kept_and_the_page_never_shows_the_address_again(as_lead, lead, feed):
    secret = feed.removeprefix("/calendar/").removesuffix(".ics")

    page = as_lead.get(reverse(PAGE)).content.decode()

    address = CalendarAddress.objects.get(user=lead)
    assert len(secret) == 43
    assert secret not in page
    assert secret not in address.digest


@pytest.mark.parametrize("secret", ["a", "A" * 43, "…", "%00"])
def test_a_guessed_address_is_not_there(client, secret):
    EquityLeadFactory()

    assert client.get(f"/calendar/{secret}.ics").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_query_count(client, feed, lead, rows, django_assert_num_queries):
    for _row in range(rows):
        FollowUpFactory(assignee=lead, partner=PartnerFactory(), contact=ContactFactory())
    client.logout()

    with django_assert_num_queries(3):
        client.get(feed)
