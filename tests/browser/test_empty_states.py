"""A portal in which nothing has been written yet: every page says what to do first, and is accessible."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import psycopg
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    CHECKOUT,
    DESK,
    PASSWORD,
    PHONE,
    free_port,
    wait_until_ready,
)
from tests.browser.test_every_page import problems, sideways

PEOPLE = {"lead": "equity_lead", "staff": "staff", "admin": "administrator"}
PAGES = {
    "lead": [
        "/",
        "/practices/",
        "/resources/",
        "/search/?q=tenants",
        "/partners/",
        "/contacts/",
        "/one-to-ones/",
        "/one-to-ones/new/",
        "/follow-ups/",
        "/workgroups/",
        "/steps-taken-up/",
        "/account/",
    ],
    "staff": ["/", "/partners/", "/contacts/", "/one-to-ones/", "/follow-ups/", "/workgroups/"],
    "admin": ["/", "/people/?q=zzzz", "/mailbox/"],
}


@pytest.fixture(scope="module")
def empty_portal(portal, tmp_path_factory):
    """The same servers with another database: migrated, three people, nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    port = free_port()
    with psycopg.connect(host=portal.socket, user="equity_portal", dbname="postgres") as server:
        server.autocommit = True
        server.execute("CREATE DATABASE nothing_yet")
    address = f"http://127.0.0.1:{port}"
    environment = portal.environment | {
        "DATABASE_URL": f"postgres://equity_portal@/nothing_yet?host={portal.socket}",
        "PORT": str(port),
    }
    empty = replace(portal, address=address, environment=environment)
    empty.manage("migrate", "-v0")
    empty.manage("shell", "-v0", "-c", make_people())
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "equity_portal.wsgi",
                "--bind",
                f"127.0.0.1:{port}",
            ],
            cwd=CHECKOUT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(address, process, log, path="/health/live")
        yield empty
    finally:
        process.terminate()
        process.wait(timeout=60)


def make_people() -> str:
    lines = ["from accounts.models import User", "from accounts.services import invite"]
    for login, role in PEOPLE.items():
        email = f"{login}@riverbend.example"
        lines += [
            f"person = invite(email={email!r}, name={login.title()!r}, roles=[{role!r}])",
            f"person.set_password({PASSWORD!r})",
            "person.save()",
        ]
    return "\n".join(lines)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("who", list(PAGES))
def test_empty_pages_are_accessible(visit, empty_portal, who, size, scheme):
    page = visit(viewport=size, scheme=scheme, who=who, address=empty_portal.address)
    found = {}

    for path in PAGES[who]:
        page.goto(path)
        lines = problems(visit, page)
        if sideways(page) > 0:
            lines.append(f"scrolls sideways by {sideways(page)} px")
        if lines:
            found[path] = lines

    assert found == {}


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/", "Log a one-to-one"),
        ("/partners/", "Add a partner organization"),
        ("/contacts/", "Add a contact"),
        ("/one-to-ones/", "Log a one-to-one"),
        ("/follow-ups/", "Add a follow-up"),
        ("/workgroups/", "Start a workgroup"),
        ("/steps-taken-up/", "Open the guide"),
    ],
)
def test_every_empty_page_says_what_to_do_first(visit, empty_portal, path, first):
    page = visit(who="lead", address=empty_portal.address)

    page.goto(path)

    expect(page.locator(".empty").get_by_role("link", name=first)).to_have_count(1)
