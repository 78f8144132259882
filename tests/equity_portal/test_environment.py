"""The contract with the machine: what stops the start, with which sentence, and what does not."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from equity_portal.environment import Environment, Misconfigured, read
from equity_portal.tryout.data_folder import DataFolder

CHECKOUT = Path(__file__).resolve().parents[2]
KEY = "kZq9-vLm4TbX7wRn2PcYh8DsGj5FkA0uEoIiVtNxWzQyBdCeHfUg1r3S"
GOOD = {
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgres://equity_portal:p8sVw1@db.internal:5432/equity_portal",
    "REDIS_URL": "redis://redis.internal:6379/0",
    "EMAIL_URL": "smtp+tls://portal:aB3x@smtp.internal:587",
    "FROM_EMAIL": "Equity Portal <equity-portal@riverbend.gov>",
    "ALLOWED_HOSTS": "equity.riverbend.gov",
    "BASE_URL": "https://equity.riverbend.gov",
}
SHOWN = {
    "MODE": "production",
    "SECRET_KEY": "$(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')",
    "DATABASE_URL": "postgres://equity_portal:<password>@db.internal:5432/equity_portal",
    "REDIS_URL": "redis://redis.internal:6379/0",
    "EMAIL_URL": "smtp+tls://portal:<password>@smtp.internal:587",
    "FROM_EMAIL": "Equity Portal <equity-portal@county.gov>",
    "ALLOWED_HOSTS": "equity.county.gov",
    "BASE_URL": "https://equity.county.gov",
    "HSTS_INCLUDE_SUBDOMAINS": "yes",
    "HSTS_PRELOAD": "yes",
}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
UNREADABLE = "is not an address that can be read"
GUESSED = "has a password that anybody would guess"
NOT_MAIL = "must begin with smtp+tls://, smtp+ssl:// or smtp://"
NOT_NAMES = "must list host names, without *, a port or https://"
NOT_WEB = "is not an address that a browser opens"
MORE_THAN_HOST = "must be the host alone, without a name, a path or a query"
NOT_SENDER = "is not an e-mail address, with or without a name before it"
NOT_A_SWITCH = "and may be yes or no"
MISREAD = "has a @, / or # that is no mark of an address, and is written %40, %2F or %23"
NOT_FOR_MAIL = "has a path or a query, which mean nothing to a mail server"
EXAMPLE = "is an example that anybody may know"


@pytest.fixture
def tryout(tmp_path):
    return DataFolder(tmp_path)


# --- what stops the start ---------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(GOOD) - {"FROM_EMAIL"}))
@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_variable_that_is_missing_stops_the_start(tryout, name, value):
    given = {key: text for key, text in GOOD.items() if key != name}
    if value is not None:
        given[name] = value

    with pytest.raises(Misconfigured) as refusal:
        read(given, tryout=tryout)

    assert str(refusal.value) == f"{name} is not set. A good value: {name}={SHOWN[name]}"


@pytest.mark.parametrize(
    ("name", "value", "what_is_wrong"),
    [
        ("MODE", "", "is '', and may be production or tryout"),
        ("MODE", "Production", "is 'Production', and may be production or tryout"),
        ("SECRET_KEY", "changeme", EXAMPLE),
        ("SECRET_KEY", f"django-insecure-{KEY}", EXAMPLE),
        ("SECRET_KEY", SHOWN["SECRET_KEY"], EXAMPLE),
        ("SECRET_KEY", KEY[:49], "is shorter than 50 characters"),
        ("SECRET_KEY", "abcd" * 20, "repeats a few characters over and over"),
        ("DATABASE_URL", "sqlite:///portal.sqlite3", "is not a PostgreSQL address"),
        ("DATABASE_URL", "mysql://portal:aB3x@db/portal", "is not a PostgreSQL address"),
        ("DATABASE_URL", "portal:aB3x@db/portal", "is not a PostgreSQL address"),
        ("DATABASE_URL", "postgres:portal:aB3x@db/portal", "is not a PostgreSQL address"),
        ("DATABASE_URL", "postgres://portal:aB3x@db:54e2/portal", UNREADABLE),
        ("DATABASE_URL", "postgres://portal:aB3x@db:5432/", "names no database"),
        ("DATABASE_URL", "postgres://portal:12/3@db/portal", MISREAD),
        ("DATABASE_URL", "postgres://portal:12#3@db/portal", MISREAD),
        (
            "DATABASE_URL",
            "postgres://portal:aB3x@db/portal?sslmod=require",
            "has an option that PostgreSQL does not know",
        ),
        ("DATABASE_URL", SHOWN["DATABASE_URL"], GUESSED),
        ("DATABASE_URL", "postgres://postgres:postgres@db/portal", GUESSED),
        ("DATABASE_URL", "postgresql://portal:Password@db/portal", GUESSED),
        ("REDIS_URL", "localhost:6379", "is not a Redis address"),
        ("REDIS_URL", "http://redis.internal", "is not a Redis address"),
        ("REDIS_URL", "redis://", "is not a Redis address"),
        ("REDIS_URL", "redis://redis.internal:port/0", UNREADABLE),
        ("REDIS_URL", "redis://[::1", UNREADABLE),
        ("REDIS_URL", "redis://redis.internal/main", "must end with the number of a database"),
        ("REDIS_URL", "unix:///run/redis.sock?db=main", "must end with the number of a database"),
        ("REDIS_URL", "redis://portal:12#3@redis.internal/0", MISREAD),
        ("REDIS_URL", "redis://:<password>@redis.internal/0", GUESSED),
        (
            "REDIS_URL",
            "rediss://redis.internal/0?ssl_cert_reqs=yes",
            "may say ssl_cert_reqs=required, optional or none",
        ),
        ("EMAIL_URL", "consolemail://", NOT_MAIL),
        ("EMAIL_URL", "mailbox://", NOT_MAIL),
        ("EMAIL_URL", "smtps://smtp.internal", NOT_MAIL),
        ("EMAIL_URL", "smtp.internal:25", NOT_MAIL),
        ("EMAIL_URL", "smtp://", "names no host"),
        ("EMAIL_URL", "smtp://smtp.internal:many", UNREADABLE),
        ("EMAIL_URL", "smtp://[::1", UNREADABLE),
        ("EMAIL_URL", "smtp://portal:12#3@smtp.internal", MISREAD),
        ("EMAIL_URL", "smtp://portal:12?3@smtp.internal", MISREAD),
        ("EMAIL_URL", "smtp://smtp.internal/portal", NOT_FOR_MAIL),
        ("EMAIL_URL", "smtp://smtp.internal?tls=yes", NOT_FOR_MAIL),
        ("EMAIL_URL", SHOWN["EMAIL_URL"], GUESSED),
        ("FROM_EMAIL", "equity-portal", NOT_SENDER),
        ("FROM_EMAIL", "@riverbend.gov", NOT_SENDER),
        ("FROM_EMAIL", "equity-portal@riverbend", NOT_SENDER),
        ("FROM_EMAIL", "Equity Portal equity-portal@riverbend.gov", NOT_SENDER),
        ("FROM_EMAIL", "Equity Portal <equity-portal@riverbend.gov", NOT_SENDER),
        ("FROM_EMAIL", "Health, Equity <equity-portal@riverbend.gov>", NOT_SENDER),
        ("FROM_EMAIL", "ana@riverbend.gov, joy@riverbend.gov", NOT_SENDER),
        ("FROM_EMAIL", "ana@riverbend.gov\nBcc: joy@riverbend.gov", NOT_SENDER),
        ("HSTS_INCLUDE_SUBDOMAINS", "true", f"is 'true', {NOT_A_SWITCH}"),
        ("HSTS_PRELOAD", "Yes", f"is 'Yes', {NOT_A_SWITCH}"),
        ("ALLOWED_HOSTS", "*", NOT_NAMES),
        ("ALLOWED_HOSTS", "*.county.gov", NOT_NAMES),
        ("ALLOWED_HOSTS", "https://equity.county.gov", NOT_NAMES),
        ("ALLOWED_HOSTS", "equity.county.gov:443", NOT_NAMES),
        ("ALLOWED_HOSTS", "equity.county.gov portal.county.gov", NOT_NAMES),
        ("ALLOWED_HOSTS", "equity.county.gov,,portal.county.gov", "has an empty name in its list"),
        ("BASE_URL", "equity.county.gov", NOT_WEB),
        ("BASE_URL", "ftp://equity.county.gov", NOT_WEB),
        ("BASE_URL", "https://", NOT_WEB),
        ("BASE_URL", "https://equity county.gov", NOT_WEB),
        ("BASE_URL", "https://*.county.gov", NOT_WEB),
        ("BASE_URL", "https://[::1", UNREADABLE),
        ("BASE_URL", "https://equity.county.gov:https", UNREADABLE),
        ("BASE_URL", "https://equity.county.gov/portal", MORE_THAN_HOST),
        ("BASE_URL", "https://equity.county.gov?from=mail", MORE_THAN_HOST),
        ("BASE_URL", "https://ana:aB3x@equity.county.gov", MORE_THAN_HOST),
    ],
)
def test_a_value_that_is_malformed_or_an_example_stops_the_start(
    tryout, name, value, what_is_wrong
):
    with pytest.raises(Misconfigured) as refusal:
        read(GOOD | {name: value}, tryout=tryout)

    assert str(refusal.value) == f"{name} {what_is_wrong}. A good value: {name}={SHOWN[name]}"


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://portal.riverbend.gov", "portal.riverbend.gov"),
        ("https://riverbend.gov", "riverbend.gov"),
        ("https://[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_an_address_that_the_portal_would_not_answer_to_stops_the_start(tryout, base_url, host):
    with pytest.raises(Misconfigured) as refusal:
        read(GOOD | {"BASE_URL": base_url}, tryout=tryout)

    assert str(refusal.value) == (
        f"ALLOWED_HOSTS does not list {host}, the host of BASE_URL. "
        f"A good value: ALLOWED_HOSTS={host}"
    )


@pytest.mark.parametrize(
    "allowed_hosts", ["localhost,EQUITY.riverbend.gov", ".riverbend.gov", ".equity.riverbend.gov"]
)
def test_the_host_of_the_address_may_be_any_that_is_allowed(tryout, allowed_hosts):
    environment = read(GOOD | {"ALLOWED_HOSTS": allowed_hosts}, tryout=tryout)

    assert environment.base_url == "https://equity.riverbend.gov"


@pytest.mark.parametrize(
    ("said", "what_is_wrong", "good"),
    [
        (
            {"HSTS_PRELOAD": "yes"},
            "is not yes, which HSTS_PRELOAD needs",
            "yes",
        ),
        (
            {"HSTS_INCLUDE_SUBDOMAINS": "yes", "BASE_URL": "http://equity.riverbend.gov"},
            "is yes, and means nothing without a BASE_URL in https",
            "no",
        ),
    ],
)
def test_a_promise_that_browsers_would_not_take_stops_the_start(tryout, said, what_is_wrong, good):
    with pytest.raises(Misconfigured) as refusal:
        read(GOOD | said, tryout=tryout)

    name = "HSTS_INCLUDE_SUBDOMAINS"
    assert str(refusal.value) == f"{name} {what_is_wrong}. A good value: {name}={good}"


@pytest.mark.parametrize(
    ("said", "promised"),
    [
        ({}, (False, False)),
        ({"HSTS_INCLUDE_SUBDOMAINS": "", "HSTS_PRELOAD": "no"}, (False, False)),
        ({"HSTS_INCLUDE_SUBDOMAINS": "yes"}, (True, False)),
        ({"HSTS_INCLUDE_SUBDOMAINS": "yes", "HSTS_PRELOAD": "yes"}, (True, True)),
    ],
)
def test_browsers_are_promised_what_was_said(tryout, said, promised):
    environment = read(GOOD | said, tryout=tryout)

    assert (environment.hsts_include_subdomains, environment.hsts_preload) == promised


@pytest.mark.parametrize(
    "value",
    [
        "equity-portal@riverbend.gov",
        "Dept. of Health <equity-portal@riverbend.gov>",
        '"Health, Equity" <equity-portal@riverbend.gov>',
        "Équité <equity-portal@riverbend.gov>",
    ],
)
def test_the_sender_may_have_a_name(tryout, value):
    assert read(GOOD | {"FROM_EMAIL": value}, tryout=tryout).from_email == value


def test_without_a_sender_mails_come_from_the_portals_own_host(tryout):
    environment = read(GOOD | {"FROM_EMAIL": ""}, tryout=tryout)

    assert environment.from_email == "equity-portal@equity.riverbend.gov"


def test_the_seven_of_the_contract_start_production(tryout):
    seven = {name: value for name, value in GOOD.items() if name != "FROM_EMAIL"}

    environment = read(seven, tryout=tryout)

    assert (environment.mode, environment.base_url) == (
        "production",
        "https://equity.riverbend.gov",
    )


@pytest.mark.parametrize("host", ["a b", "http://riverbend"])
def test_a_host_that_is_no_address_stops_the_tryout(tryout, host):
    with pytest.raises(Misconfigured) as refusal:
        read({"MODE": "tryout", "HOST": host}, tryout=tryout)

    assert str(refusal.value) == (
        f"HOST is {host!r}, which is no address of a machine. A good value: HOST=0.0.0.0"
    )


def test_a_machine_whose_name_no_address_may_have_is_named_by_number(tryout, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "anas_laptop")

    environment = read({"MODE": "tryout", "HOST": "0.0.0.0"}, tryout=tryout)  # noqa: S104

    assert "anas_laptop" not in environment.allowed_hosts
    assert environment.base_url.removeprefix("http://").removesuffix(":8000") in set(
        environment.allowed_hosts
    ) - {"0.0.0.0"}  # noqa: S104


@pytest.mark.parametrize("value", ["unix://", "unix://run/redis.sock"])
def test_a_socket_without_a_path_stops_the_start(tryout, value):
    with pytest.raises(Misconfigured) as refusal:
        read(GOOD | {"REDIS_URL": value}, tryout=tryout)

    assert str(refusal.value) == (
        "REDIS_URL names no socket. A good value: REDIS_URL=unix:///run/redis/redis-server.sock"
    )


def test_no_sentence_repeats_a_password(tryout):
    with pytest.raises(Misconfigured) as refusal:
        read(GOOD | {"DATABASE_URL": "mysql://portal:aB3x9z@db/portal"}, tryout=tryout)

    assert "aB3x9z" not in str(refusal.value)


# --- what does not ----------------------------------------------------------------------------


def test_good_values_are_read(tryout):
    environment = read(GOOD, tryout=tryout)

    assert environment == Environment(
        mode="production",
        secret_key=KEY,
        database={
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "equity_portal",
            "USER": "equity_portal",
            "PASSWORD": "p8sVw1",
            "HOST": "db.internal",
            "PORT": 5432,
        },
        broker_url="redis://redis.internal:6379/0",
        email={
            "EMAIL_BACKEND": SMTP,
            "EMAIL_HOST": "smtp.internal",
            "EMAIL_PORT": 587,
            "EMAIL_HOST_USER": "portal",
            "EMAIL_HOST_PASSWORD": "aB3x",
            "EMAIL_USE_TLS": True,
            "EMAIL_FILE_PATH": "",
        },
        from_email="Equity Portal <equity-portal@riverbend.gov>",
        allowed_hosts=["equity.riverbend.gov"],
        base_url="https://equity.riverbend.gov",
        hsts_include_subdomains=False,
        hsts_preload=False,
        tryout_password="",
    )
    assert (environment.is_tryout, environment.is_https) == (False, True)


def test_one_host_speaks_through_sockets(tryout):
    environment = read(
        GOOD
        | {
            "DATABASE_URL": "postgres://equity_portal@/equity_portal?host=/var/run/postgresql",
            "REDIS_URL": "unix:///run/redis/redis-server.sock?db=2",
            "EMAIL_URL": "smtp://localhost",
            "ALLOWED_HOSTS": "127.0.0.1, localhost,[::1]",
            "BASE_URL": "http://127.0.0.1:8000/",
        },
        tryout=tryout,
    )

    assert environment == Environment(
        mode="production",
        secret_key=KEY,
        database={
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "equity_portal",
            "USER": "equity_portal",
            "PASSWORD": "",
            "HOST": "",
            "PORT": "",
            "OPTIONS": {"host": "/var/run/postgresql"},
        },
        broker_url="redis+socket:///run/redis/redis-server.sock?virtual_host=2",
        email={
            "EMAIL_BACKEND": SMTP,
            "EMAIL_HOST": "localhost",
            "EMAIL_PORT": 25,
            "EMAIL_HOST_USER": None,
            "EMAIL_HOST_PASSWORD": None,
            "EMAIL_FILE_PATH": "",
        },
        from_email="Equity Portal <equity-portal@riverbend.gov>",
        allowed_hosts=["127.0.0.1", "localhost", "[::1]"],
        base_url="http://127.0.0.1:8000",
        hsts_include_subdomains=False,
        hsts_preload=False,
    )


@pytest.mark.parametrize(
    ("redis_url", "broker_url"),
    [
        (
            "rediss://redis.internal:6380/1",
            "rediss://redis.internal:6380/1?ssl_cert_reqs=required",
        ),
        (
            "rediss://redis.internal/1?ssl_ca_certs=/etc/ssl/own.pem",
            "rediss://redis.internal/1?ssl_ca_certs=/etc/ssl/own.pem&ssl_cert_reqs=required",
        ),
        (
            "rediss://redis.internal/1?ssl_cert_reqs=none",
            "rediss://redis.internal/1?ssl_cert_reqs=none",
        ),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
    ],
)
def test_the_broker_is_the_same_server_with_its_certificate_checked(tryout, redis_url, broker_url):
    assert read(GOOD | {"REDIS_URL": redis_url}, tryout=tryout).broker_url == broker_url


@pytest.mark.parametrize(
    ("value", "port"),
    [("smtp", 25), ("smtp+tls", 587), ("smtp+ssl", 465), ("smtp+ssl:4650", 4650)],
)
def test_a_mail_server_has_the_port_of_its_kind(tryout, value, port):
    scheme, _, own = value.partition(":")
    url = f"{scheme}://smtp.internal" + (f":{own}" if own else "")

    assert read(GOOD | {"EMAIL_URL": url}, tryout=tryout).email["EMAIL_PORT"] == port


@pytest.mark.parametrize(
    ("value", "base_url"),
    [
        ("HTTPS://Equity.Riverbend.GOV", "https://equity.riverbend.gov"),
        ("https://equity.riverbend.gov:443/", "https://equity.riverbend.gov"),
        ("https://equity.riverbend.gov:8443", "https://equity.riverbend.gov:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_is_kept_as_browsers_write_it(tryout, value, base_url):
    said = {"BASE_URL": value, "ALLOWED_HOSTS": "equity.riverbend.gov,[::1]"}

    assert read(GOOD | said, tryout=tryout).base_url == base_url


def test_an_address_in_capitals_has_secure_cookies_too(tryout):
    assert read(GOOD | {"BASE_URL": "HTTPS://EQUITY.RIVERBEND.GOV"}, tryout=tryout).is_https


# --- the try-out ------------------------------------------------------------------------------


def test_a_tryout_needs_nothing_said(tryout):
    environment = read({"MODE": "tryout"}, tryout=tryout)

    assert environment == Environment(
        mode="tryout",
        secret_key=tryout.secret_key(),
        database={
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "equity_portal",
            "USER": "equity_portal",
            "PASSWORD": "",
            "HOST": "",
            "PORT": "",
            "OPTIONS": {"host": str(tryout.sockets)},
        },
        broker_url=tryout.broker_url,
        email={"EMAIL_BACKEND": "equity_portal.tryout.mailbox.MailboxBackend"},
        from_email="equity-portal@localhost",
        allowed_hosts=["localhost", "127.0.0.1", "[::1]"],
        base_url="http://127.0.0.1:8000",
        hsts_include_subdomains=False,
        hsts_preload=False,
        tryout_password="riverbend-tryout",
    )


def test_a_tryout_takes_what_is_said(tryout):
    said = {name: GOOD[name] for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")}

    environment = read({"MODE": "tryout", "PORT": "8123", **said}, tryout=tryout)

    production = read(GOOD, tryout=tryout)
    assert (environment.secret_key, environment.database, environment.broker_url) == (
        production.secret_key,
        production.database,
        production.broker_url,
    )
    assert (environment.email, environment.base_url) == (
        production.email,
        "http://127.0.0.1:8123",
    )


def test_a_tryout_that_others_can_reach_has_no_common_password(tryout):
    environment = read({"MODE": "tryout", "HOST": "0.0.0.0"}, tryout=tryout)  # noqa: S104

    assert environment.tryout_password == ""
    # What a mail links to must be an address that another machine can open.
    assert environment.base_url == f"http://{socket.gethostname().lower()}:8000"
    assert {"localhost", "127.0.0.1", "[::1]", "0.0.0.0"} <= set(environment.allowed_hosts)  # noqa: S104


def test_production_reads_nothing_from_the_tryouts_folder(tryout):
    read(GOOD, tryout=tryout)

    assert list(tryout.path.iterdir()) == []


# --- every kind of process --------------------------------------------------------------------

PROGRAMS = {
    "manage.py": [sys.executable, "manage.py", "check"],
    "wsgi": [sys.executable, "-c", "import equity_portal.wsgi"],
    "gunicorn": [sys.executable, "-m", "gunicorn", "equity_portal.wsgi", "--bind", "127.0.0.1:0"],
    "worker": [sys.executable, "-m", "celery", "-A", "equity_portal", "worker"],
    "beat": [sys.executable, "-m", "celery", "-A", "equity_portal", "beat"],
}


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS)
def test_every_kind_of_process_stops_with_the_sentence_alone(program):
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {name: value for name, value in GOOD.items() if name != "BASE_URL"}

    ended = subprocess.run(
        PROGRAMS[program],
        cwd=CHECKOUT,
        env=keep | given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (
        1,
        "",
        "BASE_URL is not set. A good value: BASE_URL=https://equity.county.gov\n",
    )
