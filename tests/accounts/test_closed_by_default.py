"""Every address of the portal is closed to strangers and to other roles, unless it is listed here.

A new address fails until somebody has said in this file who may open it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import DepartmentSettings, User
from accounts.roles import MAY, Ability, Role
from tests.factories import UserFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

pytestmark = pytest.mark.django_db

GUIDE = {
    "practice-list",
    "practices:practice-detail",
    "practices:resource-list",
    "search",
    "search-suggest",
}
ABOUT = {"home", "help", "accessibility", "public-records", "health-live", "health-ready"}
TRYOUT_ONLY = {"mailbox", "mailbox-send", "mailbox-sending", "mailbox-letter", "components"}
ENTRANCE = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # answers that nobody signs up
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
# A calendar program cannot sign in: the address itself is the key, and one that is wrong is a 404.
BY_SECRET = {"partnerships:calendar-feed"}
PUBLIC = BY_SECRET | GUIDE | ABOUT | TRYOUT_ONLY | ENTRANCE

# Anybody with an account, whatever their role, even none.
EVERYBODYS = {
    "accounts:profile",
    "accounts:profile-edit",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "admin:login",  # the way to the portal's own page for signing in
    "admin:logout",
}

# The rest belongs to an ability: the first pattern that fits says to which.
SECTIONS = [
    (r"accounts:person-", {Ability.MANAGE_PEOPLE}),
    (r"partnerships:(partner|contact|one-to-one|introduction)-create$", {Ability.RECORD}),
    (r"partnerships:(partner|contact)-alike$", {Ability.RECORD}),
    (r"partnerships:draft-", {Ability.RECORD}),
    (r"partnerships:", {Ability.SEE_PARTNERS}),
    (r"infrastructure:workgroup-create$", {Ability.START_WORKGROUPS}),
    (r"infrastructure:adoption-(create|edit|archive|restore)$", {Ability.TAKE_UP_STEPS}),
    (r"infrastructure:", {Ability.SEE_WORKGROUPS}),
    (r"taken-up$", {Ability.SEE_WORKGROUPS}),
    (r"practices:.*-preview$", {Ability.EDIT_GUIDE}),
    (r"admin:(practices_|/practices/)", {Ability.EDIT_GUIDE}),
    (r"admin:(accounts_|/accounts/)", {Ability.CHANGE_SETTINGS}),
    (r"admin:", {Ability.EDIT_GUIDE, Ability.CHANGE_SETTINGS}),
]

SAMPLES = {
    "int": "1",
    "slug": "a",
    "str": "a",
    "path": "1",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}
REGEX_SAMPLES = {"app_label": "practices", "url": "nowhere", "key": "a-b", "uidb36": "1"}
SIGN_IN = "/accounts/login/?next="


@dataclass(frozen=True)
class Address:
    name: str
    path: str

    @property
    def needs(self) -> set[Ability]:
        return next((needs for fits, needs in SECTIONS if re.match(fits, self.name)), set())


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, namespace="", route="/"))


def _walk(patterns, *, namespace: str, route: str) -> Iterator[Address]:
    for pattern in patterns:
        path = route + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, namespace=inner, route=path)
        elif isinstance(pattern, URLPattern):
            # The admin leaves some without a name; their path tells them apart.
            name = pattern.name or path.removeprefix("/admin")
            yield Address(f"{namespace}{name}", _example(path))


def _example(path: str) -> str:
    path = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], path)
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: REGEX_SAMPLES[found[1]], path)


ALL = [pytest.param(address, id=address.name) for address in addresses()]
CLOSED = [address for address in addresses() if address.name not in PUBLIC | EVERYBODYS]


def ends_at(client: Client, path: str) -> tuple[str, int]:
    """Where a visit ends, and how: pages that only take a POST are given one."""
    response = client.get(path, follow=True)
    if response.status_code == 405:
        response = client.post(path, follow=True)
    last = response.redirect_chain[-1][0] if response.redirect_chain else path
    return last, response.status_code


def is_refused(client: Client, address: Address) -> bool:
    where, status = ends_at(client, address.path)
    # The admin sends whoever asks for a record that does not exist back to its first page.
    return status in {403, 404} or (address.path != where == reverse("admin:index"))


def test_the_lists_name_addresses_that_exist():
    names = {address.name for address in addresses()}

    assert (PUBLIC | EVERYBODYS) - names == set()


def test_every_address_is_somebodys():
    unlisted = [address.name for address in CLOSED if not address.needs]

    assert unlisted == [], "Say in this file who may open these."


@pytest.mark.parametrize("address", ALL)
def test_a_stranger_is_asked_to_sign_in(client, address):
    where, _status = ends_at(client, address.path)

    assert where.startswith(SIGN_IN) == (address.name not in PUBLIC)


@pytest.mark.parametrize("name", sorted(GUIDE))
def test_the_guide_is_closed_when_the_department_says_so(client, name):
    DepartmentSettings.objects.update(guide_is_public=False)
    (address,) = [address for address in addresses() if address.name == name]

    assert ends_at(client, address.path) == (SIGN_IN + address.path, 200)


@pytest.mark.parametrize("role", [*Role, None])
def test_what_lies_outside_a_role_is_refused(client, role):
    client.force_login(UserFactory(roles=[role] if role else []))
    mine = MAY[role] if role else frozenset()
    outside = [address for address in CLOSED if not address.needs & mine]

    opened = [address.name for address in outside if not is_refused(client, address)]

    assert opened == []
    assert outside


@pytest.mark.parametrize("role", [*Role, None])
def test_the_portals_own_sections_say_403_outside_a_role(client, role):
    """A 404 there would say that nothing is here yet, not that it is somebody else's."""
    client.force_login(UserFactory(roles=[role] if role else []))
    mine = MAY[role] if role else frozenset()
    ours = [a for a in CLOSED if not a.name.startswith("admin:") and not a.needs & mine]

    others = {a.name: status for a in ours if (status := ends_at(client, a.path)[1]) != 403}

    assert others == {}


@pytest.mark.parametrize("role", Role)
def test_what_lies_within_a_role_is_not_refused(client, role):
    client.force_login(UserFactory(roles=[role]))
    inside = [a for a in CLOSED if a.needs & MAY[role] and not a.name.startswith("admin:")]

    refused = [a.name for a in inside if ends_at(client, a.path)[1] == 403]

    assert refused == []


@pytest.mark.parametrize("role", [*Role, None])
def test_ones_own_account_is_everybodys(client, role):
    client.force_login(UserFactory(roles=[role] if role else []))

    assert client.get(reverse("accounts:profile")).status_code == 200
    assert client.get(reverse("accounts:profile-edit")).status_code == 200


def test_nobody_signs_up(client):
    words = {
        "email": "stranger@elsewhere.test",
        "password1": "four-good-words-here",
        "password2": "four-good-words-here",
    }

    client.post(reverse("account_signup"), words)

    assert not User.objects.get_queryset().filter(email="stranger@elsewhere.test").exists()
