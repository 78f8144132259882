from __future__ import annotations

import re
import socket

import pytest

from equity_portal.tryout.address import Address
from equity_portal.tryout.problems import CannotStart


def test_this_machine_alone_unless_told_otherwise():
    address = Address.from_environment({"HOST": "", "PORT": ""})

    assert address == Address("127.0.0.1", 8000)
    assert address.is_loopback


@pytest.mark.parametrize(
    ("host", "url", "is_loopback"),
    [
        ("localhost", "http://localhost:81", True),
        ("::1", "http://[::1]:81", True),
        ("0.0.0.0", "http://127.0.0.1:81", False),  # noqa: S104
        ("10.1.2.3", "http://10.1.2.3:81", False),
    ],
)
def test_what_a_browser_opens(host, url, is_loopback):
    address = Address(host, 81)

    assert (address.url, address.is_loopback) == (url, is_loopback)


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8000.0", "٨٠"])
def test_a_port_that_is_none_is_one_sentence(port):
    with pytest.raises(CannotStart, match="must be a number from 1 to 65535"):
        Address.from_environment({"PORT": port})


def test_a_taken_port_names_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(CannotStart, match=f"Port {port} is taken") as refused:
            Address("127.0.0.1", port).listen()

    free = re.search(r"make run PORT=(\d+)", str(refused.value))
    assert free
    Address("127.0.0.1", int(free[1])).listen().close()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1"])
def test_an_address_of_another_machine_is_one_sentence(host):
    with pytest.raises(CannotStart, match="no address of this machine"):
        Address(host, 8000).listen()
