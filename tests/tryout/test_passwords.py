from __future__ import annotations

import json
import stat

import pytest

from equity_portal.tryout.passwords import passwords
from equity_portal.tryout.problems import CannotStart

ACCOUNTS = ["staff", "lead", "lead2", "editor", "director", "admin"]


def test_on_loopback_all_have_the_known_password(data):
    found = passwords(data, is_loopback=True)

    assert found == {f"{name}@riverbend.example": "riverbend-tryout" for name in ACCOUNTS}
    assert not data.passwords_file.exists()


def test_where_others_reach_it_each_has_a_random_one_and_keeps_it(data):
    first = passwords(data, is_loopback=False)
    second = passwords(data, is_loopback=False)

    assert first == second == json.loads(data.passwords_file.read_text())
    assert list(first) == [f"{name}@riverbend.example" for name in ACCOUNTS]
    assert len(set(first.values())) == len(ACCOUNTS)
    assert min(map(len, first.values())) >= 19
    assert stat.S_IMODE(data.passwords_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_spoilt_file_is_one_sentence(data, text):
    data.passwords_file.write_text(text)

    with pytest.raises(CannotStart, match="Delete it and start again"):
        passwords(data, is_loopback=False)
