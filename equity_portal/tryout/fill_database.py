"""Brings the try-out's database up to date: python -m equity_portal.tryout.fill_database.

One process of its own, so that Django is loaded once for all of it and is gone afterwards.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import django
import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password
from django.core.management import call_command
from django.db import connection, transaction

from equity_portal.tryout.address import Address
from equity_portal.tryout.database_state import State, read_note, write_note
from equity_portal.tryout.passwords import passwords

if TYPE_CHECKING:
    from collections.abc import Mapping


def main() -> None:
    django.setup()
    is_loopback = Address.from_environment(os.environ).is_loopback
    wanted = passwords(settings.TRYOUT_DATA, is_loopback=is_loopback)
    _say("Bringing the tables up to date.")
    call_command("migrate", interactive=False, verbosity=0)
    _say("Loading the guide.")
    call_command("load_guide")
    seed_once()
    set_tryout_passwords(wanted)
    note_what_was_done(wanted)


def seed_once() -> None:
    """The fictional department comes once: what a person then changes or removes stays so."""
    connection.ensure_connection()
    noted = read_note(connection.connection)
    if noted and noted.is_seeded and get_user_model().objects.exists():
        return
    _say("Loading the fictional department.")
    with transaction.atomic():
        call_command("seed_demo")
        _note(State(code="", migrations="", accounts="", is_seeded=True))


def set_tryout_passwords(wanted: Mapping[str, str]) -> None:
    people = get_user_model().objects
    for email, password in wanted.items():
        kept = people.filter(email=email).values_list("password", flat=True).first()
        if kept is not None and not check_password(password, kept):
            people.filter(email=email).update(password=make_password(password))


def note_what_was_done(wanted: Mapping[str, str]) -> None:
    connection.ensure_connection()
    _note(State.of(connection.connection, wanted, is_seeded=True))


def _note(state: State) -> None:
    # A database of somebody else's takes no note from us; then all is looked at each time.
    with suppress(psycopg.errors.InsufficientPrivilege), transaction.atomic():
        write_note(connection.connection, state)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
