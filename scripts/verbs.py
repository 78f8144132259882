"""What the Makefile asks for, one function each."""

import os
import re
import secrets
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from environment import CHECKOUT, LOCKS, Environment, last_line, ready_environment, say, stop

OLDEST_PYTHON = "3.11"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DEBIAN_PACKAGES = ("chromium", "fonts-noto-core", "fonts-urw-base35")
ADDRESS_IN_LOCK = re.compile(r"://|--(extra-)?index|--find-links|\bfile:")


# --- run, reset -------------------------------------------------------------------------------


def become(environment: Environment, *arguments: str, **variables: str) -> NoReturn:
    """Turn this process into another: nobody stands between it and the terminal's Ctrl-C."""
    command = [str(environment.python), *arguments]
    os.execve(command[0], command, os.environ | variables)  # noqa: S606


def run() -> NoReturn:
    variables = {"MODE": "tryout"}
    if "MAKELEVEL" in os.environ:
        # Killed for good, make could not stop the portal; so the portal watches it.
        variables["TRYOUT_PARENT"] = str(os.getppid())
    become(ready_environment("tryout"), "manage.py", "serve_local", **variables)


def reset() -> NoReturn:
    become(ready_environment("tryout"), "-m", "equity_portal.tryout.reset", MODE="tryout")


# --- test -------------------------------------------------------------------------------------


def test() -> NoReturn:
    chromium = find_chromium() or install_chromium()
    arguments = ["-m", "pytest", "-n", "2", "--dist", "loadgroup"]
    arguments += shlex.split(os.environ.get("ARGS", ""))
    become(ready_environment("dev"), *arguments, CHROMIUM=chromium)


def bench() -> NoReturn:
    """One process, so that nothing of ours runs beside what is measured."""
    arguments = ["-m", "pytest", "tests/bench", "-q", "-o", "python_files=bench_*.py"]
    become(ready_environment("dev"), *arguments, *shlex.split(os.environ.get("ARGS", "")))


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        return found or stop(f"CHROMIUM is {named}, which is no program. Leave it out.", 2)
    for name in CHROMIUM_NAMES + CHROMIUM_PLACES:
        found = shutil.which(name)
        if found:
            return found
    return None


def install_chromium() -> str:
    packages = " ".join(DEBIAN_PACKAGES)
    remedy = f"Install it (on Debian: apt install {packages}), or set CHROMIUM to where it is."
    if os.geteuid() or not shutil.which("apt-get"):
        stop(f"The browser tests need Chromium, which is not on this machine. {remedy}", 2)
    say("Installing Chromium for the browser tests; this takes a minute or two.")
    install = ["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command,
            check=False,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    found = find_chromium()
    if not found:
        stop(f"Chromium could not be installed ({last_line(done.stdout)}). {remedy}", 2)
    return found


# --- check, fix -------------------------------------------------------------------------------


def check() -> None:
    environment = ready_environment("dev")
    python = str(environment.python)
    tool = tools_of(environment)
    # The models alone are compared: no database is asked, and none has to be there.
    no_database = "ignore:Got an error checking a consistent migration history"
    for name, command in (
        ("ruff check", [tool("ruff"), "check"]),
        ("ruff format", [tool("ruff"), "format", "--check"]),
        ("djangofmt", [tool("djangofmt"), "--check", "templates"]),
        ("djade", [tool("djade"), "--check", *templates()]),
        ("mypy", [python, "-m", "mypy"]),
        ("lint-imports", [python, tool("lint-imports")]),
        (
            "makemigrations",
            [python, "-W", no_database, "manage.py", "makemigrations", "--check", "--dry-run"],
        ),
        ("check --deploy", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]),
    ):
        say(f"--- {name}")
        code = subprocess.call(command, env=production())
        if code:
            stop(f"{name} found what is shown above; make fix mends matters of form.", code)
    say("All checks passed.")


def fix() -> NoReturn:
    tool = tools_of(ready_environment("dev"))
    codes = [
        subprocess.call(command)
        for command in (
            [tool("ruff"), "check", "--fix"],
            [tool("ruff"), "format"],
            [tool("djangofmt"), "templates"],
            # It ends with 1 when it changed something.
            [tool("djade"), *templates()],
        )
    ]
    raise SystemExit(codes[0])


def tools_of(environment: Environment) -> Callable[[str], str]:
    return lambda name: str(environment.folder / "bin" / name)


def templates() -> list[str]:
    return sorted(str(path) for path in (CHECKOUT / "templates").rglob("*.html"))


def production() -> dict[str, str]:
    """The environment of a good production, with values made up on the spot."""
    word = secrets.token_hex(40)
    return dict(
        os.environ,
        MODE="production",
        SECRET_KEY=word,
        DATABASE_URL=f"postgres://equity_portal:{word}@/equity_portal?host=/nonexistent",
        REDIS_URL="redis://redis.internal:6379/0",
        EMAIL_URL=f"smtp+tls://portal:{word}@smtp.internal:587",
        ALLOWED_HOSTS="equity.riverbend.gov",
        BASE_URL="https://equity.riverbend.gov",
    )


# --- lock -------------------------------------------------------------------------------------


def lock() -> None:
    environment = ready_environment("dev")
    command = [tools_of(environment)("uv"), "pip", "compile", "--quiet", "--universal"]
    command += ["--python-version", OLDEST_PYTHON, "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-header", "pyproject.toml"]
    if os.environ.get("UPGRADE") == "1":
        command.append("--upgrade")
    # The first decides the versions; the others are parts of it.
    same = ["-c", "requirements/dev.lock"]
    for kind, choice in (
        ("dev", ["--group", "dev"]),
        ("tryout", ["--group", "tryout", *same]),
        ("production", same),
    ):
        compile_lock(LOCKS / f"{kind}.lock", command + choice)
    say("The lock files are renewed. make test installs them and tries them out.")


def compile_lock(file: Path, command: list[str]) -> None:
    """Write one lock file; if it is not good, what was there stays."""
    before = file.read_bytes() if file.exists() else None
    code = subprocess.call([*command, "--output-file", str(file.relative_to(CHECKOUT))])
    has_address = not code and ADDRESS_IN_LOCK.search(file.read_text())
    if code or has_address:
        if before is not None:
            file.write_bytes(before)
        elif file.exists():
            file.unlink()
    if code:
        stop(f"{file.name} could not be compiled; uv says why above. Nothing was changed.", code)
    if has_address:
        stop(
            f"{file.name} would name an address ({has_address.group()}), which depends on this "
            "machine; the file was left as it was. Look at the dependencies in pyproject.toml."
        )


# Each is a target of the Makefile.
VERBS = {
    "run": run,
    "test": test,
    "bench": bench,
    "check": check,
    "fix": fix,
    "lock": lock,
    "reset": reset,
}
