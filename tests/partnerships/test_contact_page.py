"""What is between us and one person: the same as a partner's page, smaller."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from partnerships.pages import contact_page
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    IntroductionFactory,
    PartnerFactory,
    PromiseFactory,
)
from tests.partnerships.test_partner_page import text_of, touch

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_contact_detail_query_count(as_lead, lead, rows, django_assert_num_queries):
    contact = ContactFactory(met_through=ContactFactory())
    for _row in range(rows):
        partner = AffiliationFactory(contact=contact).partner
        touch(partner, by=lead, contacts=[contact], colleagues=[EquityLeadFactory()])
        PromiseFactory(contact=contact, owner=lead)
        FollowUpFactory(contact=contact, assignee=lead)
        IntroductionFactory(partner=partner, contact=contact, happened_on=date(2026, 3, 12))

    with django_assert_num_queries(14):
        as_lead.get(contact.get_absolute_url())


def test_the_page_holds_what_is_between_us_and_them(as_lead, lead):
    rosa = ContactFactory(
        name="Rosa Delgado",
        preferred_name="Rosie",
        pronouns="she/her",
        language="Spanish",
        email="rosa@eastbank.test",
        reach_by="text",
        access_needs="Evenings after six.",
        met_through=ContactFactory(name="Marcus Bell"),
    )
    union = PartnerFactory(name="Eastbank Tenants Union")
    AffiliationFactory(contact=rosa, partner=union, role="Lead organizer")
    AffiliationFactory(
        contact=rosa,
        partner=PartnerFactory(name="Northfork Youth Council"),
        role="Volunteer",
        started_on=date(2019, 2, 1),
        ended_on=date(2022, 6, 1),
    )
    touch(union, by=lead, contacts=[rosa])
    today = timezone.localdate()
    PromiseFactory(contact=rosa, what="Send the forms", due_on=today + timedelta(days=9))
    FollowUpFactory(contact=rosa, what="Call about interpreters", due_on=today, assignee=lead)

    page = text_of(as_lead.get(rosa.get_absolute_url()))

    said = [
        "Likes to be called Rosie. Pronouns: she/her. Prefers Spanish.",
        "Next: Call about interpreters. It is Ana Lead’s.",
        "Latest touch today: Ana Lead, Rosa Delgado.",
        "We owe Send the forms",
        "They offered None open that you can see.",
        "rosa@eastbank.test Best reached by: a text message",
        "Access needs Evenings after six.",
        "Eastbank Tenants Union Lead organizer",
        "Northfork Youth Council Volunteer from Feb. 1, 2019 until June 1, 2022",
        "Only Ana Lead knows them.",
        "We met them through Marcus Bell.",
    ]
    assert [words for words in said if words not in page] == []


def test_nothing_is_owed_where_nothing_was_promised(as_lead):
    page = text_of(as_lead.get(ContactFactory().get_absolute_url()))

    assert "We owe" not in page
    assert "Nobody has spoken with them yet, as far as you can see." in page


def test_whoever_was_brought_to_them_knows_them(lead):
    contact = ContactFactory()
    joy = EquityLeadFactory(name="Joy Tran")
    IntroductionFactory(
        contact=contact, colleague=joy, introduced_by=lead, happened_on=date(2026, 3, 12)
    )
    IntroductionFactory(contact=contact)

    known = contact_page(contact, reader=lead, today=date(2026, 3, 12)).knowing

    assert [(k.person.name, k.brought_by) for k in known.everybody] == [("Joy Tran", "Ana Lead")]


def test_what_others_keep_to_themselves_adds_nothing(client, staff, lead):
    contact = ContactFactory()
    secret = EquityLeadFactory(name="Unmistakable Person")
    hidden = {"readers": Readers.AUTHOR}
    touch(PartnerFactory(), by=secret, contacts=[contact], what_mattered="Unmistakable", **hidden)
    PromiseFactory(contact=contact, owner=secret, what="Unmistakable deed", **hidden)
    FollowUpFactory(contact=contact, assignee=secret, what="Unmistakable step", **hidden)

    for reader in (staff, lead):
        client.force_login(reader)
        for address in (
            contact.get_absolute_url(),
            reverse("partnerships:contact-prepare", args=[contact.pk]),
        ):
            response = client.get(address)
            assert "nmistakable" not in response.content.decode()
        page = contact_page(contact, reader=reader, today=timezone.localdate())
        assert (page.last, page.touches_total, page.owes) == (None, 0, False)


def test_somebody_who_asked_not_to_be_contacted_is_told_of_and_not_reached(as_lead):
    contact = ContactFactory(
        do_not_contact=True, email="leroy@eastbank.test", phone="555-0199", reach_by="call"
    )

    for address in (
        contact.get_absolute_url(),
        reverse("partnerships:contact-prepare", args=[contact.pk]),
    ):
        response = as_lead.get(address)
        assert "They asked us not to contact them." in text_of(response)
        html = response.content.decode()
        assert [w for w in ("leroy@", "555-0199", "Best reached by") if w in html] == []
