"""Before a meeting: last time's notes, what is open both ways, what changed since."""

from __future__ import annotations

from datetime import timedelta

import pghistory
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from partnerships import services
from partnerships.models import PromiseChange
from records.services import archive
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


def prepare(client, partner):
    return client.get(reverse("partnerships:partner-prepare", args=[partner.pk]))


def test_the_latest_two_that_the_reader_may_read(as_lead, lead):
    partner = PartnerFactory()
    for days_ago in (1, 5, 9, 12):
        readers = Readers.AUTHOR if days_ago == 1 else Readers.STAFF
        touch(partner, days_ago=days_ago, readers=readers, what_mattered=f"Word {days_ago}.")
    archived = touch(partner, days_ago=2)
    archive(record=archived, by=lead, at=timezone.now())

    page = prepare(as_lead, partner).context["page"]

    assert [row.what_mattered for row in page.one_to_ones] == ["Word 5.", "Word 9."]


@pytest.mark.parametrize(("open_ones", "is_cut"), [(6, False), (7, True)])
def test_what_is_open_fits_the_sheet_and_the_rest_is_a_press_away(as_lead, open_ones, is_cut):
    partner = PartnerFactory()
    for number in range(open_ones):
        FollowUpFactory(partner=partner, what=f"Call {number}")

    response = prepare(as_lead, partner)

    page = response.context["page"]
    assert [row.what for row in page.next_steps] == [f"Call {number}" for number in range(6)]
    assert page.is_cut == is_cut
    assert ("More is open than fits here" in text_of(response)) == is_cut


def test_what_changed_since_the_last_touch(as_lead, lead):
    now, today = timezone.now(), timezone.localdate()
    partner = PartnerFactory(name="Eastbank")
    touch(partner, days_ago=10, by=lead)
    kept, broken, moved, before = (
        PromiseFactory(partner=partner, what=what, owner=lead, due_on=today)
        for what in ("Forms", "Stipends", "Counts", "Platform")
    )
    about = {"by": lead, "on": today}
    services.keep_promise(promise=before, at=now - timedelta(days=20), **about)
    services.keep_promise(promise=kept, at=now - timedelta(days=5), **about)
    services.break_promise(promise=broken, reason="No money.", at=now - timedelta(days=4), **about)
    change = PromiseChange(to_due_on=today + timedelta(days=30), reason="Counsel asks for time.")
    services.change_promise(
        promise=moved, change=change, version=moved.version, by=lead, at=now - timedelta(days=3)
    )
    FollowUpFactory(
        partner=partner,
        what="Ask finance",
        assignee=lead,
        completed_at=now - timedelta(days=2),
        completed_by=lead,
    )
    IntroductionFactory(
        partner=partner,
        colleague=EquityLeadFactory(name="Joy Tran"),
        introduced_by=lead,
        created_at=now - timedelta(days=1),
    )
    with pghistory.context(user=lead.pk):
        AffiliationFactory(partner=partner, contact=ContactFactory(name="Rosa"))
        partner.geography = "East bank"
        partner.save()

    changes = prepare(as_lead, partner).context["page"].changes

    told = [(one.what, one.by) for one in changes]
    assert sorted(told[:3]) == [
        ("Rosa was added. Role: Organizer", "Ana Lead"),
        ("This was changed. Where they work: East bank", "Ana Lead"),
        ("This was written down.", ""),
    ]
    assert told[3:] == [
        ("Joy Tran is to be introduced", "Ana Lead"),
        ("Done: Ask finance", "Ana Lead"),
        ("Given another date: Counts", "Ana Lead"),
        ("Broken: Stipends", "Ana Lead"),
        ("Kept: Forms", "Ana Lead"),
    ]


def test_what_others_keep_to_themselves_has_not_changed(client, lead, staff):
    now = timezone.now()
    partner = PartnerFactory()
    secret = EquityLeadFactory()
    touch(partner, days_ago=10, readers=Readers.STAFF)
    touch(partner, days_ago=3, by=secret, readers=Readers.AUTHOR, what_mattered="Unmistakable")
    hidden = {"partner": partner, "readers": Readers.AUTHOR, "what": "Unmistakable"}
    promise = PromiseFactory(owner=secret, **hidden)
    services.keep_promise(promise=promise, on=timezone.localdate(), by=secret, at=now)
    FollowUpFactory(assignee=secret, completed_at=now, completed_by=secret, **hidden)
    FollowUpFactory(assignee=secret, **hidden)

    for reader in (lead, staff):
        client.force_login(reader)
        response = prepare(client, partner)
        assert len(response.context["page"].one_to_ones) == 1
        assert "nmistakable" not in response.content.decode()


def test_who_asked_for_what_and_where_to_write_it_down(as_lead):
    partner = PartnerFactory(
        name="Eastbank", languages=["Spanish", "Hmong"], access_needs="An interpreter."
    )
    rosa = ContactFactory(name="Rosa Delgado", preferred_name="Rosie", access_needs="Evenings.")
    AffiliationFactory(partner=partner, contact=rosa)
    AffiliationFactory(partner=partner)

    response = prepare(as_lead, partner)

    needs = [(n.who, n.language, n.access_needs) for n in response.context["page"].needs]
    assert needs == [("Eastbank", "Spanish, Hmong", "An interpreter."), ("Rosie", "", "Evenings.")]
    html, page = response.content.decode(), text_of(response)
    log = reverse("partnerships:one-to-one-create", query={"partner": partner.pk})
    assert f'href="{log}"' in html
    assert f'href="{reverse("partnerships:conversation-guide")}"' in html
    assert "Nothing that you may read was written down about a conversation with them." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_preparing_asks_a_constant_number_of_questions(
    as_lead, lead, rows, django_assert_num_queries
):
    partner = PartnerFactory()
    touch(partner, days_ago=400, by=lead)
    now, today = timezone.now(), timezone.localdate()
    for _row in range(rows):
        partner.owners.add(EquityLeadFactory())
        contact = AffiliationFactory(partner=partner).contact
        touch(partner, days_ago=300, by=lead, contacts=[contact], colleagues=[lead])
        kept, moved, _open = PromiseFactory.create_batch(3, partner=partner, owner=lead)
        services.keep_promise(promise=kept, on=today, by=lead, at=now)
        change = PromiseChange(to_due_on=today, reason="Counsel asks for time.")
        services.change_promise(promise=moved, change=change, version=1, by=lead, at=now)
        FollowUpFactory(partner=partner, assignee=lead)
        FollowUpFactory(partner=partner, assignee=lead, completed_at=now, completed_by=lead)
        IntroductionFactory(partner=partner, created_at=now)

    with django_assert_num_queries(23):
        prepare(as_lead, partner)
