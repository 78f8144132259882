"""Where the try-out keeps what was entered, and the addresses of its own services.

Settings import this module, so it needs nothing of Django.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from equity_portal.tryout.problems import CannotStart, refuse_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).resolve().parents[2]
# As root the servers run as another user, who may not enter root's own folders.
STATE_OF_ROOT = Path("/var/lib/equity-portal")
MARKER = "equity-portal-tryout.txt"
MARKER_TEXT = (
    "This folder belongs to a try-out of Equity Portal. make reset deletes all that is in it.\n"
)
DATABASE = "equity_portal"
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"
# The kernel allows 108 characters on Linux and 104 on macOS.
LONGEST_SOCKET_PATH = 99
# Every library that reads a socket's path from an address agrees on these.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class DataFolder:
    path: Path
    # A folder that a person named must be empty or ours already; our own places are ours.
    is_chosen: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Look where the data is, without making or touching anything."""
        chosen = environ.get("DATA_DIR", "").strip()
        if chosen:
            return cls((CHECKOUT / Path(chosen).expanduser()).resolve(), is_chosen=True)
        if is_root():
            return cls(STATE_OF_ROOT / _short_hash(CHECKOUT))
        return cls(CHECKOUT / "var")

    def prepare(self) -> None:
        """Make the folder and mark it as ours.

        Raises CannotStart for a folder that cannot be written or that holds other things.
        """
        try:
            make_folder(self.path, 0o711 if is_root() else 0o700)
            found = {path.name for path in self.path.iterdir()}
            if MARKER not in found:
                if self.is_chosen and found:
                    raise CannotStart(
                        f"{self.path} holds other things. "
                        "Choose an empty folder or a new one with make run DATA_DIR=…"
                    )
                # Always the first file in the folder: another process may be looking too.
                (self.path / MARKER).write_text(MARKER_TEXT)
                # The servers' user passes through, and sees nothing else.
                self.path.chmod(0o711 if is_root() else 0o700)
        except OSError as problem:
            refuse_folder(self.path, problem)

    @property
    def is_ours(self) -> bool:
        return (self.path / MARKER).is_file()

    # --- who keeps what where ---------------------------------------------------------------

    @cached_property
    def services(self) -> Path:
        """Where PostgreSQL and Valkey keep their files.

        This folder, except for root with a folder that the servers' user may not enter.
        """
        if not is_root() or _anybody_may_enter(self.path.parent):
            return self.path
        return STATE_OF_ROOT / _short_hash(self.path)

    @cached_property
    def sockets(self) -> Path:
        """The folder of the sockets: here, unless the path is too long or too odd for one."""
        here = self.path / "sockets"
        fits = len(str(here / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH
        may_enter = not is_root() or self.path.is_relative_to(STATE_OF_ROOT)
        if fits and may_enter and PLAIN_PATH.fullmatch(str(here)):
            return here
        name = f"equity-portal-{os.geteuid()}-{_short_hash(self.path)}"
        there = Path(tempfile.gettempdir()) / name
        is_short = len(str(there / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH
        return there if is_short and PLAIN_PATH.fullmatch(str(there)) else Path("/tmp") / name  # noqa: S108 (private, and checked)

    @property
    def run(self) -> Path:
        """Locks, each held by the process that it names."""
        return self.path / "run"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def mailbox(self) -> Path:
        return self.path / "mailbox"

    @property
    def static_root(self) -> Path:
        return self.path / "static"

    @property
    def static_stamp(self) -> Path:
        return self.path / "static.stamp"

    @property
    def passwords_file(self) -> Path:
        return self.path / "passwords.json"

    @property
    def beat_schedule(self) -> Path:
        return self.path / "beat-schedule"

    # --- addresses --------------------------------------------------------------------------

    @property
    def database_url(self) -> str:
        return f"postgres://{DATABASE}@/{DATABASE}?host={quote(str(self.sockets))}"

    @property
    def redis_url(self) -> str:
        """As redis-py spells it, and REDIS_URL."""
        return f"unix://{quote(str(self.sockets / VALKEY_SOCKET))}"

    @property
    def broker_url(self) -> str:
        """The same server, in Celery's spelling."""
        return f"redis+socket://{quote(str(self.sockets / VALKEY_SOCKET))}"

    # --- what is made once and kept -----------------------------------------------------------

    def secret_key(self) -> str:
        """Give the key of this try-out, made at random the first time."""
        # Hexadecimal: by chance it may not spell a word that is refused as an example.
        return self.keep("secret-key", secrets.token_hex(32))

    def keep(self, name: str, text: str) -> str:
        """Keep a private text under a name; the first to keep one wins, and all get that."""
        kept = self.path / name
        try:
            is_there = kept.exists()
        except OSError as problem:
            # A folder above it that this user may not even enter.
            refuse_folder(self.path, problem)
        if not is_there:
            self.prepare()
            half = self.path / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
            try:
                half.touch(mode=0o600, exist_ok=False)
                half.write_text(text)
                # A link fails where there is a file already: nobody overwrites, nobody sees half.
                os.link(half, kept)
            except FileExistsError:
                pass
            except OSError as problem:
                refuse_folder(self.path, problem)
            finally:
                half.unlink(missing_ok=True)
        try:
            return kept.read_text()
        except OSError as problem:
            refuse_folder(kept, problem)


def is_root() -> bool:
    return os.geteuid() == 0


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder, with this mode whatever the umask is; what is there stays as it is."""
    if folder.is_dir():
        return
    if folder.parent == STATE_OF_ROOT:
        make_folder(STATE_OF_ROOT, 0o755)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    folder.chmod(mode)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _anybody_may_enter(folder: Path) -> bool:
    existing = [above for above in (folder, *folder.parents) if above.exists()]
    return all(above.stat().st_mode & 0o001 for above in existing)
