"""The portal's contract with the machine it runs on, each variable checked by name.

Seven must be said in production; a sender for the mails and two promises to browsers may be.

A variable that is missing, malformed, left at a known example or at odds with another stops the
start with one sentence that names it and shows a good value.
"""

from __future__ import annotations

import contextlib
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import parse_qs, urlsplit

import environ
import psycopg
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.http import is_same_domain
from psycopg.conninfo import make_conninfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

    from equity_portal.tryout.data_folder import DataFolder

# As Django's own check of a deployment has it.
SHORTEST_KEY = 50
FEWEST_CHARACTERS = 5
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
HIGHEST_PORT = 65535
EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 (what a HOST may say, not what we listen on)
TRYOUT_PASSWORD = "riverbend-tryout"  # noqa: S105 (public, and of use on loopback alone)
# A name or a number that a browser can ask for; with a dot before it, everything below it.
HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
GUESSED_PASSWORDS = {"password", "<password>", "changeme", "postgres"}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
WEB_PORTS = {"http": 80, "https": 443}
# As a mail program writes it: an address, or a name and the address in angle brackets.
SENDER = re.compile(r'(?:(?:[^<>,;:@"\x00-\x1f]+|"[^<>"\x00-\x1f]+") <([^<>]+)>|([^<>\s]+))')
# What Django reads out of a database's options; PostgreSQL knows the others.
DJANGOS_OPTIONS = {"assume_role", "isolation_level", "pool", "server_side_binding"}
CERTIFICATE_CHECKS = {
    "required",
    "optional",
    "none",
    "CERT_REQUIRED",
    "CERT_OPTIONAL",
    "CERT_NONE",
}
MISREAD = "has a @, / or # that is no mark of an address, and is written %40, %2F or %23"
# Words that stand in examples, in our own documentation and in other people's.
EXAMPLE_WORDS = ("change", "insecure", "example", "secret", "placeholder", "password", "your-")


class Misconfigured(SystemExit):
    """The start stops here: the sentence goes to standard error and the exit code is 1."""


def refuse(name: str, what_is_wrong: str, good: str) -> NoReturn:
    raise Misconfigured(f"{name} {what_is_wrong}. A good value: {name}={good}")


@dataclass(frozen=True)
class Environment:
    mode: str
    secret_key: str
    database: dict[str, Any]
    broker_url: str
    email: dict[str, Any]
    from_email: str
    allowed_hosts: list[str]
    base_url: str
    hsts_include_subdomains: bool
    hsts_preload: bool
    # The password of every try-out account; empty in production, and in a try-out that other
    # machines can reach, where each account has a random one.
    tryout_password: str = ""

    @property
    def is_tryout(self) -> bool:
        return self.mode == "tryout"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def read(variables: Mapping[str, str], *, tryout: DataFolder) -> Environment:
    """Read and check the contract. `tryout` supplies what the try-out may leave unsaid.

    Raises Misconfigured.
    """
    mode = variables.get("MODE", "production")
    if mode not in {"production", "tryout"}:
        refuse("MODE", f"is {mode!r}, and may be production or tryout", "production")
    given = dict(variables)
    if mode == "tryout":
        given = _tryout_defaults(variables, tryout) | {k: v for k, v in given.items() if v}
    environment = Environment(
        mode=mode,
        secret_key=_secret_key(given),
        database=_database(given, is_tryout=mode == "tryout"),
        broker_url=_broker_url(_redis_url(given)),
        email=_email(given, is_tryout=mode == "tryout"),
        from_email=_from_email(given),
        allowed_hosts=_allowed_hosts(given),
        base_url=_base_url(given),
        hsts_include_subdomains=_switch(given, "HSTS_INCLUDE_SUBDOMAINS"),
        hsts_preload=_switch(given, "HSTS_PRELOAD"),
        tryout_password=TRYOUT_PASSWORD if mode == "tryout" and _is_loopback(given) else "",
    )
    _refuse_what_does_not_fit(environment)
    return environment


def _refuse_what_does_not_fit(environment: Environment) -> None:
    host = _host_of(environment.base_url)
    if not any(is_same_domain(host, allowed) for allowed in environment.allowed_hosts):
        refuse("ALLOWED_HOSTS", f"does not list {host}, the host of BASE_URL", host)
    for name, is_on in (
        ("HSTS_INCLUDE_SUBDOMAINS", environment.hsts_include_subdomains),
        ("HSTS_PRELOAD", environment.hsts_preload),
    ):
        if is_on and not environment.is_https:
            refuse(name, "is yes, and means nothing without a BASE_URL in https", "no")
    if environment.hsts_preload and not environment.hsts_include_subdomains:
        # Browsers take a host into their list only together with everything below it.
        refuse("HSTS_INCLUDE_SUBDOMAINS", "is not yes, which HSTS_PRELOAD needs", "yes")


