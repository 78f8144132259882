from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import pytest

from equity_portal.tryout.address import Address
from equity_portal.tryout.locks import Lock
from equity_portal.tryout.problems import CannotStart, StopAsked
from equity_portal.tryout.reset import reset
from equity_portal.tryout.serve import health, refuse_silent_servers, serve, take_turn
from equity_portal.tryout.supervisor import Supervisor

HERE = Address("127.0.0.1", 8000)
# Answers each path with what it is told, like a portal that is not ready yet.
ANSWER = (
    "HTTP/1.1 {status} Some\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    "Connection: close\r\n\r\n{body}"
)


@pytest.fixture
def supervisor(data, log):
    return Supervisor(locks=data.run, log=log)


@pytest.fixture
def running(data):
    """A portal of before, as far as its lock tells."""
    with Lock(data.run / "supervisor.lock") as lock:
        assert lock.take()
        lock.write(pid=4242, address="http://127.0.0.1:8000")
        yield lock


@pytest.fixture
def answering():
    """A web server that gives one answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer(status, body):
            def serve_once():
                connection, _ = listener.accept()
                with connection:
                    connection.recv(10_000)
                    text = ANSWER.format(status=status, length=len(body), body=body)
                    connection.sendall(text.encode())

            threading.Thread(target=serve_once, daemon=True).start()
            return Address("127.0.0.1", listener.getsockname()[1])

        yield answer


def test_a_second_run_says_where_the_first_is_and_how_to_stop_it(data, running, supervisor):
    with (
        Lock(data.run / "supervisor.lock") as turn,
        pytest.raises(CannotStart) as refused,
    ):
        take_turn(turn, HERE, supervisor)

    assert str(refused.value) == (
        "The portal runs already, at http://127.0.0.1:8000. Stop it with Ctrl-C where it was "
        "started, or with: kill 4242"
    )


def test_a_second_run_waits_for_a_first_that_is_stopping(data, running, supervisor, log):
    running.write(pid=4242, address=HERE.url, is_stopping=True)
    threading.Timer(0.2, running.let_go).start()

    with Lock(data.run / "supervisor.lock") as turn:
        take_turn(turn, HERE, supervisor)

        assert turn.is_taken
        assert turn.read() == {"pid": os.getpid(), "address": HERE.url}
    assert log.last_lines("portal") == ["The portal of before is still stopping; waiting for it."]


def test_waiting_for_the_first_can_be_given_up(data, running, supervisor):
    running.write(pid=4242, address=HERE.url, is_stopping=True)
    supervisor.stop_asked.set()

    with Lock(data.run / "supervisor.lock") as turn, pytest.raises(StopAsked):
        take_turn(turn, HERE, supervisor)


def test_a_taken_port_starts_nothing(data):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        environ = {"DATA_DIR": str(data.path), "PORT": str(port)}

        with pytest.raises(CannotStart, match=f"Port {port} is taken"):
            serve(environ, last_heartbeat=lambda: None)

    assert not list(data.path.glob("pg*"))
    assert Lock(data.run / "supervisor.lock").is_free()


def test_production_does_not_serve_locally():
    done = subprocess.run(
        [sys.executable, "manage.py", "serve_local"],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"MODE": "production"},
    )

    assert done.returncode
    assert "Traceback" not in done.stderr


def test_health_says_what_is_missing(answering):
    ready = answering(200, "{}")
    assert health(ready, {}) is None

    answering(503, '{"checks": {"database": "ok", "worker": "has not been seen yet"}}')
    assert health(ready, {}) == "worker has not been seen yet"

    answering(500, "<html>")
    assert health(ready, {}) == "the web server answers with 500"


def test_health_of_nobody(answering):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    assert health(Address("127.0.0.1", port), {}) == "the web server does not answer"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://nobody@/nothing?host=/nonexistent"),
        ("REDIS_URL", "unix:///nonexistent"),
        ("REDIS_URL", "nonsense"),
    ],
)
def test_a_silent_server_of_somebodys_own_is_one_sentence(name, value):
    with pytest.raises(CannotStart, match=f"that {name} names does not answer") as refused:
        refuse_silent_servers({name: value})

    assert "\n" not in str(refused.value)


def test_servers_that_answer_are_taken():
    assert urlsplit(os.environ["DATABASE_URL"]).scheme == "postgres"
    refuse_silent_servers(os.environ)


# --- reset ------------------------------------------------------------------------------------


def test_reset_deletes_what_is_ours_and_says_what_comes_back(data, folder):
    (data.path / "mailbox").mkdir()
    (data.path / "mailbox" / "1.eml").touch()

    said = reset({"DATA_DIR": str(data.path)})

    assert "brings back the guide, the fictional department and its accounts" in said
    assert not data.path.exists()
    assert folder.exists()


def test_reset_leaves_a_folder_of_somebodys_alone(folder):
    (folder / "letter.txt").write_text("Dear Ana")

    with pytest.raises(CannotStart, match="nothing in it was deleted"):
        reset({"DATA_DIR": str(folder)})

    assert (folder / "letter.txt").exists()


def test_reset_does_not_follow_a_link_out_of_the_folder(data, folder):
    (folder / "letters").mkdir()
    (folder / "letters" / "letter.txt").touch()
    (data.path / "link").symlink_to(folder / "letters")

    reset({"DATA_DIR": str(data.path)})

    assert (folder / "letters" / "letter.txt").exists()


def test_reset_waits_for_nobody_who_runs(data, running):
    with pytest.raises(CannotStart, match="The portal runs, at"):
        reset({"DATA_DIR": str(data.path)})

    assert data.is_ours


def test_reset_of_nothing_and_of_a_database_of_ones_own(data, folder):
    assert "nothing to delete" in reset({"DATA_DIR": str(folder / "never")})

    said = reset({"DATA_DIR": str(data.path), "DATABASE_URL": "postgres://db"})
    assert "The database that DATABASE_URL names was left as it is." in said
