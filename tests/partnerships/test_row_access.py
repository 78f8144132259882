"""Every address of one row, asked by somebody who may not see it, and by somebody who may not change it.

An address that this page does not know fails: a new one joins by a line below.
"""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.roles import Role
from partnerships import urls
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    IntroductionFactory,
    OneToOneFactory,
    PartnerFactory,
    PromiseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

READS = {
    "partner-detail",
    "partner-history",
    "partner-prepare",
    "contact-detail",
    "contact-history",
    "contact-prepare",
    "one-to-one-detail",
    "one-to-one-history",
    "follow-up-detail",
    "follow-up-history",
    "follow-up-ics",
    "promise-detail",
    "promise-history",
}
CHANGES = {
    "partner-edit",
    "partner-archive",
    "partner-restore",
    "contact-edit",
    "contact-archive",
    "contact-restore",
    "affiliation-create",
    "affiliation-end",
    "affiliation-resume",
    "one-to-one-edit",
    "one-to-one-archive",
    "one-to-one-restore",
    "introduction-create",
    "introduction-drop",
    "introduction-reopen",
    "follow-up-edit",
    "follow-up-complete",
    "follow-up-reopen",
    "follow-up-put-off",
    "follow-up-hand-over",
    "follow-up-next",
    "follow-up-cancel",
    "follow-up-archive",
    "follow-up-restore",
    "promise-edit",
    "promise-keep",
    "promise-break",
    "promise-change",
    "promise-reopen",
}


def addresses_of_one_row() -> set[str]:
    return {pattern.name for pattern in urls.urlpatterns if "<int:pk>" in str(pattern.pattern)}


def rows(*, readers: str) -> dict[str, list[int]]:
    """For each kind of address, the keys of a row that somebody else wrote."""
    author = EquityLeadFactory()
    talk = OneToOneFactory(created_by=author, readers=readers)
    role = AffiliationFactory()
    proposed = IntroductionFactory(introduced_by=author)
    return {
        "partner": [PartnerFactory().pk],
        "introduction": [proposed.pk],
        "introduction-create": [proposed.partner.pk],
        "contact": [ContactFactory().pk],
        "affiliation": [role.contact.pk, role.pk],
        "one-to-one": [talk.pk],
        "follow-up": [FollowUpFactory(assignee=author, readers=readers).pk],
        "promise": [PromiseFactory(owner=author, readers=readers).pk],
    }


def ask(client, name: str, keys: dict[str, list[int]]) -> int:
    kind = name.rsplit("-", 1)[0].removesuffix("-put").removesuffix("-hand")
    arguments = keys.get(name) or keys[kind]
    try:
        url = reverse(f"partnerships:{name}", args=arguments)
    except NoReverseMatch:
        url = reverse(f"partnerships:{name}", args=arguments[:1])
    if name in READS or name.endswith("-edit"):
        return client.get(url).status_code
    return client.post(url).status_code


def test_no_address_of_a_row_is_forgotten_here():
    assert addresses_of_one_row() == READS | CHANGES


@pytest.mark.parametrize("name", sorted(READS | CHANGES))
def test_what_is_not_seen_is_not_there(client, name):
    keys = rows(readers="author")
    outsider = UserFactory(roles=[Role.CONTENT_EDITOR, Role.ADMINISTRATOR])
    lead = EquityLeadFactory()
    client.force_login(outsider)
    refused = ask(client, name, keys)
    client.force_login(lead)
    private = ask(client, name, keys)

    # The section is closed to the outsider; to a lead, only somebody's private words are.
    assert refused == 403
    if name.startswith(("one-to-one", "follow-up", "promise")):
        assert private == 404


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_what_is_seen_but_not_theirs_is_not_changed(client, name):
    keys = rows(readers="staff")
    client.force_login(UserFactory(roles=[Role.STAFF]))

    assert ask(client, name, keys) == 403
