"""The make that started the portal: when it ends, nobody is left whom Ctrl-C would reach."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path


class Parent:
    def __init__(self, process: int) -> None:
        self.process = process
        self._heeds_interrupt = self._catches_interrupt()

    @property
    def is_leaving(self) -> bool:
        return os.getppid() != self.process or self._was_interrupted

    @property
    def _was_interrupted(self) -> bool:
        """GNU make that is interrupted by itself waits for us and does not tell us.

        In a terminal Ctrl-C reaches both. A lone kill -INT of make shows only in that make gave
        up its handler. Where the kernel does not show it, such a signal has to be sent to us.
        """
        return self._heeds_interrupt and not self._catches_interrupt()

    def _catches_interrupt(self) -> bool:
        try:
            status = Path(f"/proc/{self.process}/status").read_text()
        except OSError:
            return False
        caught = re.search(r"^SigCgt:\s*([0-9a-f]+)", status, re.MULTILINE)
        return bool(caught and int(caught[1], 16) & 1 << (signal.SIGINT - 1))