def _host_of(base_url: str) -> str:
    """As ALLOWED_HOSTS has it: a number of IPv6 in brackets."""
    host = urlsplit(base_url).hostname or ""
    return f"[{host}]" if ":" in host else host


def _is_loopback(given: Mapping[str, str]) -> bool:
    return (given.get("HOST") or "127.0.0.1") in LOOPBACK


def _tryout_defaults(variables: Mapping[str, str], tryout: DataFolder) -> dict[str, str]:
    host = variables.get("HOST") or "127.0.0.1"
    port = variables.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port[:6]) <= HIGHEST_PORT:
        refuse("PORT", f"is {port!r}, and a port is a number from 1 to {HIGHEST_PORT}", "8000")
    shown = f"[{host}]" if ":" in host else host
    if not HOST.fullmatch(shown):
        refuse("HOST", f"is {host!r}, which is no address of a machine", "0.0.0.0")  # noqa: S104
    names = _names_of_this_machine(host)
    if host in EVERY_ADDRESS:
        shown = _name_for_others(names)
    return {
        "SECRET_KEY": variables.get("SECRET_KEY") or tryout.secret_key(),
        "DATABASE_URL": tryout.database_url,
        "REDIS_URL": tryout.redis_url,
        "EMAIL_URL": "mailbox://",
        "FROM_EMAIL": "equity-portal@localhost",
        "ALLOWED_HOSTS": ",".join(names),
        "BASE_URL": f"http://{shown}:{port}",
    }


def _name_for_others(names: list[str]) -> str:
    """Nobody opens http://0.0.0.0: links in mails name the machine, or else its number."""
    machine = socket.gethostname()
    shown = {f"[{address}]" if ":" in address else address for address in EVERY_ADDRESS}
    return machine if machine in names else next(n for n in reversed(names) if n not in shown)


def _names_of_this_machine(host: str) -> list[str]:
    """The names a browser may use for a try-out that listens on `host`."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in LOOPBACK:
        return names
    machine = socket.gethostname()
    found = {host, machine, socket.getfqdn()}
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        # Nothing is sent: the kernel only says which of our addresses it would use.
        way_out.connect(("192.0.2.1", 9))
        found.add(way_out.getsockname()[0])
    with contextlib.suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(machine, None)}
    shown = {f"[{name}]" if ":" in name else name for name in found}
    return names + sorted(name for name in shown if HOST.fullmatch(name))


def _required(given: Mapping[str, str], name: str, good: str) -> str:
    value = given.get(name, "").strip()
    if not value:
        refuse(name, "is not set", good)
    return value


def _address(name: str, value: str, good: str) -> SplitResult:
    """The parts of an address, of which the port can be read too."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        refuse(name, "is not an address that can be read", good)
    return parts


def _server(name: str, value: str, good: str) -> SplitResult:
    """The parts of an address that may hold a password, whose marks would cut it short."""
    parts = _address(name, value, good)
    if parts.fragment or "@" in parts.path + parts.query:
        refuse(name, MISREAD, good)
    return parts


def _refuse_guessed(name: str, password: str | None, good: str) -> None:
    if (password or "").lower() in GUESSED_PASSWORDS:
        refuse(name, "has a password that anybody would guess", good)


def _switch(given: Mapping[str, str], name: str) -> bool:
    """What may be left out, and then is off."""
    value = given.get(name, "").strip()
    if value not in {"", "yes", "no"}:
        refuse(name, f"is {value!r}, and may be yes or no", "yes")
    return value == "yes"


def _secret_key(given: Mapping[str, str]) -> str:
    good = "$(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')"
    value = _required(given, "SECRET_KEY", good)
    if any(word in value.lower() for word in EXAMPLE_WORDS):
        refuse("SECRET_KEY", "is an example that anybody may know", good)
    if len(value) < SHORTEST_KEY:
        refuse("SECRET_KEY", f"is shorter than {SHORTEST_KEY} characters", good)
    if len(set(value)) < FEWEST_CHARACTERS:
        refuse("SECRET_KEY", "repeats a few characters over and over", good)
    return value


def _database(given: Mapping[str, str], *, is_tryout: bool) -> dict[str, Any]:
    good = "postgres://equity_portal:<password>@db.internal:5432/equity_portal"
    value = _required(given, "DATABASE_URL", good)
    if not value.startswith(("postgres://", "postgresql://")):
        refuse("DATABASE_URL", "is not a PostgreSQL address", good)
    parts = _server("DATABASE_URL", value, good)
    try:
        database = environ.Env.db_url_config(value)
    except (ValueError, TypeError):
        refuse("DATABASE_URL", "is not an address that can be read", good)
    if not database.get("NAME"):
        refuse("DATABASE_URL", "names no database", good)
    options = database.get("OPTIONS", {})
    try:
        make_conninfo(**{name: options[name] for name in options if name not in DJANGOS_OPTIONS})
    except psycopg.Error:
        refuse("DATABASE_URL", "has an option that PostgreSQL does not know", good)
    if not is_tryout:
        _refuse_guessed("DATABASE_URL", parts.password, good)
    return dict(database)


