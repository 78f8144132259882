from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partnerships import pages, services
from partnerships.models import FollowUp, Introduction, OneToOne
from records.services import archive
from reminders import services as planning
from reminders.models import Reminder
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    IntroductionFactory,
    PartnerFactory,
    UserFactory,
)
from tests.pages import form_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def union():
    return PartnerFactory(name="Eastbank Tenants Union")


@pytest.fixture
def rosa(union):
    return AffiliationFactory(partner=union, contact__name="Rosa Delgado").contact


@pytest.fixture
def proposed(lead, other_lead, union, rosa):
    introduction = Introduction(
        partner=union,
        contact=rosa,
        colleague=other_lead,
        due_on=timezone.localdate() + timedelta(days=14),
    )
    at = timezone.now()
    return services.introduce_colleague(introduction=introduction, by=lead, at=at)


def log(by, partner, *, colleagues=(), **fields):
    now = timezone.localtime()
    return services.log_one_to_one(
        one_to_one=OneToOne(held_at=now, what_mattered="The forum.", **fields),
        participants=services.Participants(partners=[partner], colleagues=colleagues),
        outcome=services.Outcome(),
        by=by,
        at=now,
    )


def test_to_introduce_a_colleague_proposes_a_joint_one_to_one(as_lead, lead, union, rosa):
    joy = EquityLeadFactory(name="Joy Tran")
    day = timezone.localdate() + timedelta(days=10)
    url = reverse("partnerships:introduction-create", args=[union.pk])

    response = as_lead.post(url, {"colleague": joy.pk, "contact": rosa.pk, "due_on": day})

    introduction, follow_up = Introduction.objects.get(), FollowUp.objects.get()
    assert response.url == f"/partners/{union.pk}/"  # where what was done, and Undo, stand first
    assert (introduction.colleague, introduction.introduced_by) == (joy, lead)
    assert introduction.follow_up == follow_up
    assert (follow_up.what, follow_up.due_on, follow_up.assignee) == (
        "Bring Joy Tran along to Rosa Delgado",
        day,
        lead,
    )
    assert (follow_up.partner, follow_up.contact) == (union, rosa)


def test_two_weeks_ahead_are_offered(as_lead, union):
    form = as_lead.get(reverse("partnerships:introduction-create", args=[union.pk])).context[
        "form"
    ]

    assert form["due_on"].value() == timezone.localdate() + timedelta(days=14)


def test_nobody_is_brought_to_somebody_who_asked_not_to_be_contacted(as_lead, union):
    quiet = ContactFactory(name="Leroy Banks", do_not_contact=True)
    AffiliationFactory(partner=union, contact=quiet)

    page = as_lead.get(reverse("partnerships:introduction-create", args=[union.pk]))

    assert list(page.context["form"].fields["contact"].queryset) == []


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"due_on": "2020-01-01"}, "Choose today or a later day."),
        ({"due_on": "20226-01-01"}, "There is no such day. A good value: 2026-03-31."),
        ({"due_on": "2226-01-01"}, "Check the year: 2226."),
    ],
)
def test_a_date_that_cannot_be_is_said_at_its_field(as_lead, union, wrong, message):
    joy = EquityLeadFactory()
    url = reverse("partnerships:introduction-create", args=[union.pk])

    form = as_lead.post(url, {"colleague": joy.pk, **wrong}).context["form"]

    assert form.errors == {"due_on": [message]}
    assert form["colleague"].value() == str(joy.pk)


def test_the_same_colleague_is_introduced_once_at_a_time(as_lead, union, proposed, other_lead):
    url = reverse("partnerships:introduction-create", args=[union.pk])
    day = timezone.localdate() + timedelta(days=3)

    form = as_lead.post(url, {"colleague": other_lead.pk, "due_on": day}).context["form"]

    assert form.errors == {"colleague": ["Joy Lead is being introduced there already."]}
    assert Introduction.objects.count() == 1


def test_it_has_happened_once_both_were_in_one_one_to_one(lead, other_lead, union, proposed):
    talk = log(lead, union, colleagues=[other_lead])

    proposed.refresh_from_db()
    assert (proposed.happened_on, proposed.one_to_one) == (timezone.localdate(), talk)
    assert proposed.follow_up.completed_at is not None


@pytest.mark.parametrize("kind", ["alone", "elsewhere", "event"])
def test_a_contact_without_the_two_of_them_is_no_introduction(
    lead, other_lead, union, proposed, kind
):
    if kind == "alone":
        log(lead, union)
    elif kind == "elsewhere":
        log(lead, PartnerFactory(), colleagues=[other_lead])
    else:
        log(lead, union, colleagues=[other_lead], kind="event", title="Winter assembly")

    proposed.refresh_from_db()
    assert proposed.is_open
    assert proposed.follow_up.is_open


@pytest.mark.parametrize(("readers", "has_happened"), [("author", False), ("equity_team", True)])
def test_a_private_one_to_one_tells_nobody_that_it_happened(
    lead, other_lead, union, proposed, readers, has_happened
):
    log(lead, union, colleagues=[other_lead], readers=readers)

    proposed.refresh_from_db()
    assert (proposed.happened_on is not None) == has_happened


def test_what_was_held_before_it_was_proposed_is_not_the_introduction(
    as_lead, lead, other_lead, union, rosa
):
    talk = log(lead, union, colleagues=[other_lead])
    OneToOne.objects.update(held_at=timezone.now() - timedelta(days=200))
    talk.contacts.add(rosa)
    proposed = IntroductionFactory(
        partner=union, introduced_by=lead, colleague=other_lead, created_at=timezone.now()
    )
    url = reverse("partnerships:one-to-one-edit", args=[talk.pk])

    as_lead.post(url, form_with("version", as_lead.get(url)) | {"place": "Cedar Court"})

    proposed.refresh_from_db()
    assert (OneToOne.objects.get().place, proposed.is_open) == ("Cedar Court", True)


