"""Folders that the servers' user may enter, which pytest's own are not when root runs the tests."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from equity_portal.tryout.children import Child
from equity_portal.tryout.data_folder import DataFolder
from equity_portal.tryout.portal_log import PortalLog
from equity_portal.tryout.service_user import service_user
from equity_portal.tryout.supervisor import reclaim


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(prefix="equity-portal-test-")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def data(folder, log):
    data = DataFolder(folder / "data", is_chosen=True)
    data.prepare()
    yield data
    reclaim(data.run, log)
    shutil.rmtree(data.sockets, ignore_errors=True)


@pytest.fixture
def log(folder):
    return PortalLog(folder / "portal.log")


@pytest.fixture
def start(data, log):
    """Start a program as the supervisor does; it ends with the test."""
    children = []

    def start(program):
        child = Child(program, locks=data.run, log=log)
        children.append(child)
        child.start()
        return child

    yield start
    for child in children[::-1]:
        child.stop()


@pytest.fixture
def start_server(data, start):
    def start_server(service, *, durable=False):
        server = service(data, user=service_user(data.services), durable=durable)
        child = start(server.program())
        child.wait_until(server.is_ready)
        return child

    return start_server
