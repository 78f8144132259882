from __future__ import annotations

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import close_old_connections, connection

from accounts.models import User
from accounts.roles import Role
from partnerships.models import FollowUp
from reminders import services
from reminders.models import Reminder
from reminders.models.reminder import CLAIM_LIFETIME
from reminders.services.delivery import message_id, process_name
from tests.factories import (
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    OneToOneFactory,
    PartnerFactory,
    ReminderFactory,
)

NOW = datetime(2026, 3, 12, 12, 30, tzinfo=UTC)


class RefusingBackend(EmailBackend):
    """A mail server that takes no mail to addresses beginning with `refused`."""

    def send_messages(self, messages):
        for message in messages:
            if message.to[0].startswith("refused"):
                raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


@pytest.fixture
def owed(db):
    ana = EquityLeadFactory(name="Ana Reyes", email="ana@county.test")
    follow_up = FollowUpFactory(what="Call Rosa", assignee=ana, due_on=date(2026, 3, 12))
    services.plan(until=NOW, at=NOW)
    return follow_up


def test_deliver_sends_once_and_records_which_process_did(owed):
    first = services.deliver(due_by=NOW, at=NOW)
    second = services.deliver(due_by=NOW, at=NOW)

    row = Reminder.objects.values_list("sent_at", "sent_by", "attempts").get()
    assert (first.sent, second.sent, row) == (1, 0, (NOW, process_name(), 1))
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Follow-up: Call Rosa", ["ana@county.test"])
    ]


def test_the_mail_says_what_to_do_and_never_what_was_said(db):
    ana = EquityLeadFactory(name="Ana Reyes")
    rosa = ContactFactory(name="Rosa Delgado", phone="555-0142")
    quiet = ContactFactory(name="Leroy Banks", phone="555-0177", do_not_contact=True)
    talk = OneToOneFactory(created_by=ana, what_mattered="Half of Cedar Court stays silent.")
    talk.contacts.set([rosa, quiet])
    follow_up = FollowUpFactory(
        what="Call Rosa about the forum",
        assignee=ana,
        one_to_one=talk,
        partner=PartnerFactory(name="Eastbank Tenants Union"),
    )
    services.plan(until=NOW, at=NOW)

    services.deliver(due_by=NOW, at=NOW)

    [message] = mail.outbox
    text, html = message.body, message.alternatives[0][0]
    lines = [line for line in text.splitlines() if line]
    assert lines[:4] == [
        "Call Rosa about the forum",
        "You said you would do this by Thursday, March 12.",
        "It is about Eastbank Tenants Union.",
        "It came out of the one-to-one on Thursday, March 12.",
    ]
    for part in (text, html):
        assert "Rosa Delgado" in part
        assert "555-0142" in part
        assert f"/follow-ups/{follow_up.pk}/" in part
        assert "Cedar Court" not in part
        assert "Leroy Banks" not in part


def test_the_same_key_gives_the_same_message_id(owed):
    services.deliver(due_by=NOW, at=NOW)

    key = Reminder.objects.get().key
    assert mail.outbox[0].extra_headers["Message-ID"] == message_id(key)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"completed_at": NOW}, "The follow-up is done or was put away."),
        ({"archived_at": NOW}, "The follow-up is done or was put away."),
        (
            {"due_on": date(2026, 3, 20)},
            "The follow-up was moved to another day or another person.",
        ),
    ],
)
def test_what_changed_since_planning_is_not_sent(owed, change, why):
    by = {name.replace("_at", "_by"): owed.assignee for name in change if name.endswith("_at")}
    FollowUp.objects.update(**change, **by)

    done = services.deliver(due_by=NOW, at=NOW)

    row = Reminder.objects.values_list("set_aside_at", "set_aside_why", "sent_at").get()
    assert (done.set_aside, row, mail.outbox) == (1, (NOW, why, None), [])


def test_a_check_in_is_not_reminded_of_while_its_owner_spoke_with_them_within_its_weeks(db):
    """Also where others may not know of that contact, and the day in the list stays as it is."""
    ana, eastbank = EquityLeadFactory(), PartnerFactory()
    check_in = {"partner": eastbank, "repeat_weeks": 6, "due_on": date(2026, 3, 12)}
    FollowUpFactory(what="Hers", assignee=ana, **check_in)
    FollowUpFactory(what="His, who cannot know", **check_in)
    talk = OneToOneFactory(created_by=ana, readers="author", held_at=NOW - timedelta(days=3))
    talk.partners.add(eastbank)
    services.plan(until=NOW, at=NOW)

    done = services.deliver(due_by=NOW, at=NOW)

    [why] = Reminder.objects.filter(recipient=ana).values_list("set_aside_why", flat=True)
    assert (done.sent, done.set_aside) == (1, 1)
    assert why == "They spoke since, as far as the person it was for may see."
    assert [message.subject for message in mail.outbox] == ["Follow-up: His, who cannot know"]


def test_somebody_who_may_no_longer_see_it_gets_nothing(owed):
    User.objects.get_queryset().update(roles=[Role.CONTENT_EDITOR])

    services.deliver(due_by=NOW, at=NOW)

    why = Reminder.objects.values_list("set_aside_why", flat=True).get()
    assert (why, mail.outbox) == ("The person it was for may no longer see it.", [])


