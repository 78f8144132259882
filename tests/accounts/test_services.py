"""Inviting, deactivating and giving roles: what is refused, and what happens once."""

from __future__ import annotations

import threading
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction

from accounts import services
from accounts.models import User
from accounts.roles import Role
from tests.factories import AdministratorFactory, ProgramFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_invite_makes_an_account_without_a_password():
    program, leader = ProgramFactory(), UserFactory()

    person = services.invite(
        email="Rosa.Diaz@County.test",
        name="Rosa Diaz",
        roles=[Role.STAFF, Role.EQUITY_LEAD],
        programs=[program],
        reports_to=leader,
    )

    person.refresh_from_db()
    assert (person.email, person.name, person.roles, person.reports_to, person.is_active) == (
        "rosa.diaz@county.test",
        "Rosa Diaz",
        ["equity_lead", "staff"],
        leader,
        True,
    )
    assert not person.has_usable_password()
    assert list(person.programs.all()) == [program]
    addresses = EmailAddress.objects.filter(user=person).values_list(
        "email", "verified", "primary"
    )
    assert list(addresses) == [("rosa.diaz@county.test", True, True)]


def test_invite_with_one_key_twice_makes_one_account():
    key = uuid.uuid4()
    words = {"email": "rosa@county.test", "name": "Rosa Diaz", "roles": [Role.STAFF], "key": key}

    first = services.invite(**words)
    second = services.invite(**words)

    assert first.pk == second.pk
    assert User.objects.filter(email="rosa@county.test").count() == 1


def test_invite_somebody_who_has_an_account_is_refused():
    UserFactory(email="rosa@county.test")

    with pytest.raises(services.HasAnAccount):
        services.invite(email="ROSA@county.test", name="Rosa", roles=[Role.STAFF])


def test_deactivate_counts_the_version_on(administrator, staff):
    services.deactivate(person=staff, by=administrator)

    staff.refresh_from_db()
    assert (staff.is_active, staff.version) == (False, 2)


def test_deactivate_oneself_is_refused(administrator):
    AdministratorFactory()

    with pytest.raises(services.NotYourself):
        services.deactivate(person=administrator, by=administrator)


def test_deactivate_the_last_active_administrator_is_refused(administrator, staff):
    AdministratorFactory(is_active=False)

    with pytest.raises(services.LastAdministrator):
        services.deactivate(person=administrator, by=staff)


def test_deactivate_ends_every_session_and_reactivate_revives_none(client, administrator, staff):
    client.force_login(staff)

    services.deactivate(person=staff, by=administrator)
    services.reactivate(person=staff)

    assert client.get("/account/").url == "/accounts/login/?next=/account/"


def test_deactivate_leaves_other_peoples_sessions(client, administrator, staff, lead):
    client.force_login(lead)

    services.deactivate(person=staff, by=administrator)

    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("others", "refusal"), [(0, services.LastAdministrator), (1, services.NotYourself)]
)
def test_taking_the_role_from_oneself_is_refused(administrator, others, refusal):
    AdministratorFactory.create_batch(others)
    administrator.roles = [Role.STAFF]

    with transaction.atomic(), pytest.raises(refusal):
        services.check_roles(person=administrator, by=administrator)


def test_taking_the_role_from_another_is_allowed(administrator):
    other = AdministratorFactory()
    other.roles = [Role.STAFF]

    services.check_roles(person=other, by=administrator)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_deactivate_each_other():
    ana, joy = AdministratorFactory(), AdministratorFactory()
    refused = []
    start = threading.Barrier(2)

    def deactivate(person: User, by: User) -> None:
        start.wait()
        try:
            services.deactivate(person=person, by=by)
        except services.LastAdministrator:
            refused.append(person)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=deactivate, args=(ana, joy)),
        threading.Thread(target=deactivate, args=(joy, ana)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert User.objects.active().count() == 1
