"""Partner organizations and people, as they are written down: little is needed, nothing is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from partnerships.models import Affiliation, Contact, PartnerOrganization
from tests.factories import (
    NOON,
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    OneToOneFactory,
    PartnerFactory,
    PracticeRevisionFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db

NEW_PARTNER = reverse("partnerships:partner-create")
NEW_CONTACT = reverse("partnerships:contact-create")


def post(client, url, **typed):
    return client.post(url, {"name": "Eastbank Tenants Union", "kind": "labor", **typed})


def edit(partner):
    return reverse("partnerships:partner-edit", args=[partner.pk])


def test_everything_about_a_partner_is_kept(as_lead, lead, other_lead):
    league, program = PartnerFactory(name="The League"), ProgramFactory()
    practice = PracticeRevisionFactory().practice
    texts = {
        "about": "Homes.",
        "geography": "Eastbank",
        "email": "hello@eastbank.example",
        "phone": "555-0100",
        "offers": "A hall.",
        "needs": "Stipends.",
        "access_needs": "Evenings.",
    }

    post(
        as_lead,
        NEW_PARTNER,
        **texts,
        issue_areas=" Housing , transit,housing ",
        communities="Tenants",
        languages="Spanish, Hmong",
        tags="forum 2026",
        website="HTTPS://Eastbank.Example/#top",
        parent=league.pk,
        rhythm_weeks="6",
        owners=[lead.pk, other_lead.pk],
        programs=[program.pk],
        practices=[practice.pk],
    )

    partner = PartnerOrganization.objects.get(name="Eastbank Tenants Union")
    assert {name: getattr(partner, name) for name in texts} == texts
    assert (partner.issue_areas, partner.communities) == (["Housing", "transit"], ["Tenants"])
    assert (partner.languages, partner.tags) == (["Spanish", "Hmong"], ["forum 2026"])
    assert (partner.website, partner.parent) == ("https://eastbank.example", league)
    assert set(partner.owners.all()) == {lead, other_lead}
    assert [*partner.programs.all(), *partner.practices.all()] == [program, practice]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("eastbank.example", "https://eastbank.example"),
        ("  http://WWW.Eastbank.example/  ", "http://www.eastbank.example"),
        ("https://eastbank.example/About?Page=1#who", "https://eastbank.example/About?Page=1"),
        ("", ""),
    ],
)
def test_a_website_is_kept_as_one_would_say_it(as_lead, typed, kept):
    post(as_lead, NEW_PARTNER, website=typed)

    assert PartnerOrganization.objects.get().website == kept


def test_no_organization_is_a_part_of_itself(as_lead):
    top = PartnerFactory(name="top")
    middle = PartnerFactory(name="middle", parent=top)
    bottom = PartnerFactory(name="bottom", parent=middle)

    def error(record, parent):
        answer = as_lead.post(
            edit(record),
            {"name": "typed", "kind": "labor", "parent": parent.pk, "version": record.version},
        )
        return answer.context["form"].errors.get("parent"), answer.context["form"]["name"].value()

    assert error(top, top) == (["No organization is part of itself."], "typed")
    assert error(top, bottom) == (["bottom is itself a part of this one."], "typed")
    assert error(middle, middle) == (["No organization is part of itself."], "typed")


def test_two_peoples_tags_are_both_kept(as_lead, lead):
    partner = PartnerFactory(tags=["old"])
    page = as_lead.get(edit(partner))
    seen = page.context["form"]["seen"].value()
    typed = {"name": partner.name, "kind": partner.kind, "tags": "old, mine", "seen": seen}
    as_lead.post(edit(partner), typed | {"version": "1", "tags": "old, theirs"})

    page = as_lead.post(edit(partner), typed | {"version": "1"})
    form = page.context["form"]
    [conflict] = form.conflicts
    as_lead.post(
        edit(partner),
        typed
        | {name: form[name].value() for name in ("version", "seen", "disputed")}
        | {"keep-tags": "both"},
    )

    partner.refresh_from_db()
    assert (conflict.mine, conflict.theirs) == ("old, mine", "old, theirs")
    assert partner.tags == ["old", "theirs", "mine"]


def test_what_is_seldom_asked_is_folded_until_it_holds_something(as_lead, lead):
    new = as_lead.get(NEW_PARTNER).content.decode()
    full = as_lead.get(edit(PartnerFactory(needs="Stipends."))).content.decode()

    assert new.count('<details class="more" >') == 4
    assert (full.count('<details class="more" open>'), "Stipends." in full) == (1, True)


# --- likely the same --------------------------------------------------------------------------


def alike(client, noun, **typed):
    page = client.post(reverse(f"partnerships:{noun}-alike"), typed)
    return [str(row) for row in page.context["alike"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"name": "eastbank tenant union"}, ["Eastbank Tenants Union"]),
        ({"name": "Eastbank"}, []),
        ({"name": "Riverbend Tenants"}, []),
        ({"email": " HELLO@eastbank.example "}, ["Eastbank Tenants Union"]),
        ({"phone": "+1 (555) 010-0199"}, ["Eastbank Tenants Union"]),
        ({"phone": "199"}, []),
        ({"website": "http://eastbank.example/news"}, ["Eastbank Tenants Union"]),
        ({"website": "https://[broken"}, []),
        ({"website": "facebook.com/other"}, []),
        ({"name": "\x00"}, []),
        ({"name": "x" * 500}, []),
        ({}, []),
    ],
)
def test_partners_that_may_be_the_same_are_named(as_lead, typed, found):
    PartnerFactory(
        name="Eastbank Tenants Union",
        email="Hello@Eastbank.example",
        phone="555-010-0199",
        website="https://www.eastbank.example/",
    )
    PartnerFactory(name="Faith Table", website="https://facebook.com/faithtable")

    assert alike(as_lead, "partner", **typed) == found


def test_people_who_may_be_the_same_are_named_without_their_addresses(as_lead):
    rosa = ContactFactory(name="Rosa Delgado", email="rosa@test.example", do_not_contact=True)
    AffiliationFactory(contact=rosa, partner__name="Tenants Union")
    ContactFactory(name="Luis Ortega", archived_at=NOON, archived_by=EquityLeadFactory())

    answer = as_lead.post(
        reverse("partnerships:contact-alike"),
        {"name": "Luis Ortego", "email": "ROSA@test.example"},
    )

    page = answer.content.decode()
    assert [str(row) for row in answer.context["alike"]] == ["Luis Ortega", "Rosa Delgado"]
    assert "Tenants Union" in page
    assert "the same e-mail" in page
    assert "archived; it can be brought back" in page
    assert "rosa@test.example" not in page.lower()


def test_without_a_script_the_form_asks_once_and_does_not_block(as_lead):
    PartnerFactory(name="Eastbank Tenants Union")

    first = post(as_lead, NEW_PARTNER, about="Homes.")
    page = first.content.decode()
    seen = page.split('name="seen_alike" value="')[1].split('"')[0]
    asked = PartnerOrganization.objects.count()
    post(as_lead, NEW_PARTNER, about="Homes.", seen_alike=seen)

    assert (asked, PartnerOrganization.objects.count()) == (1, 2)
    assert "Is it one of these?" in page
    assert "Add anyway" in page
    assert first.context["form"]["about"].value() == "Homes."


def test_another_that_came_meanwhile_is_asked_about_too(as_lead):
    one = ContactFactory(name="Rosa Delgado")
    ContactFactory(name="Rosa Delgado")

    as_lead.post(NEW_CONTACT, {"name": "Rosa Delgado", "seen_alike": f"{one.pk},"})

    assert Contact.objects.count() == 2


def test_nobody_without_the_ability_is_told_what_is_alike(client, staff, editor):
    answers = []
    for person in (staff, editor):
        client.force_login(person)
        answers.append(client.post(reverse("partnerships:partner-alike")).status_code)

    assert answers == [403, 403]


# --- contacts and their roles -----------------------------------------------------------------


def test_everything_about_a_person_is_kept(as_lead):
    through, partner = ContactFactory(name="Luis"), PartnerFactory()
    texts = {
        "name": "Rosa Delgado",
        "preferred_name": "Rosi",
        "pronouns": "she/her",
        "language": "Spanish",
        "email": "rosa@test.example",
        "phone": "555-0100",
        "reach_by": "text",
        "access_needs": "Evenings.",
    }

    as_lead.post(
        NEW_CONTACT, texts | {"met_through": through.pk, "partner": partner.pk, "role": "Chair"}
    )

    rosa = Contact.objects.get(name="Rosa Delgado")
    assert {name: getattr(rosa, name) for name in texts} == texts
    assert rosa.met_through == through
    assert [(row.partner, row.role) for row in rosa.affiliations.all()] == [(partner, "Chair")]


def test_nobody_introduces_themselves(as_lead):
    rosa = ContactFactory()
    url = reverse("partnerships:contact-edit", args=[rosa.pk])

    answer = as_lead.post(url, {"name": "Rosa", "met_through": rosa.pk, "version": 1})

    assert answer.context["form"].errors == {
        "met_through": ["Nobody introduces themselves here. Choose another."]
    }


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"started_on": "20226-01-01"}, {"started_on"}),
        ({"started_on": "0202-01-01"}, {"started_on"}),
        ({"ended_on": "2226-01-01"}, {"ended_on"}),
        ({"started_on": "2026-03-01", "ended_on": "2026-02-01"}, {"ended_on"}),
        ({"partner": ""}, {"partner"}),
        ({}, set()),
        ({"started_on": "2026-01-01", "ended_on": "2026-02-01"}, set()),
    ],
)
def test_a_role_with_dates_that_cannot_be_is_refused_at_its_field(as_lead, typed, errors):
    contact, partner = ContactFactory(), PartnerFactory()
    url = reverse("partnerships:affiliation-create", args=[contact.pk])

    answer = as_lead.post(url, {"partner": partner.pk, "role": "Chair", **typed})

    form = answer.context["affiliation_form"] if answer.status_code == 200 else None
    assert set(form.errors if form else ()) == errors
    assert Affiliation.objects.count() == (0 if errors else 1)


def test_a_role_of_the_past_may_stand_beside_the_current_one(as_lead):
    role = AffiliationFactory()
    url = reverse("partnerships:affiliation-create", args=[role.contact.pk])

    as_lead.post(url, {"partner": role.partner.pk, "role": "Member", "ended_on": "2020-01-01"})

    assert role.contact.affiliations.count() == 2


# --- words of the department's own ------------------------------------------------------------


def test_terms_are_offered_from_what_is_used_the_usual_first(as_lead, lead):
    PartnerFactory(tags=["seldom", "usual"])
    PartnerFactory(tags=["usual"])
    PartnerFactory(tags=["gone"], archived_at=NOON, archived_by=lead)
    OneToOneFactory(issues=["secret"], readers="author")
    OneToOneFactory(issues=["housing"])

    def offered(of):
        url = reverse("partnerships:term-suggest")
        return as_lead.get(url, {"of": of}).json()["results"]

    assert offered("tags") == ["usual", "seldom"]
    assert offered("issues") == ["housing"]
    assert offered("password") == []