def test_a_one_to_one_that_was_put_away_is_no_introduction(lead, other_lead, union):
    talk = log(lead, union, colleagues=[other_lead])
    now = timezone.now()
    archive(record=talk, by=lead, at=now)
    talk = OneToOne.objects.get()
    proposed = IntroductionFactory(
        partner=union, introduced_by=lead, colleague=other_lead, created_at=now
    )

    services.count_as_contact(one_to_one=talk, by=lead, at=now)

    proposed.refresh_from_db()
    assert proposed.is_open


def test_a_colleague_who_is_named_later_was_there_too(
    as_lead, lead, other_lead, union, rosa, proposed
):
    talk = log(lead, union)
    talk.contacts.add(rosa)
    url = reverse("partnerships:one-to-one-edit", args=[talk.pk])

    as_lead.post(url, form_with("version", as_lead.get(url)) | {"colleagues": [other_lead.pk]})

    proposed.refresh_from_db()
    assert (proposed.happened_on, proposed.one_to_one) == (timezone.localdate(), talk)


def test_to_do_its_follow_up_by_hand_says_that_it_happened(lead, proposed):
    now = timezone.localtime()

    services.complete_follow_up(follow_up=proposed.follow_up, by=lead, at=now)

    proposed.refresh_from_db()
    assert (proposed.happened_on, proposed.one_to_one) == (now.date(), None)
    services.reopen_follow_up(follow_up=proposed.follow_up, by=lead, at=now)
    proposed.refresh_from_db()
    assert proposed.is_open


def test_to_drop_it_cancels_its_follow_up_and_one_press_takes_it_back(as_lead, proposed):
    drop = reverse("partnerships:introduction-drop", args=[proposed.pk])

    response = as_lead.post(drop)
    as_lead.post(drop)  # twice is once

    proposed.refresh_from_db()
    follow_up = proposed.follow_up
    assert response.url == proposed.get_absolute_url()
    assert (proposed.dropped_at is None, follow_up.cancel_reason) == (
        False,
        "The introduction was dropped.",
    )
    as_lead.post(reverse("partnerships:introduction-reopen", args=[proposed.pk]))
    proposed.refresh_from_db()
    follow_up.refresh_from_db()
    assert (proposed.is_open, follow_up.is_open) == (True, True)


def test_a_dropped_one_stays_so_while_the_same_is_under_way(as_lead, lead, proposed, other_lead):
    services.drop_introduction(introduction=proposed, by=lead, at=timezone.now())
    IntroductionFactory(partner=proposed.partner, colleague=other_lead)

    page = as_lead.post(
        reverse("partnerships:introduction-reopen", args=[proposed.pk]), follow=True
    )

    proposed.refresh_from_db()
    [message] = page.context["messages"]
    assert str(message) == "The same introduction is under way already."
    assert proposed.dropped_at is not None


def test_whoever_it_is_about_may_drop_it_and_others_may_not(client, other_lead, proposed):
    url = reverse("partnerships:introduction-drop", args=[proposed.pk])
    client.force_login(EquityLeadFactory())
    refused = client.post(url).status_code
    client.force_login(other_lead)

    assert (refused, client.post(url).status_code) == (403, 302)


def test_the_page_names_where_it_happened_only_to_readers(lead, other_lead, union, proposed):
    talk = log(lead, union, colleagues=[other_lead], readers="equity_team")
    outsider = UserFactory()

    [mine] = pages.introductions_of(union, reader=lead)
    [theirs] = pages.introductions_of(union, reader=outsider)

    assert (mine.is_readable, mine.one_to_one, theirs.is_readable) == (True, talk, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_introductions_of_a_partner_are_one_question(lead, union, rows, django_assert_num_queries):
    IntroductionFactory.create_batch(rows, partner=union)

    with django_assert_num_queries(1):
        found = pages.introductions_of(union, reader=lead)

    assert len(found) == rows


# --- until it happens ----------------------------------------------------------------------------

MORNING = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
def waiting(lead):
    """An introduction that was to happen by March 12."""
    follow_up = FollowUpFactory(what="Bring Joy along", assignee=lead, due_on=date(2026, 3, 12))
    return IntroductionFactory(introduced_by=lead, follow_up=follow_up)


def dues():
    return list(Reminder.objects.order_by("due_at").values_list("due_at", flat=True))


def test_it_reminds_again_every_week_until_it_happens(waiting, lead):
    for weeks in range(3):
        at = MORNING + weeks * WEEK
        planning.plan(until=at, at=at)
        planning.plan(until=at, at=at)  # twice plans once
        planning.deliver(due_by=at, at=at)

    assert dues() == [MORNING, MORNING + WEEK, MORNING + 2 * WEEK]
    assert [message.to for message in mail.outbox] == [[lead.email]] * 3
    services.complete_follow_up(follow_up=waiting.follow_up, by=lead, at=MORNING)
    assert planning.plan(until=MORNING + 3 * WEEK, at=MORNING) == 0


def test_after_a_long_silence_it_reminds_once(waiting):
    planning.plan(until=MORNING + timedelta(days=30), at=MORNING)

    assert dues() == [MORNING, MORNING + 4 * WEEK]


def test_another_date_begins_its_weeks_anew(waiting):
    at = MORNING + WEEK
    planning.plan(until=at, at=at)
    FollowUp.objects.update(due_on=date(2026, 3, 17))

    planning.deliver(due_by=at, at=at)

    assert mail.outbox == []
