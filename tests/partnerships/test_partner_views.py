from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from partnerships.models import PartnerOrganization
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    OneToOneFactory,
    PartnerFactory,
)
from tests.pages import form_with

pytestmark = pytest.mark.django_db


def names(response):
    return [partner.name for partner in response.context["page_obj"]]


def test_partner_list_is_by_name_and_without_the_archived(as_lead, lead):
    PartnerFactory(name="Northfork Youth Council")
    PartnerFactory(name="Eastbank Tenants Union")
    PartnerFactory(name="Old Mill Alliance", archived_at=lead.joined_at, archived_by=lead)

    response = as_lead.get(reverse("partnerships:partner-list"))

    assert names(response) == ["Eastbank Tenants Union", "Northfork Youth Council"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "tenant"}, ["Eastbank Tenants Union"]),
        ({"kind": "faith"}, ["Mt. Zion Faith Table"]),
        ({"owner": "me"}, ["Mt. Zion Faith Table"]),
        ({"state": "archived"}, ["Old Mill Alliance"]),
        ({"kind": "no such kind"}, ["Eastbank Tenants Union", "Mt. Zion Faith Table"]),
        ({"q": "\x00 ' | & ! :*"}, ["Eastbank Tenants Union", "Mt. Zion Faith Table"]),
        ({"q": "nothing here"}, []),
    ],
)
def test_partner_list_filters(as_lead, lead, query, expected):
    PartnerFactory(name="Eastbank Tenants Union")
    PartnerFactory(name="Mt. Zion Faith Table", kind="faith").owners.add(lead)
    PartnerFactory(name="Old Mill Alliance", archived_at=lead.joined_at, archived_by=lead)

    response = as_lead.get(reverse("partnerships:partner-list"), query)

    assert names(response) == expected


def test_partner_list_answers_htmx_with_its_rows_alone(as_lead):
    PartnerFactory(name="Eastbank Tenants Union")

    response = as_lead.get(reverse("partnerships:partner-list"), headers={"HX-Request": "true"})

    page = response.content.decode()
    assert page.strip().startswith('<div id="rows">')
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("rows", [1, 3])
def test_partner_list_query_count(as_lead, lead, rows, django_assert_num_queries):
    for partner in PartnerFactory.create_batch(rows):
        partner.owners.add(lead)

    with django_assert_num_queries(8):
        as_lead.get(reverse("partnerships:partner-list"))


def test_partner_detail_shows_only_what_the_reader_may_see(client, staff):
    partner = PartnerFactory()
    author = EquityLeadFactory()
    for readers in Readers.values:
        talk = OneToOneFactory(created_by=author, readers=readers, what_mattered=f"({readers})")
        talk.partners.add(partner)
        FollowUpFactory(partner=partner, one_to_one=talk, assignee=author, what=f"[{readers}]")
    client.force_login(staff)

    page = client.get(partner.get_absolute_url()).content.decode()

    seen = [word for word in Readers.values if f"({word})" in page or f"[{word}]" in page]
    assert seen == ["staff"]


def test_the_last_touch_is_the_latest_that_the_reader_may_see(client, staff):
    partner = PartnerFactory()
    talk = OneToOneFactory(readers=Readers.AUTHOR)
    talk.partners.add(partner)

    [row] = PartnerOrganization.objects.with_last_touch(staff)

    assert row.last_touch_at is None


def test_adding_a_partner_names_who_keeps_it(as_lead, lead):
    response = as_lead.post(
        reverse("partnerships:partner-create"),
        {"name": "Eastbank Tenants Union", "kind": "power_building", "owners": [lead.pk]},
    )

    partner = PartnerOrganization.objects.get()
    assert response.headers["Location"] == partner.get_absolute_url()
    assert (partner.name, partner.created_by, list(partner.owners.all())) == (
        "Eastbank Tenants Union",
        lead,
        [lead],
    )


def test_a_form_with_mistakes_keeps_what_was_typed(as_lead):
    response = as_lead.post(
        reverse("partnerships:partner-create"),
        {"name": "", "kind": "faith", "about": "<script>alert(1)</script>", "rhythm_weeks": "900"},
    )

    page = response.content.decode()
    assert response.context["form"].errors == {
        "name": ["Fill this in."],
        "rhythm_weeks": ["This can be 104 at most."],
    }
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)</script>" not in page
    assert not PartnerOrganization.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "a\x00b", "A character in this cannot be kept. Type it rather than paste it."),
        (
            "about",
            "x" * 1_000_000,
            "This has 1000000 characters. Shorten it to 20000.",
        ),
        ("kind", "pirate", "“pirate” cannot be chosen. Choose one of those that are listed."),
    ],
)
def test_hostile_values_get_a_sentence_at_their_field(as_lead, field, value, message):
    data = {"name": "Eastbank", "kind": "faith", field: value}

    response = as_lead.post(reverse("partnerships:partner-create"), data)

    assert (response.status_code, response.context["form"].errors) == (200, {field: [message]})


