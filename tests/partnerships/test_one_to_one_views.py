from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.models import FollowUp, OneToOne
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    OneToOneFactory,
    PartnerFactory,
)
from tests.pages import form_with

pytestmark = pytest.mark.django_db
CREATE = "partnerships:one-to-one-create"


def answers(contact, **more):
    return {
        "contacts": [contact.pk],
        "held_at": "2026-03-12T14:00",
        "what_mattered": "Interpreters at the forum.",
        "next_step": "Call Rosa",
        "next_on": "2026-03-19",
        "readers": "equity_team",
        **more,
    }


def test_four_answers_make_a_one_to_one_and_its_follow_up(as_lead, lead):
    rosa = ContactFactory(name="Rosa Delgado")
    union = AffiliationFactory(contact=rosa).partner

    response = as_lead.post(reverse(CREATE), answers(rosa))

    talk, follow_up = OneToOne.objects.get(), FollowUp.objects.get()
    assert response.headers["Location"] == talk.get_absolute_url()
    assert (talk.created_by, talk.what_mattered, talk.readers) == (
        lead,
        "Interpreters at the forum.",
        "equity_team",
    )
    assert talk.held_at == datetime(2026, 3, 12, 19, 0, tzinfo=UTC)
    assert (list(talk.contacts.all()), list(talk.partners.all())) == ([rosa], [union])
    assert (follow_up.what, follow_up.due_on, follow_up.assignee, follow_up.partner) == (
        "Call Rosa",
        date(2026, 3, 19),
        lead,
        union,
    )


def test_when_it_was_is_told_in_the_writers_own_time_zone(as_lead, lead):
    lead.time_zone = "America/Los_Angeles"
    lead.save()
    late = answers(ContactFactory(), held_at="2026-03-12T23:30", next_on="2026-03-12")

    as_lead.post(reverse(CREATE), late)

    talk, follow_up = OneToOne.objects.get(), FollowUp.objects.get()
    assert talk.held_at == datetime(2026, 3, 13, 6, 30, tzinfo=UTC)
    assert follow_up.due_on == date(2026, 3, 12)  # the day they met, there
    assert "11:30 p.m." in as_lead.get(talk.get_absolute_url()).content.decode()


def test_no_next_step_makes_no_follow_up(as_lead):
    as_lead.post(reverse(CREATE), answers(ContactFactory(), next_step=""))

    assert (OneToOne.objects.count(), FollowUp.objects.count()) == (1, 0)


def test_the_form_offers_now_and_a_week_ahead(as_lead):
    form = as_lead.get(reverse(CREATE)).context["form"]

    with timezone.override("America/Chicago"):
        now, held_at = timezone.localtime(), form["held_at"].value()
    assert abs(held_at - now.replace(tzinfo=None)) < timedelta(minutes=5)
    assert form["next_on"].value() == held_at.date() + timedelta(days=7)


def test_the_page_before_may_say_with_whom(as_lead):
    rosa = ContactFactory(name="Rosa Delgado")

    page = as_lead.get(reverse(CREATE), {"contact": rosa.pk}).content.decode()

    assert f'<option value="{rosa.pk}" selected>Rosa Delgado</option>' in page


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"contacts": []}, {"contacts": ["Choose one at least."]}),
        (
            {"contacts": ["9999"]},
            {
                "contacts": [
                    "One of these cannot be chosen, or not any more. Choose from those that are listed."
                ]
            },
        ),
        (
            {"held_at": "31 February"},
            {"held_at": ["There is no such day and time. A good value: 2026-03-31 14:30."]},
        ),
        (
            {"held_at": "2996-01-01T10:00"},
            {"held_at": ["Check the year: 2996."]},
        ),
        (
            {"held_at": "2090-01-01T10:00"},
            {"held_at": ["It is logged after it was held: choose a time past."]},
        ),
        ({"next_on": ""}, {"next_on": ["Say by when, so that you can be reminded."]}),
        (
            {"next_on": "2026-02-30"},
            {"next_on": ["There is no such day. A good value: 2026-03-31."]},
        ),
    ],
)
def test_mistakes_get_a_sentence_and_lose_nothing(as_lead, change, errors):
    response = as_lead.post(reverse(CREATE), answers(ContactFactory(), **change))

    assert response.context["form"].errors == errors
    assert "Interpreters at the forum." in response.content.decode()
    assert not OneToOne.objects.exists()