def test_one_refused_mail_delays_nobody_else_and_is_tried_later(db, settings):
    settings.EMAIL_BACKEND = "tests.reminders.test_delivery.RefusingBackend"
    bad = FollowUpFactory(assignee=EquityLeadFactory(email="refused@county.test"))
    FollowUpFactory(assignee=EquityLeadFactory(email="good@county.test"))
    services.plan(until=NOW, at=NOW)

    done = services.deliver(due_by=NOW, at=NOW)

    row = Reminder.objects.get(subject_id=bad.pk)
    assert (done.sent, done.failed, [m.to for m in mail.outbox]) == (1, 1, [["good@county.test"]])
    assert (row.try_at, row.claimed_by, row.attempts, row.last_error) == (
        NOW + timedelta(minutes=2),
        "",
        1,
        "SMTPServerDisconnected: Connection unexpectedly closed",
    )


def test_the_mail_names_a_private_conversation_to_its_readers_alone(db):
    ana, sam = EquityLeadFactory(), EquityLeadFactory(email="sam@county.test")
    talk = OneToOneFactory(created_by=ana, readers="author")
    talk.contacts.add(ContactFactory(name="Rosa Delgado", phone="555-0142"))
    FollowUpFactory(assignee=sam, created_by=ana, one_to_one=talk)
    services.plan(until=NOW, at=NOW)

    services.deliver(due_by=NOW, at=NOW)

    [message] = mail.outbox
    for part in (message.body, message.alternatives[0][0]):
        assert "Rosa Delgado" not in part
        assert "It came out of" not in part


def test_a_hiccup_does_not_end_what_is_long_overdue(db, settings):
    settings.EMAIL_BACKEND = "tests.reminders.test_delivery.RefusingBackend"
    FollowUpFactory(
        assignee=EquityLeadFactory(email="refused@county.test"), due_on=date(2026, 3, 2)
    )
    services.plan(until=NOW, at=NOW)
    services.deliver(due_by=NOW, at=NOW)
    soon = NOW + timedelta(minutes=3)

    services.deliver(due_by=soon, at=soon)

    row = Reminder.objects.values_list("set_aside_at", "attempts", "first_tried_at").get()
    assert row == (None, 2, NOW)


def test_done_by_mistake_and_undone_is_owed_again(owed):
    FollowUp.objects.update(completed_at=NOW, completed_by=owed.assignee)
    services.deliver(due_by=NOW, at=NOW)
    FollowUp.objects.update(completed_at=None, completed_by=None)

    services.plan(until=NOW, at=NOW)
    done = services.deliver(due_by=NOW, at=NOW)

    assert (done.sent, len(mail.outbox)) == (1, 1)


def test_after_a_day_of_refusals_it_stands_still_with_the_reason(db, settings):
    settings.EMAIL_BACKEND = "tests.reminders.test_delivery.RefusingBackend"
    FollowUpFactory(assignee=EquityLeadFactory(email="refused@county.test"))
    services.plan(until=NOW, at=NOW)
    services.deliver(due_by=NOW, at=NOW)
    a_day_later = NOW + timedelta(days=1)

    services.deliver(due_by=a_day_later, at=a_day_later)

    row = Reminder.objects.values_list("set_aside_at", "set_aside_why", "last_error").get()
    assert row == (
        a_day_later,
        "The mail server did not take it for a day.",
        "SMTPServerDisconnected: Connection unexpectedly closed",
    )


def test_sending_ahead_does_not_try_a_refused_mail_again_and_again(db, settings):
    settings.EMAIL_BACKEND = "tests.reminders.test_delivery.RefusingBackend"
    FollowUpFactory(assignee=EquityLeadFactory(email="refused@county.test"))
    services.plan(until=NOW, at=NOW)

    done = services.deliver(due_by=NOW + timedelta(days=7), at=NOW)

    assert (done.failed, Reminder.objects.get().attempts) == (1, 1)


def test_a_source_that_left_the_settings_sets_its_rows_aside(owed, settings):
    settings.REMINDER_SOURCES = []

    services.deliver(due_by=NOW, at=NOW)

    why = Reminder.objects.values_list("set_aside_why", flat=True).get()
    assert why == "Nothing in this portal sends this kind of message any more."


def test_a_claim_is_for_one_worker_until_it_grows_old(db):
    ReminderFactory(try_at=NOW)

    first = Reminder.objects.claim(due_by=NOW, at=NOW, by="one", limit=10)
    second = Reminder.objects.claim(due_by=NOW, at=NOW, by="two", limit=10)
    later = NOW + CLAIM_LIFETIME + timedelta(seconds=1)
    third = Reminder.objects.claim(due_by=later, at=later, by="three", limit=10)

    assert [len(first), len(second), [row.claimed_by for row in third]] == [1, 0, ["three"]]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_claim_the_same_row():
    ReminderFactory.create_batch(40, recipient=EquityLeadFactory(), try_at=NOW)
    start = Barrier(2)

    def claim_all(name: str) -> list[int]:
        close_old_connections()
        start.wait(timeout=30)
        claimed: list[int] = []
        while rows := Reminder.objects.claim(due_by=NOW, at=NOW, by=name, limit=3):
            claimed += [row.pk for row in rows]
        connection.close()
        return claimed

    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(claim_all, ["one", "two"])

    every = set(Reminder.objects.values_list("pk", flat=True))
    assert (set(one) | set(two), set(one) & set(two)) == (every, set())
    assert len(one) + len(two) == 40


def test_a_dispatch_plans_delivers_and_writes_down_what_came_of_it(db):
    FollowUpFactory(due_on=date(2026, 3, 12))
    dispatch = services.ask_for_dispatch(by=None, due_by=NOW, at=NOW)

    services.carry_out_dispatch(dispatch_id=dispatch.pk, at=NOW)

    dispatch.refresh_from_db()
    assert (dispatch.finished_at, dispatch.planned, dispatch.sent) == (NOW, 1, 1)
    assert len(mail.outbox) == 1
