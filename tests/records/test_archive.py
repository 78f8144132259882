"""What is put away can be brought back, once each way; who and when travel together."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerships.models import PartnerOrganization
from records.services import ArchivedAlready, archive, restore
from tests.factories import NOON, PartnerFactory

pytestmark = pytest.mark.django_db


def state(partner):
    partner = PartnerOrganization.objects.get(pk=partner.pk)
    return partner.archived_at, partner.archived_by, partner.version


def test_archive_says_who_and_when_and_counts_as_a_change(lead):
    partner = PartnerFactory()

    archive(record=partner, by=lead, at=NOON)

    assert state(partner) == (NOON, lead, 2)
    assert [*PartnerOrganization.objects.current()] == []
    assert [*PartnerOrganization.objects.archived()] == [partner]


def test_archive_twice_is_refused_and_keeps_the_first(lead, other_lead):
    partner = PartnerFactory()
    archive(record=partner, by=lead, at=NOON)

    with pytest.raises(ArchivedAlready):
        archive(record=partner, by=other_lead, at=NOON)

    assert state(partner) == (NOON, lead, 2)


def test_restore_brings_it_back_and_twice_is_refused(lead):
    partner = PartnerFactory(archived_at=NOON, archived_by=lead)

    restore(record=partner)

    assert state(partner) == (None, None, 2)
    with pytest.raises(ArchivedAlready):
        restore(record=partner)


@pytest.mark.parametrize("half", [{"archived_at": NOON}, {"archived_by": "lead"}])
def test_half_an_archive_is_refused_by_the_database(lead, half):
    values = {name: lead if value == "lead" else value for name, value in half.items()}

    with pytest.raises(IntegrityError, match="partner_archive_is_whole"), transaction.atomic():
        PartnerFactory(**values)


def test_whole_and_none_are_accepted_by_the_database(lead):
    assert PartnerFactory(archived_at=NOON, archived_by=lead).is_archived
    assert not PartnerFactory(archived_at=None, archived_by=None).is_archived


def test_archive_offers_undo_and_undo_brings_it_back(as_lead):
    partner = PartnerFactory(name="Tenants")

    page = as_lead.post(reverse("partnerships:partner-archive", args=[partner.pk]), follow=True)

    undo = reverse("partnerships:partner-restore", args=[partner.pk])
    assert page.redirect_chain == [(reverse("partnerships:partner-list"), 302)]
    assert [(str(m), m.extra_tags) for m in page.context["messages"]] == [
        ("Tenants is archived. Its history is kept.", undo)
    ]
    assert f'action="{undo}"' in page.content.decode()
    page = as_lead.post(undo, follow=True)
    assert page.redirect_chain == [(partner.get_absolute_url(), 302)]
    assert [str(message) for message in page.context["messages"]] == ["Tenants is back."]
    assert state(partner)[0] is None


def test_archive_and_undo_that_came_too_late_say_so(as_lead):
    partner = PartnerFactory()
    archive_url = reverse("partnerships:partner-archive", args=[partner.pk])
    restore_url = reverse("partnerships:partner-restore", args=[partner.pk])

    as_lead.post(archive_url, follow=True)
    second = as_lead.post(archive_url, follow=True)
    as_lead.post(restore_url, follow=True)
    fourth = as_lead.post(restore_url, follow=True)

    assert [str(m) for m in second.context["messages"]] == ["Somebody archived that already."]
    assert [str(m) for m in fourth.context["messages"]] == ["Somebody brought that back already."]


@pytest.mark.parametrize("press", ["archive", "restore"])
def test_archive_and_restore_are_presses_of_those_who_may(as_lead, client, staff, press):
    partner = PartnerFactory()
    url = reverse(f"partnerships:partner-{press}", args=[partner.pk])

    assert as_lead.get(url).status_code == 405
    client.force_login(staff)
    assert client.post(url).status_code == 403
    assert state(partner) == (None, None, 1)
