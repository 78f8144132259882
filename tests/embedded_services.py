"""A PostgreSQL and a Valkey for one run of the tests: a pytest plugin, -p tests.embedded_services.

It must come before pytest-django, which reads the settings early; that is why it is no conftest.
The workers of pytest-xdist inherit the addresses from the process that started them.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from equity_portal.tryout.children import Child
from equity_portal.tryout.data_folder import DataFolder
from equity_portal.tryout.locks import Lock
from equity_portal.tryout.portal_log import PortalLog
from equity_portal.tryout.postgres import Postgres
from equity_portal.tryout.service_user import service_user
from equity_portal.tryout.supervisor import reclaim
from equity_portal.tryout.valkey import Valkey

PREFIX = f"equity-portal-tests-{os.geteuid()}-"
# What somebody set for a try-out or a production of theirs is not meant for the tests.
NOT_FOR_TESTS = (
    "HOST",
    "PORT",
    "BASE_URL",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "FROM_EMAIL",
    "SECRET_KEY",
    "HSTS_INCLUDE_SUBDOMAINS",
    "HSTS_PRELOAD",
)
_running = ExitStack()


def start() -> tuple[str, str]:
    """Start what the environment does not name, and give both addresses.

    The environment names them from now on; a second call finds them there.
    """
    os.environ["MODE"] = "tryout"
    for name in NOT_FOR_TESTS:
        os.environ.pop(name, None)
    atexit.register(stop)
    data = _new_data_folder()
    os.environ["DATA_DIR"] = str(data.path)
    user = service_user(data.services)
    log = PortalLog(data.logs / "services.log")
    for name, service, url in (
        ("DATABASE_URL", Postgres, data.database_url),
        ("REDIS_URL", Valkey, data.redis_url),
    ):
        if not os.environ.get(name):
            server = service(data, user=user, durable=False)
            child = Child(server.program(), locks=data.run, log=log)
            _running.callback(child.stop)
            child.start()
            child.wait_until(server.is_ready)
            os.environ[name] = url
    return os.environ["DATABASE_URL"], os.environ["REDIS_URL"]


def stop() -> None:
    """End the servers and delete their data. May be called twice."""
    _running.close()


def _new_data_folder() -> DataFolder:
    """Make a folder for this run, and clear up after runs that were killed."""
    folder_of_all = Path(tempfile.gettempdir())
    with Lock(folder_of_all / f"{PREFIX}all.lock") as turn:
        while not turn.take():
            turn.wait_until_free(1)
        for earlier in folder_of_all.glob(f"{PREFIX}*/"):
            if earlier.is_symlink() or earlier.stat().st_uid != os.geteuid():
                continue
            with Lock(earlier / "run" / "supervisor.lock") as unused:
                if unused.take():
                    reclaim(earlier / "run", PortalLog(earlier / "log"))
                    _delete(DataFolder(earlier))
        data = DataFolder(Path(tempfile.mkdtemp(prefix=PREFIX)).resolve(), is_chosen=True)
        data.prepare()
        in_use = Lock(data.run / "supervisor.lock")
        in_use.take()
        _running.callback(_delete, data)
        _running.callback(in_use.let_go)
    return data


def _delete(data: DataFolder) -> None:
    for folder in (data.sockets, data.services, data.path):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        start()


def pytest_unconfigure() -> None:
    stop()
