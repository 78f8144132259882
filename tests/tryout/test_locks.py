from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from equity_portal.tryout.locks import Lock, end_holders, holders_of
from equity_portal.tryout.problems import CannotStart

# Holds a lock that it inherited, and does what its first argument says when asked to end.
HOLDER = """
import signal, sys, time
if sys.argv[1] == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("here", flush=True)
time.sleep(600)
"""


@pytest.fixture
def spawn():
    """Start a process that nobody else looks after."""
    spawned = []

    def spawn(*arguments, inherits=()):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, *arguments],
            stdout=subprocess.PIPE,
            pass_fds=inherits,
            start_new_session=True,
        )
        spawned.append(process)
        assert process.stdout.readline() == b"here\n"
        return process

    yield spawn
    for process in spawned:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def lock(folder):
    return Lock(folder / "run" / "web.lock")


def test_a_lock_is_taken_once(lock):
    assert lock.take()

    with Lock(lock.path) as other:
        assert not other.take()
        lock.let_go()
        assert other.take()


def test_a_folder_of_locks_that_cannot_be_used_is_one_sentence(lock):
    lock.path.parent.write_text("a file in the way")

    with pytest.raises(CannotStart, match=r"/run is in the way: a file, not a folder\. Choose"):
        lock.take()


def test_what_was_written_is_read_whole(lock):
    lock.take()
    lock.write(pid=123456, note="a longer word that a shorter one replaces")
    lock.write(pid=7)

    assert Lock(lock.path).read() == {"pid": 7}
    lock.let_go()


@pytest.mark.parametrize("text", ["", "12", "[1]", "{", "\x00"])
def test_nonsense_in_a_lock_file_says_nothing(lock, text):
    lock.path.parent.mkdir()
    lock.path.write_text(text)

    assert lock.read() == {}
    assert not end_holders(lock)


def test_a_child_holds_the_lock_until_it_is_gone(lock, spawn):
    lock.take()
    child = spawn("obedient", inherits=[lock.descriptor])
    lock.let_go()

    assert not lock.is_free()
    assert holders_of(lock.path) == {child.pid}
    child.kill()
    assert lock.wait_until_free(10)


@pytest.mark.parametrize(
    ("manner", "ended_by"), [("obedient", signal.SIGTERM), ("stubborn", signal.SIGKILL)]
)
def test_holders_are_ended(lock, spawn, manner, ended_by):
    lock.take()
    child = spawn(manner, inherits=[lock.descriptor])
    lock.write(pid=child.pid, stop_signal=int(signal.SIGTERM), patience=0.2)
    lock.let_go()

    assert end_holders(lock)

    assert child.wait() == -ended_by
    assert lock.is_free()


def test_a_number_in_a_free_lock_ends_nobody(lock, spawn):
    stranger = spawn("obedient")
    lock.take()
    lock.write(pid=stranger.pid, stop_signal=int(signal.SIGKILL), patience=0)
    lock.let_go()

    assert not end_holders(lock)
    assert stranger.poll() is None


def test_a_number_that_is_no_holders_ends_nobody(lock, spawn):
    stranger = spawn("obedient")
    lock.take()
    holder = spawn("obedient", inherits=[lock.descriptor])
    lock.write(pid=stranger.pid, stop_signal=int(signal.SIGTERM), patience=5)
    lock.let_go()

    assert end_holders(lock)

    assert holder.wait() == -signal.SIGTERM
    assert stranger.poll() is None
