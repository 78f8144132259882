from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import DepartmentSettings
from partnerships.models import FollowUp
from reminders import services
from reminders.models import Reminder
from tests.factories import EquityLeadFactory, FollowUpFactory

pytestmark = pytest.mark.django_db

# Riverbend is on Chicago's clock: in March, from the 8th on, five hours behind UTC.
MORNING = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def test_plan_writes_a_row_for_the_morning_of_the_due_date():
    ana = EquityLeadFactory()
    follow_up = FollowUpFactory(assignee=ana, due_on=date(2026, 3, 12))

    new = services.plan(until=MORNING, at=MORNING - timedelta(days=1))

    rows = Reminder.objects.values_list("key", "source", "subject_id", "recipient_id", "due_at")
    key = f"follow-up:{follow_up.pk}:2026-03-12:to:{ana.pk}"
    assert (new, list(rows)) == (1, [(key, "follow-up", follow_up.pk, ana.pk, MORNING)])


def test_plan_twice_plans_once():
    FollowUpFactory()

    first = services.plan(until=MORNING, at=MORNING)
    second = services.plan(until=MORNING, at=MORNING)

    assert (first, second, Reminder.objects.count()) == (1, 0, 1)


def test_plan_uses_a_persons_own_time_zone():
    tokyo = EquityLeadFactory(time_zone="Asia/Tokyo")
    FollowUpFactory(assignee=tokyo, due_on=date(2026, 3, 12))

    services.plan(until=MORNING, at=MORNING)

    due_at = datetime(2026, 3, 11, 22, 0, tzinfo=UTC)
    assert list(Reminder.objects.values_list("due_at", flat=True)) == [due_at]


def test_plan_keeps_the_hour_through_the_change_of_clocks():
    FollowUpFactory(due_on=date(2026, 3, 7))
    FollowUpFactory(due_on=date(2026, 3, 8))

    services.plan(until=MORNING, at=MORNING)

    due_at = Reminder.objects.order_by("due_at").values_list("due_at", flat=True)
    assert list(due_at) == [
        datetime(2026, 3, 7, 13, 0, tzinfo=UTC),
        datetime(2026, 3, 8, 12, 0, tzinfo=UTC),
    ]


def test_plan_obeys_the_departments_hour():
    DepartmentSettings.objects.update(reminder_hour=9)
    FollowUpFactory(due_on=date(2026, 3, 12))

    services.plan(until=MORNING + timedelta(hours=3), at=MORNING)

    due_at = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
    assert list(Reminder.objects.values_list("due_at", flat=True)) == [due_at]


def test_plan_leaves_out_what_nobody_waits_for():
    ana = EquityLeadFactory()
    FollowUpFactory(completed_at=MORNING, completed_by=ana)
    FollowUpFactory(archived_at=MORNING, archived_by=ana)
    FollowUpFactory(assignee=EquityLeadFactory(is_active=False))
    FollowUpFactory(due_on=date(2026, 3, 13))

    new = services.plan(until=MORNING, at=MORNING)

    assert (new, Reminder.objects.count()) == (0, 0)


def test_a_new_date_is_a_new_reminder():
    follow_up = FollowUpFactory(due_on=date(2026, 3, 11))
    services.plan(until=MORNING, at=MORNING)

    FollowUp.objects.update(due_on=date(2026, 3, 12))
    services.plan(until=MORNING, at=MORNING)

    to = follow_up.assignee_id
    assert set(Reminder.objects.values_list("key", flat=True)) == {
        f"follow-up:{follow_up.pk}:2026-03-11:to:{to}",
        f"follow-up:{follow_up.pk}:2026-03-12:to:{to}",
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_query_count(rows, django_assert_num_queries):
    ana = EquityLeadFactory()
    FollowUpFactory.create_batch(rows, assignee=ana)

    with django_assert_num_queries(8):
        services.plan(until=MORNING, at=MORNING)


def test_a_new_hour_moves_what_waits():
    FollowUpFactory(due_on=date(2026, 3, 12))
    services.plan(until=MORNING, at=MORNING)
    DepartmentSettings.objects.update(reminder_hour=6)

    services.plan(until=MORNING, at=MORNING)

    moments = Reminder.objects.values_list("due_at", "try_at").get()
    assert moments == (MORNING - timedelta(hours=1), MORNING - timedelta(hours=1))
