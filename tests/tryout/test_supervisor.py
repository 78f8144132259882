from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from equity_portal.tryout import supervisor as module
from equity_portal.tryout.children import Child, Program
from equity_portal.tryout.parent import Parent
from equity_portal.tryout.problems import CannotStart, StopAsked
from equity_portal.tryout.supervisor import Supervisor, reclaim

# Says its name and how often it was started, and lives until it is told to end.
LIVES = """
import os, signal, sys, time
def end(*_): print("goodbye", flush=True); sys.exit()
signal.signal(signal.SIGTERM, end)
print("hello", os.getpid(), flush=True)
while True: time.sleep(600)
"""
DIES = "print('no such table', flush=True); raise SystemExit(3)"
STUBBORN = (
    f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);{LIVES.splitlines()[1]}\n"
)
STUBBORN += "print('hello', flush=True)\nwhile True: time.sleep(600)"


@pytest.fixture
def supervisor(data, log):
    supervisor = Supervisor(locks=data.run, log=log)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def program(folder):
    def program(name, code, **more):
        return Program(name, [sys.executable, "-c", code], folder, **more)

    return program


def says(log, name, words, times=1):
    return lambda: sum(words in line for line in log.last_lines(name)) >= times


def pid_of(child):
    return child.process.pid


def test_a_child_that_dies_is_started_again(supervisor, program, log):
    child = supervisor.start(program("web", LIVES))
    supervisor.wait(says(log, "web", "hello"))
    first = pid_of(child)

    os.kill(first, signal.SIGKILL)
    supervisor.wait(says(log, "web", "hello", times=2))

    assert child.is_running
    assert pid_of(child) != first
    assert log.last_lines("portal") == ["web was ended by SIGKILL; it is started again at once."]


def test_a_child_that_keeps_dying_stops_the_portal(supervisor, program, monkeypatch):
    monkeypatch.setattr(module, "PAUSES", (0.0, 0.0, 0.0, 0.01))
    supervisor.start(program("web", DIES))

    with pytest.raises(CannotStart) as stopped:
        supervisor.wait_for_ever()

    assert "web ended 5 times soon after its start" in str(stopped.value)
    assert str(stopped.value).count("no such table") == 5


def test_children_end_in_reverse_order(supervisor, program, log):
    for name in ("valkey", "web", "beat"):
        supervisor.start(program(name, LIVES))
        supervisor.wait(says(log, name, "hello"))

    supervisor.stop()

    lines = log.file.read_text().splitlines()
    assert [line.split()[0] for line in lines if "goodbye" in line] == ["beat", "web", "valkey"]


def test_a_child_that_does_not_end_is_killed(supervisor, program, log):
    child = supervisor.start(program("worker", STUBBORN, patience=0.1))
    supervisor.wait(says(log, "worker", "hello"))

    supervisor.stop()

    assert child.how_it_ended() == "was ended by SIGKILL"


def test_a_second_signal_hurries(supervisor, program, log):
    child = supervisor.start(program("worker", STUBBORN, patience=600))
    supervisor.wait(says(log, "worker", "hello"))

    with supervisor.signals():
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(StopAsked):
            supervisor.wait_for_ever()
        supervisor.stop()

    assert child.how_it_ended() == "was ended by SIGKILL"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_of_these_signals_stops(supervisor, number):
    with supervisor.signals():
        os.kill(os.getpid(), number)

        with pytest.raises(StopAsked):
            supervisor.wait_for_ever()


def test_what_a_child_started_ends_with_it(supervisor, program, log, data):
    grandchild = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {LIVES!r}]"
    grandchild += ", close_fds=False).wait()"
    supervisor.start(program("worker", grandchild, patience=1))
    supervisor.wait(says(log, "worker", "hello"))

    supervisor.stop()

    assert module.Lock(data.run / "worker.lock").is_free()


def test_a_helper_that_fails_stops_the_portal(supervisor, program, log):
    helper = supervisor.begin(program("setup", DIES))

    with pytest.raises(CannotStart, match="It failed"):
        supervisor.finish(helper, what_failed="It failed.")

    assert log.last_lines("setup") == ["no such table"]


def test_orphans_of_a_killed_run_are_ended(program, log, data):
    orphan = Child(program("web", LIVES), locks=data.run, log=log)
    orphan.start()
    while not says(log, "web", "hello")():
        time.sleep(0.01)

    reclaim(data.run, log)

    assert not orphan.is_running
    assert log.last_lines("portal") == [
        "An earlier run was cut short; its web, still running, was ended."
    ]


def test_make_that_is_gone_stops_the_portal(data, log):
    elsewhere = subprocess.Popen([sys.executable, "-c", "pass"])
    elsewhere.wait()
    supervisor = Supervisor(locks=data.run, log=log, parent=Parent(elsewhere.pid))

    with pytest.raises(StopAsked):
        supervisor.wait_for_ever()


def test_make_that_is_there_stops_nothing():
    assert not Parent(os.getppid()).is_leaving
