"""A list's file holds exactly the filtered list, and only what the person may see."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from tests.factories import (
    NOON,
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    OneToOneFactory,
    PartnerFactory,
    ProgramFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.django_db

NOUNS = ["partner", "contact", "one-to-one", "follow-up", "promise"]


def table(client, noun, **query):
    answer = client.get(reverse(f"partnerships:{noun}-export"), query)
    text = b"".join(answer).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_partners_with_every_word_of_theirs(as_lead, lead):
    partner = PartnerFactory(
        name="Eastbank Tenants Union",
        kind="power_building",
        parent=PartnerFactory(name="The League", kind="labor"),
        issue_areas=["Housing", "Rent"],
        website="https://eastbank.example",
        phone="+1 555 0177",
        rhythm_weeks=6,
    )
    partner.owners.add(lead)
    partner.programs.add(ProgramFactory(name="Lead prevention"))
    OneToOneFactory(held_at=NOON).partners.add(partner)
    OneToOneFactory(held_at=NOON + timedelta(days=1), readers=Readers.AUTHOR).partners.add(partner)

    [row] = table(as_lead, "partner", kind="power_building")

    assert {title: value for title, value in row.items() if value} == {
        "Name": "Eastbank Tenants Union",
        "Kind": "Community power-building organization",
        "Part of": "The League",
        "Issue areas": "Housing; Rent",
        "Website": "https://eastbank.example",
        "Phone": "'+1 555 0177",
        "Kept by": "Ana Lead",
        "Programs": "Lead prevention",
        "Weeks between conversations": "6",
        "Last contact that you can see": "2026-03-12 12:00",
    }


def test_who_asked_not_to_be_contacted_has_no_address_in_a_file(as_lead):
    reach = {"email": "leroy@test.example", "phone": "555-0177", "reach_by": "call"}
    leroy = ContactFactory(name="Leroy Banks", do_not_contact=True, **reach)
    ContactFactory(name="Mona Banks", **reach)
    AffiliationFactory(contact=leroy, partner__name="Tenants Union", role="Chair")
    today = timezone.localdate()
    AffiliationFactory(contact=leroy, partner__name="Before", ended_on=today)
    AffiliationFactory(contact=leroy, partner__name="Union", ended_on=today + timedelta(days=1))

    rows = table(as_lead, "contact", q="banks")

    columns = "Name", "Organizations", "Do not contact", "E-mail", "Phone"
    assert [[row[column] for column in columns] for row in rows] == [
        ["Leroy Banks", "Tenants Union (Chair); Union (Organizer)", "yes", "", ""],
        ["Mona Banks", "", "no", "leroy@test.example", "555-0177"],
    ]
    assert rows[0]["How they like to be reached"] == ""


def test_a_formula_is_words(as_lead):
    PartnerFactory(name="=HYPERLINK(1)", about="@SUM(1)")

    [row] = table(as_lead, "partner")

    assert (row["Name"], row["What they work for"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


@pytest.mark.parametrize("noun", ["one-to-one", "follow-up", "promise"])
@pytest.mark.parametrize("role", ["lead", "staff"])
def test_a_file_holds_only_what_its_reader_may_see(client, lead, staff, noun, role):
    author = EquityLeadFactory()
    for readers in Readers.values:
        OneToOneFactory(created_by=author, readers=readers, what_mattered=readers)
        FollowUpFactory(assignee=author, readers=readers, what=readers)
        PromiseFactory(owner=author, readers=readers, what=readers)
    client.force_login({"lead": lead, "staff": staff}[role])

    rows = table(client, noun, whose="all" if noun == "follow-up" else "")

    words = [row.get("What") or row.get("What mattered to them") for row in rows]
    assert sorted(words) == {"lead": ["equity_team", "staff"], "staff": ["staff"]}[role]


def test_the_file_is_named_for_its_list_and_is_not_kept_by_anybody_between(as_lead):
    answer = as_lead.get(reverse("partnerships:one-to-one-export"))
    b"".join(answer)

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="one-to-ones-')
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("noun", NOUNS)
def test_each_list_leads_to_its_file_with_its_filters(as_lead, lead, noun):
    partner = PartnerFactory(name="Tenants")
    ContactFactory(name="Tenants")
    OneToOneFactory(created_by=lead, what_mattered="Tenants").partners.add(partner)
    FollowUpFactory(assignee=lead, what="Tenants")
    PromiseFactory(owner=lead, what="Tenants")

    page = as_lead.get(reverse(f"partnerships:{noun}-list"), {"q": "tenants", "after": "[]"})

    link = reverse(f"partnerships:{noun}-export") + "?q=tenants"
    assert f'href="{link}"' in page.content.decode()
    assert len(table(as_lead, noun, q="tenants")) == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("noun", NOUNS)
def test_a_file_takes_as_many_questions_however_long(
    as_lead, lead, django_assert_max_num_queries, rows, noun
):
    for _row in range(rows):
        role = AffiliationFactory()
        meeting = OneToOneFactory(created_by=lead)
        meeting.partners.add(role.partner)
        meeting.contacts.add(role.contact)
        meeting.colleagues.add(EquityLeadFactory())
        FollowUpFactory(assignee=lead, partner=role.partner)
        PromiseFactory(owner=lead, partner=role.partner)
        role.partner.owners.add(lead)

    with django_assert_max_num_queries(9):
        assert len(table(as_lead, noun)) == rows
