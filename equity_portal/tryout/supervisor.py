"""Starts programs in order, starts again those that die, and ends all of them in reverse order."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Never

from equity_portal.tryout.children import Child, Program
from equity_portal.tryout.locks import Lock, end_holders
from equity_portal.tryout.problems import CannotStart, StopAsked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from equity_portal.tryout.parent import Parent
    from equity_portal.tryout.portal_log import PortalLog

TICK = 0.05
# While all is well there is nothing to hurry for.
CALM_TICK = 0.25
# A program that lived this long did not die of its start.
LONG_LIFE = 20.0
# How long to wait before each further start of one that keeps dying.
PAUSES = (0.0, 1.0, 2.0, 4.0)
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Programs end in this order, whoever started them; one that is not named here ends first.
STOP_ORDER = ("setup", "static", "beat", "worker", "web", "valkey", "postgres")


@dataclass
class Watched:
    child: Child
    quick_deaths: int = 0
    # When to start it again; None while it runs.
    start_at: float | None = None


class Supervisor:
    def __init__(self, *, locks: Path, log: PortalLog, parent: Parent | None = None) -> None:
        self.locks = locks
        self.log = log
        self.parent = parent
        self.stop_asked = threading.Event()
        self.hurry = threading.Event()
        self.watched: list[Watched] = []
        self.helpers: list[Child] = []

    # --- signals ----------------------------------------------------------------------------

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Turn the signals that end a program into a request to stop."""
        before = {number: signal.signal(number, self._on_signal) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: object) -> None:
        if self.stop_asked.is_set():
            self.hurry.set()
        self.stop_asked.set()

    # --- starting -----------------------------------------------------------------------------

    def start(self, program: Program) -> Child:
        """Start a program and keep it running."""
        child = Child(program, locks=self.locks, log=self.log)
        # Known before it runs, so that no stop can miss it.
        self.watched.append(Watched(child))
        child.start()
        return child

    def begin(self, program: Program) -> Child:
        """Start a program that ends by itself; finish() waits for it."""
        child = Child(program, locks=self.locks, log=self.log)
        self.helpers.append(child)
        child.start()
        return child

    def finish(self, child: Child, *, what_failed: str) -> None:
        """Wait for a program that ends by itself. Raises CannotStart if it fails."""
        self.wait(lambda: not child.is_running)
        child.flush()
        self.helpers.remove(child)
        if child.exit_code:
            raise CannotStart(f"{what_failed} The lines above say why.")

    def wait(self, is_done: Callable[[], bool]) -> None:
        """Wait while everything that was started is kept running. Raises StopAsked."""
        while not is_done():
            self.tick()

    def wait_for_ever(self) -> Never:
        """Keep everything running until somebody asks to stop. Raises StopAsked."""
        while True:
            self.tick(CALM_TICK)

    def tick(self, seconds: float = TICK) -> None:
        """Let a moment pass. Raises StopAsked."""
        self.stop_asked.wait(seconds)
        if self.stop_asked.is_set():
            raise StopAsked
        if self.parent and self.parent.is_leaving:
            self.log.say("make has ended, so the portal stops too.")
            raise StopAsked
        for watched in self.watched:
            self._look_after(watched)

    # --- restarting -----------------------------------------------------------------------------

    def _look_after(self, watched: Watched) -> None:
        now = time.monotonic()
        if watched.start_at is not None:
            if now >= watched.start_at:
                watched.start_at = None
                watched.child.start()
            return
        if watched.child.is_running:
            return
        self._mourn(watched, now)

    def _mourn(self, watched: Watched, now: float) -> None:
        child = watched.child
        child.flush()
        is_quick = now - child.started_at < LONG_LIFE
        watched.quick_deaths = watched.quick_deaths + 1 if is_quick else 1
        if watched.quick_deaths > len(PAUSES):
            raise CannotStart(self._why_it_gave_up(watched))
        pause = PAUSES[watched.quick_deaths - 1]
        watched.start_at = now + pause
        when = f"in {pause:g} s" if pause else "at once"
        self.log.say(f"{child.program.name} {child.how_it_ended()}; it is started again {when}.")

    def _why_it_gave_up(self, watched: Watched) -> str:
        name = watched.child.program.name
        lines = "\n".join(f"  {line}" for line in self.log.last_lines(name))
        return (
            f"{name} ended {watched.quick_deaths} times soon after its start, so the portal "
            f"stopped; mend what its last lines say and start again. They are also in "
            f"{self.log.file}:\n{lines}"
        )

    # --- ending ---------------------------------------------------------------------------------

    def stop(self) -> None:
        """End all programs, the last started first; a further signal hurries them."""
        for child in self.helpers[::-1]:
            child.stop(self.hurry)
        for watched in self.watched[::-1]:
            watched.child.stop(self.hurry)
        self.helpers.clear()
        self.watched.clear()


def reclaim(locks: Path, log: PortalLog) -> None:
    """End what an earlier run left behind when it was killed. Raises CannotStart."""
    names = {path.stem for path in locks.glob("*.lock")} - {"supervisor"}
    for name in sorted(names, key=_place_in_stop_order):
        if end_holders(Lock(locks / f"{name}.lock")):
            log.say(f"An earlier run was cut short; its {name}, still running, was ended.")


def _place_in_stop_order(name: str) -> int:
    return STOP_ORDER.index(name) if name in STOP_ORDER else -1
