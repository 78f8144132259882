"""One program that the portal runs: how it starts, how it ends, and how it is found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from equity_portal.tryout.locks import Lock, end_holders
from equity_portal.tryout.problems import CannotStart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from threading import Event, Thread

    from equity_portal.tryout.portal_log import PortalLog
    from equity_portal.tryout.service_user import ServiceUser

MOMENT = 0.02
HURRY = 1.0


def nothing() -> None:
    """Do nothing before a start."""


@dataclass(frozen=True)
class Program:
    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    user: ServiceUser | None = None
    # Descriptors that the program inherits beside its lock.
    inherits: Sequence[int] = ()
    stop_signal: int = signal.SIGTERM
    # How long it may take to end before it is killed.
    patience: float = 20.0
    # Puts right what a crash left behind; runs while nothing of the program can be running.
    before_start: Callable[[], None] = nothing
    # Lines with these words tell a reader of the log nothing.
    unremarkable: Sequence[str] = ()


def python(*arguments: str) -> list[str]:
    """Give the command that runs a module with the portal's own Python."""
    return [sys.executable, "-m", *arguments]


class Child:
    """A running program and everything it starts, held together by one inherited lock."""

    def __init__(self, program: Program, *, locks: Path, log: PortalLog) -> None:
        self.program = program
        self.log = log
        self.lock = Lock(locks / f"{program.name}.lock")
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self._follower: Thread | None = None

    def start(self) -> None:
        """Start the program. Raises CannotStart."""
        # Its own children may outlive a program that was killed, by a moment or for good.
        while not self.lock.take():
            end_holders(self.lock)
        try:
            self.program.before_start()
            self._start()
        finally:
            self.lock.let_go()

    def _start(self) -> None:
        program = self.program
        user = program.user
        try:
            self.process = subprocess.Popen(
                program.command,
                cwd=program.folder,
                env=program.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(self.lock.descriptor, *program.inherits),
                # Ctrl-C in the terminal is for the portal, which then ends each in its turn.
                start_new_session=True,
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[user.gid] if user else None,
                umask=0o077,
            )
        except OSError as problem:
            raise CannotStart(
                f"{program.name} cannot be started: {program.command[0]}: {problem.strerror}. "
                "Delete the folder .venv, which make run makes anew, and start again."
            ) from None
        self.started_at = time.monotonic()
        self.lock.write(
            pid=self.process.pid, stop_signal=int(program.stop_signal), patience=program.patience
        )
        if self.process.stdout:
            self._follower = self.log.follow(
                program.name, self.process.stdout, unremarkable=program.unremarkable
            )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def how_it_ended(self) -> str:
        code = self.exit_code
        if code is None:
            return "is running"
        if code < 0:
            with suppress(ValueError):
                return f"was ended by {signal.Signals(-code).name}"
        return f"ended with code {code}"

    def wait_until(self, is_ready: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait where no supervisor does. Raises CannotStart."""
        until = time.monotonic() + seconds
        while not is_ready():
            if not self.is_running or time.monotonic() > until:
                self.flush()
                said = "\n".join(self.log.last_lines(self.program.name))
                raise CannotStart(f"{self.program.name} did not become ready:\n{said}")
            time.sleep(MOMENT)

    def stop(self, hurry: Event | None = None) -> None:
        """End the program and all that it started; nothing of it runs afterwards."""
        if self.is_running and self.process:
            self.process.send_signal(self.program.stop_signal)
            if not self._wait(self.program.patience, hurry):
                self.log.say(f"{self.program.name} does not end by itself and is killed.")
                with suppress(OSError):
                    os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        # Servers end their own children a moment after themselves.
        if not self.lock.wait_until_free(HURRY):
            end_holders(self.lock)
        self.flush()

    def flush(self) -> None:
        """Wait until the last words of an ended program are in the log."""
        if self._follower and not self.is_running:
            self._follower.join(HURRY)

    def _wait(self, seconds: float, hurry: Event | None) -> bool:
        until = time.monotonic() + seconds
        while self.is_running:
            if hurry and hurry.is_set():
                until = min(until, time.monotonic() + HURRY)
                hurry = None
            if time.monotonic() > until:
                return False
            time.sleep(MOMENT)
        return True
