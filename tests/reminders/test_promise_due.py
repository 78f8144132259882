from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from partnerships.models import Promise
from reminders import services
from reminders.models import Reminder
from tests.factories import ContactFactory, EquityLeadFactory, PartnerFactory, PromiseFactory

pytestmark = pytest.mark.django_db

# Riverbend is on Chicago's clock: in March, from the 8th on, five hours behind UTC.
MORNING = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


@pytest.fixture
def ana():
    return EquityLeadFactory(name="Ana Reyes", email="ana@county.test")


@pytest.fixture
def owed(ana):
    promise = PromiseFactory(what="Send the forms", owner=ana, due_on=date(2026, 3, 12))
    services.plan(until=MORNING, at=MORNING)
    return promise


def test_a_promise_of_ours_is_planned_for_the_morning_of_its_date(owed, ana):
    rows = Reminder.objects.values_list("key", "source", "subject_id", "recipient_id", "due_at")

    key = f"promise:{owed.pk}:2026-03-12:to:{ana.pk}"
    assert list(rows) == [(key, "promise", owed.pk, ana.pk, MORNING)]


def test_planned_twice_it_is_sent_once(owed):
    services.plan(until=MORNING, at=MORNING)
    services.deliver(due_by=MORNING, at=MORNING)
    services.deliver(due_by=MORNING, at=MORNING)

    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Promise: Send the forms", ["ana@county.test"])
    ]


def test_what_nobody_of_ours_owes_is_not_planned(ana):
    settled = {"settled_on": date(2026, 3, 11), "settled_at": MORNING, "settled_by": ana}
    PromiseFactory(direction=Promise.Direction.THEIRS)
    PromiseFactory(state="kept", **settled)
    PromiseFactory(state="broken", reason="No money.", **settled)
    PromiseFactory(owner=EquityLeadFactory(is_active=False))
    PromiseFactory(due_on=date(2026, 3, 13))

    assert services.plan(until=MORNING, at=MORNING) == 0


def test_another_date_is_another_reminder(owed, ana):
    day = date(2026, 3, 20)
    Promise.objects.update(due_on=day, has_changed=True)
    services.deliver(due_by=MORNING, at=MORNING)
    then = MORNING + timedelta(days=8)

    services.plan(until=then, at=MORNING)
    services.deliver(due_by=then, at=then)

    rows = Reminder.objects.order_by("due_at").values_list("set_aside_why", "sent_at")
    assert list(rows) == [
        ("The promise has another date or another owner.", None),
        ("", then),
    ]


@pytest.mark.parametrize("state", ["kept", "broken"])
def test_what_was_settled_since_is_not_sent(owed, ana, state):
    reason = "No money." if state == "broken" else ""
    Promise.objects.update(
        state=state,
        reason=reason,
        settled_on=date(2026, 3, 11),
        settled_at=MORNING,
        settled_by=ana,
    )

    services.deliver(due_by=MORNING, at=MORNING)

    why = Reminder.objects.values_list("set_aside_why", flat=True).get()
    assert (why, mail.outbox) == ("The promise was kept or broken.", [])


def test_the_mail_says_to_whom_and_how_to_reach_them(ana):
    rosa = ContactFactory(name="Rosa Delgado", phone="555-0142")
    union = PartnerFactory(name="Eastbank Tenants Union")
    promise = PromiseFactory(
        what="Send the forms", owner=ana, contact=rosa, partner=union, due_on=date(2026, 3, 12)
    )
    services.plan(until=MORNING, at=MORNING)

    services.deliver(due_by=MORNING, at=MORNING)

    [message] = mail.outbox
    lines = [line for line in message.body.splitlines() if line]
    assert lines[:4] == [
        "Send the forms",
        "You promised this to Rosa Delgado by Thursday, March 12.",
        "It is about Eastbank Tenants Union.",
        "Rosa Delgado, 555-0142",
    ]
    for part in (message.body, message.alternatives[0][0]):
        assert f"/promises/{promise.pk}/" in part
        assert "555-0142" in part


def test_somebody_not_to_be_contacted_is_named_without_a_number(ana):
    leroy = ContactFactory(name="Leroy Banks", phone="555-0177", do_not_contact=True)
    PromiseFactory(owner=ana, contact=leroy)
    services.plan(until=MORNING, at=MORNING)

    services.deliver(due_by=MORNING, at=MORNING)

    [message] = mail.outbox
    for part in (message.body, message.alternatives[0][0]):
        assert "Leroy Banks" in part
        assert "555-0177" not in part
