from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import environ
import psycopg
import pytest
import redis
from kombu.utils.url import parse_url

from equity_portal.tryout.data_folder import CHECKOUT, STATE_OF_ROOT, DataFolder
from equity_portal.tryout.problems import CannotStart

AS_ROOT = os.geteuid() == 0


def test_data_dir_says_where(folder):
    data = DataFolder.from_environment({"DATA_DIR": str(folder / "mine")})

    assert data == DataFolder(folder / "mine", is_chosen=True)


def test_relative_data_dir_does_not_depend_on_where_one_stands(monkeypatch, folder):
    monkeypatch.chdir(folder)

    data = DataFolder.from_environment({"DATA_DIR": "try"})

    assert data.path == CHECKOUT / "try"


def test_without_data_dir_each_checkout_has_its_own():
    data = DataFolder.from_environment({"DATA_DIR": " "})

    assert data.path.parent == (STATE_OF_ROOT if AS_ROOT else CHECKOUT)


def test_asking_where_makes_nothing(folder):
    data = DataFolder.from_environment({"DATA_DIR": str(folder / "mine")})
    assert data.database_url
    assert data.redis_url

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["with space", "ünïcode", "a,comma", "x" * 90])
def test_an_odd_or_long_path_has_its_sockets_elsewhere(folder, name):
    data = DataFolder(folder / name)

    assert not data.sockets.is_relative_to(folder)
    assert len(str(data.sockets / ".s.PGSQL.5432")) < 100
    assert " " not in data.database_url


@pytest.mark.skipif(AS_ROOT, reason="root's sockets are where the servers' user may go")
def test_a_short_plain_path_has_its_sockets_inside(folder):
    assert DataFolder(folder).sockets == folder / "sockets"


def test_a_long_temporary_folder_is_passed_over(monkeypatch, folder):
    monkeypatch.setattr("tempfile.tempdir", str(folder / ("x" * 100)))

    assert DataFolder(folder / "y z").sockets.parent == Path("/tmp")  # noqa: S108 (read, not used)


def test_every_library_reads_the_addresses_alike(folder):
    data = DataFolder(folder / "with space")
    socket = data.sockets / "valkey.sock"

    django = environ.Env.db_url_config(data.database_url)
    assert django["OPTIONS"] == {"host": str(data.sockets)}
    assert (django["NAME"], django["USER"]) == ("equity_portal", "equity_portal")
    libpq = psycopg.conninfo.conninfo_to_dict(data.database_url)
    assert libpq == {"user": "equity_portal", "dbname": "equity_portal", "host": str(data.sockets)}
    pool = redis.ConnectionPool.from_url(data.redis_url)
    assert pool.connection_kwargs["path"] == str(socket)
    assert f"/{parse_url(data.broker_url)['virtual_host']}" == str(socket)


def test_the_secret_key_is_made_once_and_is_private(folder):
    data = DataFolder(folder / "new", is_chosen=True)

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: data.secret_key(), range(8)))

    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert stat.S_IMODE((data.path / "secret-key").stat().st_mode) == 0o600
    assert sorted(path.name for path in data.path.iterdir()) == [
        "equity-portal-tryout.txt",
        "secret-key",
    ]


def test_a_chosen_folder_with_other_things_is_left_alone(folder):
    (folder / "letter.txt").write_text("Dear Ana")

    with pytest.raises(CannotStart, match="holds other things"):
        DataFolder(folder, is_chosen=True).prepare()

    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_folder_of_ours_is_taken_again(folder):
    DataFolder(folder, is_chosen=True).prepare()
    (folder / "more").touch()

    DataFolder(folder, is_chosen=True).prepare()

    assert DataFolder(folder).is_ours


def test_a_file_in_the_way_is_one_sentence(folder):
    (folder / "data").write_text("")

    with pytest.raises(CannotStart, match="in the way: a file, not a folder"):
        DataFolder(folder / "data", is_chosen=True).prepare()


@pytest.mark.skipif(not AS_ROOT, reason="only root has folders that its servers may not enter")
def test_as_root_the_servers_keep_their_files_where_their_user_may_go(folder):
    folder.chmod(0o700)

    assert DataFolder(folder / "data").services.parent == STATE_OF_ROOT
    folder.chmod(0o711)
    assert DataFolder(folder / "data").services == folder / "data"
