"""Whether the database has what the code of today puts into it.

What was done is noted in the database itself: a database that is made anew has no note, so there
is nothing that could wrongly say it is done.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

import psycopg
from psycopg import sql

from equity_portal.tryout.data_folder import CHECKOUT
from equity_portal.tryout.passwords import ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# Whatever migrates, loads or seeds is in one of these; a change in any means: look again.
PROGRAMS = (
    "accounts",
    "equity_portal",
    "infrastructure",
    "partnerships",
    "practices",
    "records",
    "reminders",
)
NOT_LOOKED_AT = {"__pycache__", "static", "templates"}
NOTE = "equity-portal-tryout "


@dataclass(frozen=True)
class State:
    """What the code, the migrations and the accounts were when the database was last filled."""

    code: str
    migrations: str
    accounts: str
    is_seeded: bool

    @classmethod
    def of(
        cls, connection: psycopg.Connection, passwords: Mapping[str, str], *, is_seeded: bool
    ) -> Self:
        return cls(
            code=code_digest(),
            migrations=_digest(
                connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            ),
            accounts=_digest(
                connection.execute(
                    "SELECT email, password FROM accounts_user WHERE email = ANY(%s) ORDER BY email",
                    [list(ACCOUNTS)],
                )
            )
            + _digest(passwords.items()),
            is_seeded=is_seeded,
        )


def is_as_noted(url: str, passwords: Mapping[str, str]) -> bool:
    """Nothing has to be migrated, loaded, seeded or set. Any doubt means that something has."""
    try:
        with psycopg.connect(libpq_url(url)) as connection:
            noted = read_note(connection)
            return (
                noted is not None
                and noted.is_seeded
                and noted == State.of(connection, passwords, is_seeded=True)
            )
    except psycopg.Error:
        return False


def read_note(connection: psycopg.Connection) -> State | None:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
        "WHERE datname = current_database()"
    ).fetchone()
    if not row or not row[0] or not row[0].startswith(NOTE):
        return None
    try:
        return State(**json.loads(row[0].removeprefix(NOTE)))
    except (ValueError, TypeError):
        return None


def write_note(connection: psycopg.Connection, state: State) -> None:
    connection.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(
            sql.Identifier(connection.info.dbname),
            sql.Literal(NOTE + json.dumps(asdict(state))),
        )
    )


def libpq_url(url: str) -> str:
    """Spell a database address the way PostgreSQL's own library does."""
    return "postgresql://" + url.partition("://")[2]


def code_digest(checkout: Path = CHECKOUT) -> str:
    return _digest(_facts(checkout))


def _facts(checkout: Path) -> Iterator[tuple[str, int, int]]:
    looked_at = sorted((checkout / "requirements").glob("*.lock"))
    for program in PROGRAMS:
        looked_at += sorted((checkout / program).rglob("*"))
    for path in looked_at:
        inside = path.relative_to(checkout)
        if path.is_file() and not NOT_LOOKED_AT & set(inside.parts):
            stat = path.stat()
            yield str(inside), stat.st_size, stat.st_mtime_ns


def _digest(facts: Iterable[Iterable[object]]) -> str:
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(repr(tuple(fact)).encode())
    return digest.hexdigest()[:16]