def _redis_url(given: Mapping[str, str]) -> str:
    good = "redis://redis.internal:6379/0"
    value = _required(given, "REDIS_URL", good)
    parts = _server("REDIS_URL", value, good)
    _refuse_guessed("REDIS_URL", parts.password, good)
    asked = parse_qs(parts.query)
    if not set(asked.get("ssl_cert_reqs", [])) <= CERTIFICATE_CHECKS:
        refuse("REDIS_URL", "may say ssl_cert_reqs=required, optional or none", good)
    if not all(number.isdecimal() for number in asked.get("db", [])):
        refuse("REDIS_URL", "must end with the number of a database", good)
    if parts.scheme == "unix" and value.startswith("unix://"):
        if parts.hostname or not parts.path:
            refuse("REDIS_URL", "names no socket", "unix:///run/redis/redis-server.sock")
        return value
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        refuse("REDIS_URL", "is not a Redis address", good)
    database = parts.path.strip("/")
    if database and not database.isdecimal():
        refuse("REDIS_URL", "must end with the number of a database", good)
    return value


def _broker_url(redis_url: str) -> str:
    """The same server and the same database of it, in Celery's spelling."""
    parts = urlsplit(redis_url)
    asked = parse_qs(parts.query)
    if parts.scheme == "unix":
        database = f"?virtual_host={asked['db'][0]}" if "db" in asked else ""
        return f"redis+socket://{parts.netloc}{parts.path}{database}"
    if parts.scheme == "rediss" and "ssl_cert_reqs" not in asked:
        # Left to itself, Celery's transport would take anybody's certificate.
        return f"{redis_url}{'&' if parts.query else '?'}ssl_cert_reqs=required"
    return redis_url


def _email(given: Mapping[str, str], *, is_tryout: bool) -> dict[str, Any]:
    good = "smtp+tls://portal:<password>@smtp.internal:587"
    value = _required(given, "EMAIL_URL", good)
    if is_tryout and value == "mailbox://":
        return {"EMAIL_BACKEND": "equity_portal.tryout.mailbox.MailboxBackend"}
    parts = _server("EMAIL_URL", value, good)
    if parts.scheme not in MAIL_PORTS:
        refuse("EMAIL_URL", "must begin with smtp+tls://, smtp+ssl:// or smtp://", good)
    if not parts.hostname:
        refuse("EMAIL_URL", "names no host", good)
    if parts.path.strip("/") or parts.query:
        refuse("EMAIL_URL", "has a path or a query, which mean nothing to a mail server", good)
    _refuse_guessed("EMAIL_URL", parts.password, good)
    email = dict(environ.Env.email_url_config(value))
    return email | {"EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme]}


def _from_email(given: Mapping[str, str]) -> str:
    """The sender that is named, else one at the portal's own host."""
    good = "Equity Portal <equity-portal@county.gov>"
    value = given.get("FROM_EMAIL", "").strip()
    if not value:
        host = urlsplit(_base_url(given)).hostname or ""
        return f"equity-portal@[{host}]" if ":" in host else f"equity-portal@{host}"
    parts = SENDER.fullmatch(value)
    try:
        validate_email((parts[1] or parts[2]) if parts else "")
    except ValidationError:
        refuse("FROM_EMAIL", "is not an e-mail address, with or without a name before it", good)
    return value


def _allowed_hosts(given: Mapping[str, str]) -> list[str]:
    good = "equity.county.gov"
    hosts = [host.strip() for host in _required(given, "ALLOWED_HOSTS", good).split(",")]
    if "" in hosts:
        refuse("ALLOWED_HOSTS", "has an empty name in its list", good)
    if not all(HOST.fullmatch(host) for host in hosts):
        refuse("ALLOWED_HOSTS", "must list host names, without *, a port or https://", good)
    return hosts


def _base_url(given: Mapping[str, str]) -> str:
    good = "https://equity.county.gov"
    parts = _address("BASE_URL", _required(given, "BASE_URL", good), good)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    if parts.scheme not in WEB_PORTS or not HOST.fullmatch(shown):
        refuse("BASE_URL", "is not an address that a browser opens", good)
    if parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        refuse("BASE_URL", "must be the host alone, without a name, a path or a query", good)
    port = f":{parts.port}" if parts.port not in {None, WEB_PORTS[parts.scheme]} else ""
    return f"{parts.scheme}://{shown}{port}"
