"""The private PostgreSQL and Valkey: real ones, started, killed and found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psycopg
import pytest
import redis

from equity_portal.tryout import postgres as postgres_module
from equity_portal.tryout import valkey as valkey_module
from equity_portal.tryout.locks import Lock
from equity_portal.tryout.postgres import Postgres
from equity_portal.tryout.problems import CannotStart
from equity_portal.tryout.service_user import readable_home, service_user
from equity_portal.tryout.supervisor import reclaim
from equity_portal.tryout.valkey import Valkey

pytestmark = pytest.mark.slow

SERVICES = pytest.mark.parametrize("service", [Postgres, Valkey])
# Starts a server the way the portal does, writes something down, and waits to be killed.
STARTER = """
import sys, time
from pathlib import Path
import psycopg, redis
from equity_portal.tryout.children import Child
from equity_portal.tryout.data_folder import DataFolder
from equity_portal.tryout.portal_log import PortalLog
from equity_portal.tryout.postgres import Postgres
from equity_portal.tryout.service_user import service_user
from equity_portal.tryout.valkey import Valkey

data = DataFolder(Path(sys.argv[1]), is_chosen=True)
server = {"Postgres": Postgres, "Valkey": Valkey}[sys.argv[2]](
    data, user=service_user(data.services)
)
child = Child(server.program(), locks=data.run, log=PortalLog(data.logs / "log"))
child.start()
child.wait_until(server.is_ready)
if sys.argv[2] == "Postgres":
    with psycopg.connect(data.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'entered' AS word")
else:
    redis.Redis.from_url(data.redis_url).set("kept", "entered")
print("ready", flush=True)
time.sleep(600)
"""


def entered(service, data):
    if service is Postgres:
        with psycopg.connect(data.database_url) as connection:
            return connection.execute("SELECT word FROM kept").fetchone()[0]
    with redis.Redis.from_url(data.redis_url, decode_responses=True) as client:
        return client.get("kept")


@pytest.fixture
def killed_run(data):
    """A run that started a server and was then killed for good."""

    def killed_run(service):
        starter = subprocess.Popen(
            [sys.executable, "-c", STARTER, str(data.path), service.__name__],
            stdout=subprocess.PIPE,
        )
        with starter.stdout:
            assert starter.stdout.readline() == b"ready\n"
            starter.kill()
            starter.wait()
        return Lock(data.run / f"{service.__name__.lower()}.lock")

    return killed_run


@SERVICES
def test_a_server_survives_its_starter_and_is_reclaimed_with_all_that_was_entered(
    service, data, log, start_server, killed_run
):
    lock = killed_run(service)
    assert not lock.is_free()

    reclaim(data.run, log)

    assert lock.is_free()
    start_server(service, durable=True)
    assert entered(service, data) == "entered"


@SERVICES
def test_a_server_that_was_killed_starts_again_on_what_it_left_behind(service, data, start_server):
    child = start_server(service)
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()

    assert start_server(service).is_running


def test_postgres_is_private_and_knows_letters_with_accents(data, start_server):
    start_server(Postgres)

    with psycopg.connect(data.database_url) as connection:
        found = connection.execute(
            "SELECT lower('ÉCOLE'), 'École' ILIKE 'éCOLE', current_setting('listen_addresses'), "
            "rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert found == ("école", True, "", False, True)
    assert data.sockets.stat().st_mode & 0o077 == 0


def test_a_stale_pid_file_that_names_a_stranger_does_no_harm(data, start_server):
    first = start_server(Postgres)
    first.stop()
    cluster = Postgres(data, user=service_user(data.services)).cluster
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster}\n")

    assert start_server(Postgres).is_running

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_server_that_somebody_else_started_on_the_cluster_is_left_alone(data, start_server):
    start_server(Postgres).stop()
    server = Postgres(data, user=service_user(data.services))
    stranger = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"], cwd=server.cluster
    )
    (server.cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{server.cluster}\n")

    with pytest.raises(CannotStart, match=f"did not start .process {stranger.pid}."):
        server.before_start()

    assert (server.cluster / "postmaster.pid").exists()
    stranger.kill()
    stranger.wait()


def test_a_cluster_that_was_half_made_is_made_anew(data, start_server):
    half = data.services / "half-pg18"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")

    assert start_server(Postgres).is_running
    assert not half.exists()


def test_data_of_another_major_version_is_left_alone(data):
    cluster = data.services / "pg9"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("9")

    with pytest.raises(CannotStart, match="is kept by PostgreSQL 9"):
        Postgres(data)


def test_without_the_packages_an_installed_server_is_found_or_the_remedies_are_named(
    data, monkeypatch
):
    monkeypatch.setattr(postgres_module, "WHEEL", "no_such_package")
    monkeypatch.setattr(valkey_module, "WHEEL", "no_such_package")
    monkeypatch.setattr(postgres_module, "INSTALLED", ())
    monkeypatch.setattr(valkey_module, "ALSO_LOOKED_AT", ())
    monkeypatch.setenv("PATH", str(data.path))

    with pytest.raises(
        CannotStart, match=r"Set DATABASE_URL .* or install PostgreSQL .* or use a"
    ):
        Postgres(data)
    with pytest.raises(CannotStart, match=r"Set REDIS_URL .* or install Valkey .* or use a"):
        Valkey(data)

    (data.path / "redis-server").touch(mode=0o755)
    assert Valkey(data).server == data.path / "redis-server"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's programs need a copy")
def test_programs_in_a_closed_folder_are_copied_for_the_servers_user(folder):
    closed = folder / "closed"
    (closed / "programs").mkdir(parents=True)
    (closed / "programs" / "server").write_text("#!/bin/sh\necho hello\n")
    (closed / "programs" / "server").chmod(0o700)
    closed.chmod(0o700)
    user = service_user(folder)

    home = readable_home([closed / "programs"], folder / "services" / "copies", user)
    again = readable_home([closed / "programs"], folder / "services" / "copies", user)

    assert home == again
    (folder / "services").chmod(0o711)
    said = subprocess.check_output(
        [home / "programs" / "server"], user=user.uid, group=user.gid, cwd="/"
    )
    assert said == b"hello\n"


def test_two_starts_of_one_server_end_the_first(data, start, start_server):
    first = start_server(Valkey)

    second = start_server(Valkey)

    assert (first.is_running, second.is_running) == (False, True)
