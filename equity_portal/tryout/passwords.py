"""The try-out's accounts: one known password on this machine alone, else a random one for each."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from equity_portal.environment import TRYOUT_PASSWORD
from equity_portal.tryout.problems import CannotStart

if TYPE_CHECKING:
    from equity_portal.tryout.data_folder import DataFolder

ACCOUNTS = tuple(
    f"{name}@riverbend.example"
    for name in ("staff", "lead", "lead2", "editor", "director", "admin")
)
# No letter or digit that is read as another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def passwords(data: DataFolder, *, is_loopback: bool) -> dict[str, str]:
    """Give the password of every account. Raises CannotStart."""
    if is_loopback:
        return dict.fromkeys(ACCOUNTS, TRYOUT_PASSWORD)
    fresh = {account: _random_password() for account in ACCOUNTS}
    kept = data.keep(data.passwords_file.name, json.dumps(fresh, indent=2) + "\n")
    try:
        found = json.loads(kept)
        return {account: str(found[account]) for account in ACCOUNTS}
    except (ValueError, KeyError, TypeError):
        raise CannotStart(
            f"{data.passwords_file} cannot be read. Delete it and start again; the accounts get "
            "new passwords."
        ) from None


def _random_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
