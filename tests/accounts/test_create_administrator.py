"""`manage.py create_administrator`: the first way in, and the way back in."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "four-good-words-here"


@pytest.fixture
def create(monkeypatch):
    def call(*args: str, typed: str = PASSWORD) -> str:
        said = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        call_command("create_administrator", *args, "--password-stdin", stdout=said)
        return said.getvalue()

    return call


def test_makes_an_administrator_who_can_sign_in(create):
    said = create("Ada@County.test", "--name", "Ada Diaz")

    person = User.objects.get(email="ada@county.test")
    assert said == "ada@county.test is an administrator.\n"
    assert (person.name, person.roles) == ("Ada Diaz", ["administrator"])
    answer = Client().post("/accounts/login/", {"login": "ada@county.test", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")


def test_gives_the_role_to_somebody_who_has_an_account(create):
    person = UserFactory(is_active=False)

    create(person.email)
    create(person.email)

    person.refresh_from_db()
    assert (person.roles, person.is_active) == (["administrator", "staff"], True)


@pytest.mark.parametrize(
    ("args", "typed", "refusal"),
    [
        (["not an address"], PASSWORD, "not an address is not an e-mail address."),
        (["ada@county.test"], "short", "This password is too short"),
        (["ada@county.test"], "", "This password is too short"),
        (["ada@county.test", "--name", "x" * 121], PASSWORD, "Shorten it to 120."),
    ],
)
def test_says_what_is_wrong_and_makes_nobody(create, args, typed, refusal):
    with pytest.raises(CommandError, match=refusal):
        create(*args, typed=typed)

    assert not User.objects.get_queryset().exists()
