"""The portal's contract with the machine it runs on: seven variables, each checked by name.

A variable that is missing, malformed or left at a known example stops the start with one
sentence that names it and shows a good value.
"""

from __future__ import annotations

import contextlib
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import parse_qs, urlsplit

import environ

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
    redis_url: str
    broker_url: str
    email: dict[str, Any]
    allowed_hosts: list[str]
    base_url: str
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
    base_url = _base_url(given)
    redis_url = _redis_url(given)
    return Environment(
        mode=mode,
        secret_key=_secret_key(given),
        database=_database(given, is_tryout=mode == "tryout"),
        redis_url=redis_url,
        broker_url=_broker_url(redis_url),
        email=_email(given, is_tryout=mode == "tryout"),
        allowed_hosts=_allowed_hosts(given),
        base_url=base_url,
        tryout_password=TRYOUT_PASSWORD if mode == "tryout" and _is_loopback(given) else "",
    )


def _is_loopback(given: Mapping[str, str]) -> bool:
    return (given.get("HOST") or "127.0.0.1") in LOOPBACK


def _tryout_defaults(variables: Mapping[str, str], tryout: DataFolder) -> dict[str, str]:
    host = variables.get("HOST") or "127.0.0.1"
    port = variables.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port[:6]) <= HIGHEST_PORT:
        refuse("PORT", f"is {port!r}, and a port is a number from 1 to {HIGHEST_PORT}", "8000")
    # Nobody opens http://0.0.0.0: links in mails name the machine.
    named = socket.gethostname() if host in EVERY_ADDRESS else host
    shown = f"[{named}]" if ":" in named else named
    return {
        "SECRET_KEY": variables.get("SECRET_KEY") or tryout.secret_key(),
        "DATABASE_URL": tryout.database_url,
        "REDIS_URL": tryout.redis_url,
        "EMAIL_URL": "mailbox://",
        "ALLOWED_HOSTS": ",".join(_names_of_this_machine(host)),
        "BASE_URL": f"http://{shown}:{port}",
    }


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
    try:
        database = environ.Env.db_url_config(value)
    except (ValueError, TypeError):
        refuse("DATABASE_URL", "is not an address that can be read", good)
    if not database.get("NAME"):
        refuse("DATABASE_URL", "names no database", good)
    if not is_tryout and str(database.get("PASSWORD", "")).lower() in GUESSED_PASSWORDS:
        refuse("DATABASE_URL", "has a password that anybody would guess", good)
    return dict(database)


def _redis_url(given: Mapping[str, str]) -> str:
    good = "redis://redis.internal:6379/0"
    value = _required(given, "REDIS_URL", good)
    parts = _address("REDIS_URL", value, good)
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
    parts = _address("EMAIL_URL", value, good)
    if parts.scheme not in MAIL_PORTS:
        refuse("EMAIL_URL", "must begin with smtp+tls://, smtp+ssl:// or smtp://", good)
    if not parts.hostname:
        refuse("EMAIL_URL", "names no host", good)
    if parts.password in GUESSED_PASSWORDS:
        refuse("EMAIL_URL", "has a password that anybody would guess", good)
    email = dict(environ.Env.email_url_config(value))
    return email | {"EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme]}


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
