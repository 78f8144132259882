"""Where the web server listens: checked, taken before anything is started, and kept."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from equity_portal.environment import LOOPBACK
from equity_portal.tryout.problems import CannotStart

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST_PORT = 65_535
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (recognised, not chosen)
BACKLOG = 128


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read HOST and PORT. Raises CannotStart."""
        given = environ.get("PORT", "").strip() or "8000"
        if not (given.isascii() and given.isdigit() and 0 < int(given) <= LAST_PORT):
            raise CannotStart(
                f"PORT is {given!r}, and must be a number from 1 to {LAST_PORT}: "
                "make run PORT=8001."
            )
        return cls(environ.get("HOST", "").strip() or "127.0.0.1", int(given))

    @property
    def is_loopback(self) -> bool:
        """Only this machine can reach it."""
        return self.host in LOOPBACK

    @property
    def is_everywhere(self) -> bool:
        """Every network of this machine reaches it."""
        return self.host in EVERYWHERE

    @property
    def reached_at(self) -> str:
        """The host that a program on this machine connects to."""
        return EVERYWHERE.get(self.host, self.host)

    @property
    def url(self) -> str:
        host = self.reached_at
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def listen(self) -> socket.socket:
        """Take the port; from now on it is nobody else's. Raises CannotStart."""
        try:
            return self._listener(self.port)
        except socket.gaierror:
            raise CannotStart(
                f"HOST is {self.host!r}, which is no address of this machine. Leave it out to "
                "listen on this machine alone, or use HOST=0.0.0.0 to be reached from others."
            ) from None
        except OSError as problem:
            raise CannotStart(self._why_not(problem)) from None

    def _listener(self, port: int) -> socket.socket:
        family, kind, protocol, _, where = socket.getaddrinfo(
            self.host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            # A connection of the last run that lingers does not hold the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
        return listener

    def _why_not(self, problem: OSError) -> str:
        if problem.errno == errno.EADDRINUSE:
            return f"Port {self.port} is taken by another program. {self._remedy()}"
        if problem.errno == errno.EACCES:
            return f"This user may not listen on port {self.port}. {self._remedy()}"
        return (
            f"HOST is {self.host!r}, which is no address of this machine ({problem.strerror}). "
            "Leave it out to listen on this machine alone."
        )

    def _remedy(self) -> str:
        for port in range(max(self.port, 8000) + 1, LAST_PORT):
            try:
                self._listener(port).close()
            except OSError:
                continue
            return f"Port {port} is free: make run PORT={port}"
        return "Stop that program and start again."
