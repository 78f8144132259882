"""One log for all: each line says who wrote it, on the screen and in a file of bounded size."""

from __future__ import annotations

import re
import threading
from collections import defaultdict, deque
from contextlib import suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE_LIMIT = 2_000_000
LINE_LIMIT = 20_000
REMEMBERED = 12
# What a terminal would act upon instead of showing.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class PortalLog:
    def __init__(
        self, file: Path, *, screen: IO[str] | None = None, limit: int = FILE_LIMIT
    ) -> None:
        self.file = file
        self.screen = screen
        self.limit = limit
        self._turn = threading.Lock()
        self._last: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=REMEMBERED))

    def say(self, text: str) -> None:
        """Speak for the portal as a whole."""
        self.line("portal", text)

    def line(self, name: str, text: str) -> None:
        shown = CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.rstrip())
        line = f"{name:<8} | {shown}\n"
        with self._turn:
            self._last[name].append(shown)
            self._show(line)
            # The portal goes on when the disk is full.
            with suppress(OSError):
                self._keep(line)

    def show(self, text: str) -> None:
        """For the screen alone: passwords stand in no log."""
        with self._turn:
            self._show(f"{text}\n")

    def _show(self, text: str) -> None:
        # The portal goes on when the terminal is gone.
        with suppress(OSError, ValueError):
            if self.screen:
                self.screen.write(text)
                self.screen.flush()

    def last_lines(self, name: str) -> list[str]:
        with self._turn:
            return list(self._last[name])

    def follow(
        self, name: str, pipe: IO[bytes], *, unremarkable: Sequence[str] = ()
    ) -> threading.Thread:
        """Log what comes out of a pipe, until everybody who writes to it is gone."""
        follower = threading.Thread(
            target=self._read, args=(name, pipe, unremarkable), daemon=True
        )
        follower.start()
        return follower

    def _read(self, name: str, pipe: IO[bytes], unremarkable: Sequence[str]) -> None:
        with pipe:
            while raw := pipe.readline(LINE_LIMIT):
                text = raw.decode(errors="replace")
                if text.strip() and not any(words in text for words in unremarkable):
                    self.line(name, text)

    def _keep(self, line: str) -> None:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.file.exists() and self.file.stat().st_size > self.limit:
            self.file.replace(self.file.with_suffix(".log.1"))
        with self.file.open("a") as kept:
            kept.write(line)
