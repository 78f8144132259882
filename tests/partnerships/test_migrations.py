"""What a department had written before a migration is read by the same people after it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import Readers
from partnerships.models import FollowUp, OneToOne
from tests.factories import EquityLeadFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = "0005_dates_are_sane"


@pytest.fixture
def as_before():
    """The tables of partnerships as they were; as they are again when the test is over."""
    call_command("migrate", "partnerships", BEFORE, verbosity=0)
    yield
    call_command("migrate", "partnerships", verbosity=0)


def insert(table: str, **values: object) -> int:
    columns = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO partnerships_{table} ({columns}) VALUES ({marks}) RETURNING id",  # noqa: S608 (our own names)
            list(values.values()),
        )
        return cursor.fetchone()[0]


def test_a_follow_up_stays_as_private_as_its_conversation_was(as_before):
    author, there, lead = EquityLeadFactory(), EquityLeadFactory(), EquityLeadFactory()
    staff = UserFactory()
    rows = {}
    for readers in ("author", "present", "equity_team", "staff"):
        written = {"created_at": "2026-03-12", "created_by_id": author.pk, "version": 1}
        talk = insert(
            "onetoone", held_at="2026-03-12", what_mattered="Buses", readers=readers, **written
        )
        insert("onetoonecolleague", one_to_one_id=talk, user_id=there.pk)
        rows[readers] = insert(
            "followup",
            what="Call Rosa",
            due_on="2026-03-20",
            assignee_id=author.pk,
            one_to_one_id=talk,
            **written,
        )

    call_command("migrate", "partnerships", verbosity=0)

    def seen_by(user) -> set[str]:
        seen = set(FollowUp.objects.visible_to(user).values_list("pk", flat=True))
        return {readers for readers, pk in rows.items() if pk in seen}

    assert seen_by(author) == set(rows)
    assert seen_by(there) == {"present", "equity_team", "staff"}
    assert seen_by(lead) == {"equity_team", "staff"}
    assert seen_by(staff) == {"staff"}
    assert OneToOne.objects.visible_to(there).filter(readers=Readers.NAMED).count() == 1
