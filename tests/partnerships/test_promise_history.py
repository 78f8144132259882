"""What the history of a promise tells, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Readers
from partnerships.history import history
from partnerships.models import Promise, PromiseChange
from partnerships.services import change_promise, keep_promise, reopen_promise
from records.history import FieldChange
from tests.factories import NOON, PromiseFactory
from tests.partnerships.test_history import a_day_passes, change, told

pytestmark = pytest.mark.django_db


def test_another_date_and_its_reason_are_told(lead):
    row = PromiseFactory(owner=lead, due_on=date(2026, 3, 12))
    a_day_passes()
    later = PromiseChange(
        to_due_on=date(2026, 3, 20), reason="The hall was taken.", was_agreed=True
    )
    change_promise(promise=row, change=later, version=1, by=lead, at=NOON)

    seen = history(row, reader=lead)

    assert "It was given another date." in [c.what for c in seen.changes]
    fields = [field for c in seen.changes for field in c.fields]
    assert FieldChange("By when", "March 12, 2026", "March 20, 2026") in fields
    assert FieldChange("Why", "", "The hall was taken.") in fields


def test_kept_by_mistake_and_taken_back_leaves_both_in_the_history(lead):
    row = PromiseFactory(owner=lead)
    a_day_passes()
    keep_promise(promise=row, on=date(2026, 3, 10), by=lead, at=NOON)
    a_day_passes()
    reopen_promise(promise=row)

    states = [
        (field.before, field.after)
        for c in history(row, reader=lead).changes
        for field in c.fields
        if field.label == "State"
    ]
    assert states == [("Kept", "Open"), ("Open", "Kept")]


def test_words_written_while_it_was_private_stay_theirs(lead, staff):
    row = PromiseFactory(owner=lead, what="About the eviction", readers=Readers.AUTHOR)
    a_day_passes()
    change(row, what="Send the minutes")
    change(row, readers=Readers.STAFF)

    seen = history(row, reader=staff)

    assert [c.what for c in seen.changes] == ["You could read this from then on."]
    assert "eviction" not in str(seen)


def test_whoever_is_named_later_does_not_read_what_stood_before(lead, staff):
    row = PromiseFactory(owner=lead, what="About Sam", readers=Readers.NAMED)
    a_day_passes()
    Promise.objects.filter(pk=row.pk).update(what="Send the minutes")
    row.named_readers.add(staff)
    a_day_passes()

    assert "About Sam" not in str(history(row, reader=staff))
    assert "Sam Staff was named as a reader." in told(row, lead)


def test_the_history_of_a_promise_one_may_not_read_is_not_there(as_staff):
    row = PromiseFactory(readers=Readers.AUTHOR)

    response = as_staff.get(reverse("partnerships:promise-history", args=[row.pk]))

    assert response.status_code == 404
