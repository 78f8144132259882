"""The portal's own programs as the try-out runs them: the same that production runs."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING

from equity_portal.tryout.children import Program, python
from equity_portal.tryout.data_folder import CHECKOUT
from equity_portal.tryout.database_state import PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from equity_portal.tryout.data_folder import DataFolder

WEB_WORKERS = 2
WEB_THREADS = 4
TASKS_AT_ONCE = 2
# On one's own machine there may be nobody but root to run it; production has a user for it.
NO_WARNING_ABOUT_ROOT = "ignore:You're running the worker with superuser privileges"
# Signs of life, every few seconds, would hide what happens. Failures have other words.
HEARTBEATS = (
    "INFO celery.beat: Scheduler: Sending due task",
    "INFO celery.worker.strategy: Task",
    "INFO celery.app.trace: Task reminders.tasks.beat_heart",
)


def environment() -> dict[str, str]:
    warnings = os.environ.get("PYTHONWARNINGS", "")
    return os.environ | {
        "MODE": "tryout",
        "DJANGO_SETTINGS_MODULE": "equity_portal.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": ",".join(filter(None, [warnings, NO_WARNING_ABOUT_ROOT])),
    }


def web(listener: int) -> Program:
    return Program(
        name="web",
        command=python(
            *("gunicorn", "equity_portal.wsgi:application"),
            # The portal keeps the port; a web server that is started again finds it open.
            *("--bind", f"fd://{listener}"),
            *("--worker-class", "gthread"),
            *("--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS)),
            *("--graceful-timeout", "8"),
            # Django is loaded once, and the workers share it.
            *("--preload", "--no-control-socket"),
        ),
        folder=CHECKOUT,
        environment=environment(),
        inherits=(listener,),
        # We ask until it is so.
        unremarkable=("Service Unavailable: /health/ready",),
    )


def worker() -> Program:
    return Program(
        name="worker",
        command=python(
            *("celery", "--quiet", "--app", "equity_portal", "worker"),
            *("--concurrency", str(TASKS_AT_ONCE), "--loglevel", "INFO"),
            # There is no other worker to wait for.
            *("--without-gossip", "--without-mingle"),
        ),
        folder=CHECKOUT,
        environment=environment(),
        unremarkable=HEARTBEATS,
    )


def beat(data: DataFolder) -> Program:
    return Program(
        name="beat",
        command=python(
            *("celery", "--quiet", "--app", "equity_portal", "beat"),
            *("--schedule", str(data.beat_schedule), "--loglevel", "INFO"),
        ),
        folder=CHECKOUT,
        environment=environment(),
        unremarkable=HEARTBEATS,
    )


def fill_database() -> Program:
    return Program(
        name="setup",
        command=python("equity_portal.tryout.fill_database"),
        folder=CHECKOUT,
        environment=environment(),
    )


def collect_static() -> Program:
    return Program(
        name="static",
        command=[
            *(sys.executable, "manage.py", "collectstatic"),
            *("--noinput", "--clear", "--verbosity", "0"),
        ],
        folder=CHECKOUT,
        environment=environment(),
    )


def static_digest(checkout: Path = CHECKOUT) -> str:
    """What collectstatic depends on: our own files, and the versions of everybody else's."""
    digest = hashlib.sha256(sys.version.encode())
    for path in _static_sources(checkout):
        stat = path.stat()
        inside = path.relative_to(checkout)
        digest.update(f"{inside} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_sources(checkout: Path) -> Iterator[Path]:
    yield from sorted((checkout / "requirements").glob("*.lock"))
    yield checkout / "equity_portal" / "storage.py"
    for folder in ("static", *(f"{program}/static" for program in PROGRAMS)):
        yield from sorted(path for path in (checkout / folder).rglob("*") if path.is_file())