def test_archive_can_be_undone_from_the_message(as_lead, lead):
    partner = PartnerFactory(name="Eastbank Tenants Union")

    response = as_lead.post(
        reverse("partnerships:partner-archive", args=[partner.pk]), follow=True
    )

    [message] = response.context["messages"]
    undo = reverse("partnerships:partner-restore", args=[partner.pk])
    assert (str(message), message.extra_tags) == (
        "Eastbank Tenants Union is archived. Its history is kept.",
        undo,
    )
    as_lead.post(undo)
    partner.refresh_from_db()
    assert (partner.archived_at, partner.archived_by) == (None, None)


def test_a_staff_member_reads_but_does_not_change(as_staff):
    partner = PartnerFactory()

    answers = [
        as_staff.get(partner.get_absolute_url()).status_code,
        as_staff.get(reverse("partnerships:partner-edit", args=[partner.pk])).status_code,
        as_staff.post(reverse("partnerships:partner-archive", args=[partner.pk])).status_code,
        as_staff.get(reverse("partnerships:partner-create")).status_code,
        as_staff.get(reverse("partnerships:partner-detail", args=[0])).status_code,
    ]

    assert answers == [200, 403, 403, 403, 404]


def test_do_not_contact_hides_phone_and_mail_on_every_page(as_lead):
    partner = PartnerFactory()
    leroy = ContactFactory(
        name="Leroy Banks", phone="555-0177", email="leroy@test.example", do_not_contact=True
    )
    AffiliationFactory(contact=leroy, partner=partner)

    for url in (
        reverse("partnerships:contact-list"),
        leroy.get_absolute_url(),
        partner.get_absolute_url(),
        reverse("partnerships:contact-edit", args=[leroy.pk]),
    ):
        page = as_lead.get(url).content.decode()
        assert "555-0177" not in page
        assert "leroy@test.example" not in page


def test_what_is_kept_from_view_is_kept_and_comes_back_with_their_leave(as_lead):
    leroy = ContactFactory(phone="555-0177", email="leroy@test.example", do_not_contact=True)
    url = reverse("partnerships:contact-edit", args=[leroy.pk])
    typed = form_with("version", as_lead.get(url))
    del typed["do_not_contact"]

    as_lead.post(url, typed | {"pronouns": "he/him"})

    leroy.refresh_from_db()
    assert (leroy.pronouns, leroy.do_not_contact) == ("he/him", False)
    assert (leroy.email, leroy.phone) == ("leroy@test.example", "555-0177")
    assert "555-0177" in as_lead.get(url).content.decode()


def test_one_current_role_at_an_organization_is_enough(as_lead):
    role = AffiliationFactory()
    url = reverse("partnerships:affiliation-create", args=[role.contact.pk])

    response = as_lead.post(url, {"partner": role.partner.pk, "role": "Director"})

    assert response.context["affiliation_form"].errors == {
        "partner": ["They have a current role at this organization already."]
    }
    assert role.contact.affiliations.count() == 1


def test_a_role_ends_stays_in_the_history_and_can_be_taken_up_again(as_lead):
    role = AffiliationFactory()
    arguments = [role.contact.pk, role.pk]

    as_lead.post(reverse("partnerships:affiliation-end", args=arguments))
    role.refresh_from_db()
    ended = role.ended_on
    as_lead.post(reverse("partnerships:affiliation-resume", args=arguments))
    role.refresh_from_db()

    assert (ended is None, role.ended_on) == (False, None)


def test_a_role_that_would_end_some_day_ends_early_and_is_taken_up_until_then(as_lead):
    today = timezone.localdate()
    some_day = today + timedelta(days=40)
    role = AffiliationFactory(ended_on=some_day)
    end = reverse("partnerships:affiliation-end", args=[role.contact.pk, role.pk])
    assert end in as_lead.get(role.contact.get_absolute_url()).content.decode()

    page = as_lead.post(end, follow=True)
    role.refresh_from_db()
    ended = role.ended_on
    [message] = page.context["messages"]
    as_lead.post(message.extra_tags)
    role.refresh_from_db()

    assert end not in page.content.decode()
    assert (str(message), ended, role.ended_on) == (
        "The role has ended. It stays in the history.",
        today,
        some_day,
    )


def test_a_role_that_has_ended_ends_once(as_lead):
    role = AffiliationFactory(ended_on=date(2026, 3, 1))
    end = reverse("partnerships:affiliation-end", args=[role.contact.pk, role.pk])

    [message] = as_lead.post(end, follow=True).context["messages"]

    role.refresh_from_db()
    assert str(message) == "Somebody ended that role already."
    assert role.ended_on == date(2026, 3, 1)


@pytest.mark.parametrize("until", ["x", "2026-02-30", "9999-01-01"])
def test_a_day_made_up_takes_no_role_up_again(as_lead, until):
    role = AffiliationFactory(ended_on=date(2026, 3, 1))
    resume = reverse("partnerships:affiliation-resume", args=[role.contact.pk, role.pk])

    assert as_lead.post(f"{resume}?until={until}").status_code == 404

    role.refresh_from_db()
    assert role.ended_on == date(2026, 3, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_contact_list_query_count(as_lead, rows, django_assert_num_queries):
    AffiliationFactory.create_batch(rows)

    with django_assert_num_queries(6):
        as_lead.get(reverse("partnerships:contact-list"))