def test_archived_people_stay_in_a_conversation_that_is_edited(as_lead, lead):
    gone = ContactFactory(archived_at=lead.joined_at, archived_by=lead)
    talk = OneToOneFactory(created_by=lead)
    talk.contacts.add(gone)
    url = reverse("partnerships:one-to-one-edit", args=[talk.pk])
    form = as_lead.get(url).context["form"]

    as_lead.post(
        url,
        {
            "contacts": [gone.pk],
            "held_at": "2026-03-12T14:00",
            "what_mattered": "Said again.",
            "readers": "staff",
            "version": form["version"].value(),
            "seen": form["seen"].value(),
        },
    )

    talk.refresh_from_db()
    assert (talk.what_mattered, list(talk.contacts.all())) == ("Said again.", [gone])


@pytest.mark.parametrize(
    ("readers", "expected"),
    [("author", 404), ("present", 404), ("equity_team", 404), ("staff", 200)],
)
def test_staff_open_only_what_was_shared_with_staff(as_staff, readers, expected):
    talk = OneToOneFactory(readers=readers)

    assert as_staff.get(talk.get_absolute_url()).status_code == expected


def test_only_the_author_and_those_present_change_it(as_lead, lead, client):
    mine = OneToOneFactory(created_by=lead)
    theirs = OneToOneFactory(readers="equity_team")
    present = OneToOneFactory(readers="present")
    present.colleagues.add(lead)

    answers = [
        as_lead.get(reverse("partnerships:one-to-one-edit", args=[talk.pk])).status_code
        for talk in (mine, theirs, present)
    ]

    assert answers == [200, 403, 200]


@pytest.mark.parametrize("rows", [1, 3])
def test_one_to_one_list_query_count(as_lead, lead, rows, django_assert_num_queries):
    for talk in OneToOneFactory.create_batch(rows, created_by=lead):
        talk.contacts.add(ContactFactory())
        talk.partners.add(PartnerFactory())

    with django_assert_num_queries(8):
        as_lead.get(reverse("partnerships:one-to-one-list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_one_to_one_detail_query_count(as_lead, lead, rows, django_assert_num_queries):
    talk = OneToOneFactory(created_by=lead)
    for _row in range(rows):
        talk.contacts.add(ContactFactory())
        talk.partners.add(PartnerFactory())
        talk.colleagues.add(EquityLeadFactory())

    with django_assert_num_queries(12):
        as_lead.get(talk.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_one_to_one_form_query_count(as_lead, lead, rows, django_assert_num_queries):
    ContactFactory.create_batch(rows)
    EquityLeadFactory.create_batch(rows)

    with django_assert_num_queries(9):
        as_lead.get(reverse(CREATE))


def test_who_may_read_it_is_the_authors_to_say(as_lead, lead):
    talk = OneToOneFactory(readers="present")
    talk.colleagues.add(lead)
    talk.contacts.add(ContactFactory())
    url = reverse("partnerships:one-to-one-edit", args=[talk.pk])

    form = form_with("what_mattered", as_lead.get(url))

    third = EquityLeadFactory()
    mine = {"what_mattered": "Said again.", "readers": "staff", "colleagues": [third.pk]}
    as_lead.post(url, form | mine)

    talk.refresh_from_db()
    assert (talk.what_mattered, talk.readers) == ("Said again.", "present")
    assert list(talk.colleagues.all()) == [lead]


@pytest.mark.parametrize("held_at", ["9999-12-31T23:59", "0001-01-01T00:00", "2090-01-01T10:00"])
def test_an_impossible_moment_is_refused_when_edited_too(as_lead, lead, held_at):
    talk = OneToOneFactory(created_by=lead)
    talk.contacts.add(ContactFactory())
    url = reverse("partnerships:one-to-one-edit", args=[talk.pk])
    form = form_with("what_mattered", as_lead.get(url))

    response = as_lead.post(url, form | {"held_at": held_at})

    assert set(response.context["form"].errors) == {"held_at"}


@pytest.mark.parametrize("next_on", ["0001-01-01", "9999-12-31"])
def test_an_impossible_year_is_refused(as_lead, next_on):
    response = as_lead.post(reverse(CREATE), answers(ContactFactory(), next_on=next_on))

    assert set(response.context["form"].errors) == {"next_on"}


def test_a_key_of_thousands_of_digits_is_no_key(as_lead):
    data = answers(ContactFactory()) | {"contacts": ["9" * 5000]}

    assert as_lead.post(reverse(CREATE), data).status_code == 200
