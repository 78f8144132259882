"""What the picker is offered while a name is typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.forms import NewOneToOneForm
from tests.factories import NOON, AffiliationFactory, ContactFactory, PartnerFactory

pytestmark = pytest.mark.django_db

CONTACTS, PARTNERS = "partnerships:contact-suggest", "partnerships:partner-suggest"


def suggested(client, address, text):
    return client.get(reverse(address), {"q": text}).json()["results"]


def test_contacts_are_suggested_with_where_they_are(as_lead):
    role = AffiliationFactory(contact__name="Rosa Delgado", partner__name="Tenants Union")
    ContactFactory(name="Rosalind Park")
    ContactFactory(name="Luis Ortega")
    ContactFactory(name="Rosa Away", archived_at=NOON, archived_by=role.contact.created_by)

    results = suggested(as_lead, CONTACTS, "ros")

    assert [(row["label"], row["note"]) for row in results] == [
        ("Rosa Delgado", "Tenants Union"),
        ("Rosalind Park", ""),
    ]
    assert results[0]["value"] == role.contact.pk


def test_whose_role_ends_some_day_is_suggested_with_it_until_then(as_lead):
    today = timezone.localdate()
    rosa = ContactFactory(name="Rosa Delgado")
    AffiliationFactory(contact=rosa, partner__name="Before", ended_on=today)
    tomorrow = today + timedelta(days=1)
    AffiliationFactory(contact=rosa, partner__name="Tenants Union", ended_on=tomorrow)

    [row] = suggested(as_lead, CONTACTS, "rosa")
    [found] = as_lead.get(reverse("search-suggest"), {"q": "rosa"}).json()["results"]
    alike = as_lead.post(reverse("partnerships:contact-alike"), {"name": "Rosa Delgado"})

    assert (row["note"], found["note"]) == ("Tenants Union", "Tenants Union")
    assert [person.where() for person in alike.context["alike"]] == ["Tenants Union"]


def test_whoever_asked_not_to_be_contacted_is_suggested_with_that_wish(as_lead):
    ContactFactory(name="Leroy Banks", do_not_contact=True)

    [row] = suggested(as_lead, CONTACTS, "leroy")

    assert row["note"] == "Asked us not to contact them"


def test_partners_are_suggested_with_their_kind(as_lead):
    partner = PartnerFactory(name="Housing Justice", kind="labor")

    assert suggested(as_lead, PARTNERS, "housi") == [
        {"value": partner.pk, "label": "Housing Justice", "note": "Labor organization"}
    ]


@pytest.mark.parametrize("address", [CONTACTS, PARTNERS])
@pytest.mark.parametrize("text", ["nobody", "\x00", "' & |", "x" * 500])
def test_what_cannot_be_found_is_no_error(as_lead, address, text):
    assert as_lead.get(reverse(address), {"q": text}).status_code == 200
    assert suggested(as_lead, address, "nobody") == []


@pytest.mark.parametrize("address", [CONTACTS, PARTNERS])
def test_eight_are_enough(as_lead, address):
    factory = ContactFactory if address == CONTACTS else PartnerFactory
    factory.create_batch(9, name="Rosa")

    assert len(suggested(as_lead, address, "rosa")) == 8
    assert len(suggested(as_lead, address, "")) == 8


@pytest.mark.parametrize("address", [CONTACTS, PARTNERS])
def test_suggestions_are_for_those_who_see_partners(client, administrator, editor, staff, address):
    assert client.get(reverse(address)).status_code == 302
    for person, status in [(administrator, 403), (editor, 403), (staff, 200)]:
        client.force_login(person)
        assert client.get(reverse(address)).status_code == status
    assert client.post(reverse(address)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(CONTACTS, 5), (PARTNERS, 4)])
def test_suggest_query_count(as_lead, django_assert_num_queries, rows, address, queries):
    for _ in range(rows):
        AffiliationFactory(contact__name="Rosa", partner__name="Rosa's Kitchen")

    with django_assert_num_queries(queries):
        as_lead.get(reverse(address), {"q": "rosa"})


# --- the field in the page -----------------------------------------------------------------


def test_the_field_holds_the_chosen_and_the_likely_and_says_where_to_ask(lead):
    away = ContactFactory(name="Away", archived_at=NOON, archived_by=lead)
    ContactFactory(name="Zoë")
    form = NewOneToOneForm(
        user=lead, now=NOON, default_readers="equity_team", initial={"contacts": [str(away.pk)]}
    )

    html = str(form["contacts"])

    assert [label for _, label in form.fields["contacts"].widget.choices] == ["Away", "Zoë"]
    assert f'<option value="{away.pk}" selected>Away</option>' in html
    assert f'data-picker="{reverse(CONTACTS)}"' in html
    assert 'data-says-remove="Remove {name}"' in html
    assert 'src="/static/js/picker.js" type="module"' in str(form.media)


def test_any_row_the_person_may_see_is_accepted_shown_or_not(lead):
    contacts = ContactFactory.create_batch(40)
    last = max(contacts, key=lambda contact: contact.name)
    form = NewOneToOneForm(
        {"contacts": [last.pk], "held_at": "2026-03-12T09:00", "what_mattered": "Buses"}
        | {"readers": "staff"},
        user=lead,
        now=NOON,
        default_readers="equity_team",
    )

    assert last.pk in [key for key, _ in form.fields["contacts"].widget.choices]
    assert form.is_valid(), form.errors
    assert [*form.cleaned_data["contacts"].rows] == [last]


@pytest.mark.parametrize("key", ["999999", "abc", "\x00", "9" * 30, "²"])
def test_a_row_that_is_not_there_is_an_error_at_the_field(lead, key):
    form = NewOneToOneForm({"contacts": [key]}, user=lead, now=NOON, default_readers="equity_team")

    assert not form.is_valid()
    assert "contacts" in form.errors
