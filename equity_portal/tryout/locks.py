"""Locks that last exactly as long as the processes that hold them.

A number in a file may be wrong: its process is gone, and another may have its number by now. A
lock that a child inherits with its descriptor is never wrong, because the kernel lets go of it
when the last process that has it is gone.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from equity_portal.tryout.problems import CannotStart, refuse_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

PROCESSES = Path("/proc")
MOMENT = 0.02
LAST_PATIENCE = 10.0


class Lock:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = -1

    @property
    def is_taken(self) -> bool:
        """By us."""
        return self.descriptor >= 0

    def take(self) -> bool:
        """Take the lock now, or say that somebody has it. Raises CannotStart."""
        if self.is_taken:
            return True
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as problem:
            refuse_folder(self.path.parent, problem)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self.descriptor = descriptor
        return True

    def let_go(self) -> None:
        """Close our side. Children that inherited the lock still hold it."""
        if self.is_taken:
            os.close(self.descriptor)
            self.descriptor = -1

    def write(self, **facts: object) -> None:
        """Leave word for whoever finds the lock taken."""
        text = json.dumps(facts).encode()
        os.pwrite(self.descriptor, text, 0)
        os.ftruncate(self.descriptor, len(text))

    def read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            facts = json.loads(self.path.read_text())
            if isinstance(facts, dict):
                return facts
        return {}

    def is_free(self) -> bool:
        free = self.take()
        self.let_go()
        return free

    def wait_until_free(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not self.is_free():
            if time.monotonic() > until:
                return False
            time.sleep(MOMENT)
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.let_go()


def end_holders(lock: Lock) -> bool:
    """End the processes that hold a child's lock, and say whether there were any.

    Raises CannotStart if they cannot be ended.
    """
    if lock.is_free():
        return False
    facts = lock.read()
    leader = int(facts.get("pid", 0))
    holders = holders_of(lock.path)
    # The leader ends its own children in good order; without one, each is told by itself.
    first = {leader} if holders is None or leader in holders else holders
    _signal(first, int(facts.get("stop_signal", signal.SIGTERM)))
    if lock.wait_until_free(float(facts.get("patience", LAST_PATIENCE))):
        return True
    holders = holders_of(lock.path)
    if holders is None:
        with suppress(OSError):
            os.killpg(leader, signal.SIGKILL)
    else:
        _signal(holders, signal.SIGKILL)
    if not lock.wait_until_free(LAST_PATIENCE):
        raise CannotStart(
            f"A process of an earlier run still holds {lock.path} and does not end. "
            "End it by hand and start again."
        )
    return True


def holders_of(path: Path) -> set[int] | None:
    """Who has this file open, as the kernel sees it; None where the kernel does not tell.

    There the lock's own word has to do: while the lock is held its process group exists, and no
    other process is given the number of a group that exists.
    """
    if not (PROCESSES / "self" / "fd").is_dir():
        return None
    wanted = path.stat()
    return {
        int(process.name)
        for process in PROCESSES.iterdir()
        if process.name.isdigit()
        and int(process.name) != os.getpid()
        and _has_open(process, (wanted.st_dev, wanted.st_ino))
    }


def _has_open(process: Path, wanted: tuple[int, int]) -> bool:
    try:
        descriptors = list((process / "fd").iterdir())
    except OSError:
        return False
    for descriptor in descriptors:
        with suppress(OSError):
            found = descriptor.stat()
            if (found.st_dev, found.st_ino) == wanted:
                return True
    return False


def _signal(processes: Iterable[int], number: int) -> None:
    for process in processes:
        if process > 1:
            with suppress(ProcessLookupError):
                os.kill(process, number)
