from __future__ import annotations

import os

import pytest
from django.db import connection

from equity_portal.tryout import fill_database
from equity_portal.tryout.database_state import (
    State,
    code_digest,
    is_as_noted,
    read_note,
    write_note,
)
from equity_portal.tryout.passwords import ACCOUNTS
from tests.factories import UserFactory

LOOPBACK = dict.fromkeys(ACCOUNTS, "riverbend-tryout")


@pytest.fixture
def checkout(folder):
    for name in ("practices/content/one.md", "accounts/migrations/0001.py", "static/a.css"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("as it was")
    return folder


def state():
    connection.ensure_connection()
    return State.of(connection.connection, LOOPBACK, is_seeded=True)


@pytest.mark.parametrize("name", ["practices/content/one.md", "accounts/migrations/0001.py"])
def test_a_change_of_code_or_content_shows(checkout, name):
    before = code_digest(checkout)

    (checkout / name).write_text("and as it is now")

    assert code_digest(checkout) != before


def test_what_the_database_does_not_hold_does_not_show(checkout):
    before = code_digest(checkout)

    (checkout / "static" / "a.css").write_text("other colours")
    (checkout / "practices" / "__pycache__").mkdir()
    (checkout / "practices" / "__pycache__" / "one.pyc").touch()

    assert code_digest(checkout) == before


def test_the_note_is_read_as_it_was_written(db):
    connection.ensure_connection()
    assert read_note(connection.connection) is None
    note = State(code="a'b", migrations="c", accounts="d", is_seeded=True)

    write_note(connection.connection, note)

    assert read_note(connection.connection) == note


def test_a_password_that_was_changed_shows(db):
    person = UserFactory(email="lead@riverbend.example")
    before = state()
    assert state() == before

    person.set_password("something-else-entirely")
    person.save()

    assert state() != before


def test_a_migration_that_was_taken_back_shows(db):
    before = state()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0001_initial'")

    assert state() != before


def test_a_database_that_is_new_or_silent_is_not_as_noted():
    assert not is_as_noted(os.environ["DATABASE_URL"], LOOPBACK)
    assert not is_as_noted("postgres://nobody@/nothing?host=/nonexistent", LOOPBACK)


def test_passwords_are_set_where_they_differ(db):
    lead = UserFactory(email="lead@riverbend.example", password="riverbend-tryout")
    staff = UserFactory(email="staff@riverbend.example", password="what-somebody-chose")
    kept = lead.password

    fill_database.set_tryout_passwords(LOOPBACK)

    lead.refresh_from_db()
    staff.refresh_from_db()
    assert lead.password == kept
    assert staff.check_password("riverbend-tryout")


def test_the_department_comes_once_and_what_is_removed_stays_away(db, monkeypatch):
    seeded = []
    monkeypatch.setattr(fill_database, "call_command", seeded.append)
    UserFactory()

    fill_database.seed_once()
    fill_database.seed_once()

    assert seeded == ["seed_demo"]


def test_a_department_that_failed_to_load_is_loaded_again(db, monkeypatch):
    def fail(name):
        raise RuntimeError

    monkeypatch.setattr(fill_database, "call_command", fail)
    with pytest.raises(RuntimeError):
        fill_database.seed_once()

    assert read_note(connection.connection) is None
