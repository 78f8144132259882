"""make run: everything in its order, until somebody stops it."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from datetime import UTC, datetime
from socket import gethostname
from typing import TYPE_CHECKING, Any

import psycopg
import redis

from equity_portal.tryout import programs
from equity_portal.tryout.address import Address
from equity_portal.tryout.data_folder import DataFolder
from equity_portal.tryout.database_state import is_as_noted, libpq_url
from equity_portal.tryout.locks import Lock
from equity_portal.tryout.parent import Parent
from equity_portal.tryout.passwords import passwords
from equity_portal.tryout.portal_log import PortalLog
from equity_portal.tryout.postgres import Postgres
from equity_portal.tryout.problems import CannotStart, StopAsked
from equity_portal.tryout.service_user import claim_services_folder, service_user
from equity_portal.tryout.supervisor import Supervisor, reclaim
from equity_portal.tryout.valkey import Valkey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from socket import socket

    from equity_portal.tryout.children import Child

PARENT = "TRYOUT_PARENT"
ANSWER_TIMEOUT = 5
# How long to wait before saying what is being waited for.
SILENCE = 30.0


def serve(environ: Mapping[str, str], *, last_heartbeat: Callable[[], datetime | None]) -> None:
    """Run the portal until somebody stops it. Raises CannotStart.

    `last_heartbeat` says when a worker last did what beat had asked.
    """
    data = DataFolder.from_environment(environ)
    address = Address.from_environment(environ)
    data.prepare()
    log = PortalLog(data.logs / "portal.log", screen=sys.stdout)
    parent = environ.get(PARENT, "")
    supervisor = Supervisor(
        locks=data.run, log=log, parent=Parent(int(parent)) if parent.isdigit() else None
    )
    with supervisor.signals(), Lock(data.run / "supervisor.lock") as turn:
        try:
            take_turn(turn, address, supervisor)
            Portal(environ, data, address, supervisor, last_heartbeat).run()
        except StopAsked:
            log.say("Stopping.")
        finally:
            if turn.is_taken:
                turn.write(pid=os.getpid(), address=address.url, is_stopping=True)
            supervisor.stop()
    log.say("The portal has stopped. What was entered is kept for the next make run.")


def take_turn(turn: Lock, address: Address, supervisor: Supervisor) -> None:
    """One portal at a time in a data folder. Raises CannotStart and StopAsked."""
    is_told = False
    while not turn.take():
        other = turn.read()
        if other and not other.get("is_stopping"):
            raise CannotStart(
                f"The portal runs already, at {other.get('address')}. Stop it with Ctrl-C where "
                f"it was started, or with: kill {other.get('pid')}"
            )
        if other and not is_told:
            supervisor.log.say("The portal of before is still stopping; waiting for it.")
            is_told = True
        supervisor.tick()
    turn.write(pid=os.getpid(), address=address.url)


class Portal:
    def __init__(
        self,
        environ: Mapping[str, str],
        data: DataFolder,
        address: Address,
        supervisor: Supervisor,
        last_heartbeat: Callable[[], datetime | None],
    ) -> None:
        self.environ = environ
        self.data = data
        self.address = address
        self.supervisor = supervisor
        self.last_heartbeat = last_heartbeat
        self.log = supervisor.log
        self.passwords = passwords(data, is_loopback=address.is_loopback)

    def run(self) -> None:
        """Start everything in its order and keep it running. Raises CannotStart, StopAsked."""
        reclaim(self.data.run, self.log)
        with self.address.listen() as listener:
            self.log.say("Starting.")
            static = self._begin_static()
            self._start_services()
            self._fill_database()
            self._finish_static(static)
            self._start_programs(listener)
            self._wait_until_ready()
            self.log.show(self._welcome())
            self.supervisor.wait_for_ever()

    # --- the servers ----------------------------------------------------------------------------

    def _start_services(self) -> None:
        if claim_services_folder(self.data):
            self.log.say(
                f"The database is kept in {self.data.services}, because the user it runs as may "
                f"not enter {self.data.path}."
            )
        user = service_user(self.data.services)
        ready = []
        if not self.environ.get("DATABASE_URL"):
            postgres = Postgres(self.data, user=user)
            self.supervisor.start(postgres.program())
            ready.append(postgres.is_ready)
        if not self.environ.get("REDIS_URL"):
            valkey = Valkey(self.data, user=user)
            self.supervisor.start(valkey.program())
            ready.append(valkey.is_ready)
        for is_ready in ready:
            self.supervisor.wait(is_ready)
        refuse_silent_servers(self.environ)

    @property
    def database_url(self) -> str:
        return self.environ.get("DATABASE_URL") or self.data.database_url

    def _fill_database(self) -> None:
        if is_as_noted(self.database_url, self.passwords):
            return
        self.log.say("Preparing the database. The first time takes a while.")
        filling = self.supervisor.begin(programs.fill_database())
        self.supervisor.finish(filling, what_failed="The database could not be prepared.")

    # --- static files ---------------------------------------------------------------------------

    def _begin_static(self) -> Child | None:
        """Collect beside everything else, and only when something changed."""
        stamp = self.data.static_stamp
        if stamp.exists() and stamp.read_text() == programs.static_digest():
            return None
        stamp.unlink(missing_ok=True)
        return self.supervisor.begin(programs.collect_static())

    def _finish_static(self, collecting: Child | None) -> None:
        if collecting:
            digest = programs.static_digest()
            failed = "Styles and scripts could not be collected."
            self.supervisor.finish(collecting, what_failed=failed)
            self.data.static_stamp.write_text(digest)

    # --- the portal -----------------------------------------------------------------------------

    def _start_programs(self, listener: socket) -> None:
        self.supervisor.start(programs.web(listener.fileno()))
        self.supervisor.start(programs.worker())
        self.supervisor.start(programs.beat(self.data))

    def _wait_until_ready(self) -> None:
        """All of it answers, and a mail that is owed now would be sent."""
        begun_at = datetime.now(UTC)
        speak_at = time.monotonic() + SILENCE
        while (found := self._what_is_missing(begun_at)) is not None:
            if time.monotonic() > speak_at:
                speak_at += SILENCE
                self.log.say(f"Not ready yet: {found}.")
            self.supervisor.tick()

    def _what_is_missing(self, begun_at: datetime) -> str | None:
        if missing := health(self.address, self.environ):
            return missing
        # A heartbeat of the last run is young enough for health, and tells nothing about this.
        beat_at = self.last_heartbeat()
        return None if beat_at and beat_at > begun_at else "the worker has not been heard yet"

    def _welcome(self) -> str:
        width = max(map(len, self.passwords))
        lines = [f"  {email:<{width}}  {word}" for email, word in self.passwords.items()]
        return "\n".join(
            [
                "",
                f"The portal is ready: {self.address.url}/",
                *self._how_others_reach_it(),
                f"Mail it sends is read at {self.address.url}/mailbox/",
                "",
                f"  {'Sign in as':<{width}}  with the password",
                *lines,
                "",
                "Ctrl-C stops it; what you enter is kept.",
                "",
            ]
        )

    def _how_others_reach_it(self) -> Iterator[str]:
        if self.address.is_everywhere:
            yield f"From other machines: http://{gethostname()}:{self.address.port}/"


def refuse_silent_servers(environ: Mapping[str, str]) -> None:
    """Servers of somebody's own are asked first. Raises CannotStart."""
    if url := environ.get("DATABASE_URL"):
        try:
            psycopg.connect(libpq_url(url), connect_timeout=ANSWER_TIMEOUT).close()
        except psycopg.Error as problem:
            raise CannotStart(_silent("database", "DATABASE_URL", problem)) from None
    if url := environ.get("REDIS_URL"):
        try:
            with redis.Redis.from_url(url, socket_connect_timeout=ANSWER_TIMEOUT) as client:
                client.ping()
        except (redis.RedisError, ValueError) as problem:
            raise CannotStart(_silent("server", "REDIS_URL", problem)) from None


def _silent(what: str, name: str, problem: Exception) -> str:
    reason = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
    return (
        f"The {what} that {name} names does not answer ({reason}). Correct {name}, or leave it "
        "out and the portal starts its own."
    )


def health(address: Address, environ: Mapping[str, str]) -> str | None:
    """What is not ready yet, or nothing."""
    host = environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or address.reached_at
    connection = http.client.HTTPConnection(
        address.reached_at, address.port, timeout=ANSWER_TIMEOUT
    )
    try:
        connection.request("GET", "/health/ready", headers={"Host": host, "Connection": "close"})
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException):
        return "the web server does not answer"
    finally:
        connection.close()
    return None if response.status == http.client.OK else _what_waits(response.status, body)


def _what_waits(status: int, body: bytes) -> str:
    try:
        checks: dict[str, Any] = json.loads(body)["checks"]
        return ", ".join(f"{name} {answer}" for name, answer in checks.items() if answer != "ok")
    except (ValueError, KeyError, AttributeError, TypeError):
        return f"the web server answers with {status}"
