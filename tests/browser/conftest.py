"""A whole portal, started as `make run` starts it, and a browser that forgives nothing."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from equity_portal.tryout.data_folder import DataFolder
from equity_portal.tryout.reset import reset

CHECKOUT = Path(__file__).resolve().parents[2]
PASSWORD = "riverbend-tryout"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LONGEST_START = 180  # seconds; a bound on waiting, not a claim about speed

# Playwright runs an event loop in this thread; the tests here use the database from outside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    """All of these share one portal, so one pytest-xdist worker runs them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass
class Portal:
    address: str
    data: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str] = field(repr=False, default_factory=dict)

    @property
    def socket(self) -> str:
        """The folder of PostgreSQL's socket."""
        return str(DataFolder.from_environment({"DATA_DIR": str(self.data)}).sockets)

    def database(self) -> psycopg.Connection:
        """A connection to this portal's own database, to be used as a context."""
        return psycopg.connect(host=self.socket, user="equity_portal", dbname="equity_portal")

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a management command against this portal; its standard output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_ready(
    address: str, process: subprocess.Popen[bytes], log: Path, *, path: str = "/health/ready"
) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"The portal stopped:\n{log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(f"{address}{path}", timeout=5):  # noqa: S310 (our own address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The portal did not become ready:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """`serve_local` with a data folder of its own: its own PostgreSQL, Valkey, web, worker, beat."""
    folder = tmp_path_factory.mktemp("portal")
    port = free_port()
    unset = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "BASE_URL", "ALLOWED_HOSTS"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"MODE": "tryout", "DATA_DIR": str(folder / "data"), "PORT": str(port)}
    environment["DJANGO_SETTINGS_MODULE"] = "equity_portal.settings"
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve_local"],
            cwd=CHECKOUT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process, log)
        yield Portal(address, folder / "data", process, environment)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            code = process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    reset({"DATA_DIR": str(folder / "data")})
    assert code == 0, log.read_text()[-4000:]


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page must never do; each find is a line that says where."""

    host: str
    finds: list[str] = field(default_factory=list)
    # Other people's scripts that a test runs inside the page (axe tries inline styles out).
    is_looking_away: bool = False

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', event => console.error("
            "'policy violation: ' + event.violatedDirective + ' ' + event.blockedURI + ' '"
            " + event.sourceFile + ':' + event.lineNumber))"
        )
        context.on("page", self._page)
        context.on("request", lambda request: self._request(request.url))

    def _page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.finds.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._console(page, message))

    def _console(self, page: Page, message) -> None:
        # A page that answers 4xx on purpose is also told to the console; that is no defect.
        if self.is_looking_away:
            return
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.finds.append(f"{page.url}: {message.text}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.host:
            self.finds.append(f"asked another host: {url}")


@pytest.fixture
def visit(chromium, portal):
    """Makes browser contexts, `visit(width=…, scheme=…, who=…)`, and fails on anything unsafe."""
    watch = Watch(host=urlsplit(portal.address).netloc)
    contexts: list[BrowserContext] = []

    def make(*, viewport=None, scheme="light", who=None, script=True, address=None) -> Page:
        context = chromium.new_context(
            base_url=address or portal.address,
            viewport=viewport or DESK,
            color_scheme=scheme,
            java_script_enabled=script,
            timezone_id="America/Chicago",
            locale="en-US",
        )
        context.set_default_timeout(20_000)
        if address:
            watch.host = urlsplit(address).netloc
        watch.over(context)
        contexts.append(context)
        page = context.new_page()
        if who:
            sign_in(page, who)
        return page

    make.watch = watch
    yield make
    for context in contexts:
        context.close()
    assert watch.finds == []


def sign_in(page: Page, who: str) -> None:
    """As a person would: the address, the password, the button."""
    page.goto("/accounts/login/")
    page.get_by_label(re.compile(r"^\s*E-mail")).fill(f"{who}@riverbend.example")
    page.get_by_label(re.compile(r"^\s*Password")).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
