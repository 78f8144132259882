"""Lists: narrowed and sorted by what matters, in the address; they say what now before what is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from partnerships.models import Introduction
from tests.factories import (
    NOON,
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    IntroductionFactory,
    OneToOneFactory,
    PartnerFactory,
    PracticeRevisionFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db

PARTNERS, CONTACTS = reverse("partnerships:partner-list"), reverse("partnerships:contact-list")
ONE_TO_ONES = reverse("partnerships:one-to-one-list")
FOLLOW_UPS = reverse("partnerships:follow-up-list")


def shown(client, url, query=""):
    return [str(row) for row in client.get(url + query).context["page_obj"]]


def talk(partner, **fields):
    one_to_one = OneToOneFactory(**fields)
    one_to_one.partners.add(partner)
    return one_to_one


# --- partner organizations --------------------------------------------------------------------


@pytest.fixture
def tenants(lead):
    partner = PartnerFactory(
        name="Eastbank Tenants Union",
        kind="power_building",
        issue_areas=["Housing"],
        tags=["forum 2026"],
    )
    partner.owners.add(lead)
    partner.programs.add(ProgramFactory(pk=7, name="Lead prevention"))
    partner.practices.add(PracticeRevisionFactory(practice__pk=8).practice)
    return partner


@pytest.fixture
def table():
    return PartnerFactory(name="Faith Table", kind="faith", issue_areas=["fair fares"])


@pytest.mark.parametrize(
    "query",
    [
        "?kind=power_building",
        "?issue=housing",
        "?issue=Housing",
        "?tag=Forum+2026",
        "?program=7",
        "?practice=8",
        "?owner=me",
        "?q=tenant&issue=HOUSING&owner=me&program=7",
    ],
)
def test_partners_are_narrowed_by_what_matters(as_lead, tenants, table, query):
    assert shown(as_lead, PARTNERS, query) == ["Eastbank Tenants Union"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?kind=pirate", "kind"),
        ("?owner=99999", "owner"),
        ("?program=x", "program"),
        ("?practice=0", "practice"),
        ("?state=gone", "state"),
        ("?sort=salary", "sort"),
        ("?issue=%00", "issue"),
        ("?tag=" + "x" * 61, "tag"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_filters_nothing(
    as_lead, tenants, table, query, field
):
    page = as_lead.get(PARTNERS + query)

    assert [str(row) for row in page.context["page_obj"]] == [
        "Eastbank Tenants Union",
        "Faith Table",
    ]
    assert list(page.context["form"].errors) == [field]
    assert "invalid-feedback" in page.content.decode()


def test_partners_kept_by_a_colleague_or_by_nobody(as_lead, lead, tenants, table):
    assert shown(as_lead, PARTNERS, f"?owner={lead.pk}") == ["Eastbank Tenants Union"]
    assert shown(as_lead, PARTNERS, "?owner=nobody") == ["Faith Table"]


def test_partners_sorted_by_name_and_by_the_last_contact_one_may_see(as_lead, lead):
    one, two, never = (PartnerFactory(name=name) for name in ("b", "a", "c"))
    talk(one, held_at=NOON)
    talk(two, held_at=NOON - timedelta(days=9))
    talk(never, readers=Readers.AUTHOR)

    assert shown(as_lead, PARTNERS, "?sort=-name") == ["c", "b", "a"]
    assert shown(as_lead, PARTNERS, "?sort=-last") == ["b", "a", "c"]
    assert shown(as_lead, PARTNERS, "?sort=last") == ["c", "a", "b"]


def test_the_headings_say_how_the_list_is_sorted(as_lead, tenants):
    page = as_lead.get(PARTNERS + "?sort=-last&kind=power_building&after=%5B%5D").content.decode()

    assert page.count('aria-sort="descending"') == 1
    assert 'href="?sort=last&amp;kind=power_building"' in page


def test_going_cold_is_by_the_partners_own_rhythm_and_what_one_may_see(as_lead, lead):
    now = timezone.now()
    cold, warm, secret, _none = (
        PartnerFactory(name=name, rhythm_weeks=weeks, created_at=now - timedelta(weeks=30))
        for name, weeks in (("cold", 4), ("warm", 4), ("secret", 4), ("no rhythm", None))
    )
    talk(cold, held_at=now - timedelta(weeks=5))
    talk(warm, held_at=now - timedelta(weeks=3))
    talk(secret, held_at=now - timedelta(weeks=1), readers=Readers.AUTHOR)
    cold.owners.add(lead)

    page = as_lead.get(PARTNERS + "?state=cold")

    assert [str(row) for row in page.context["page_obj"]] == ["cold", "secret"]
    assert [str(row) for row in page.context["cold"]] == ["cold"]


def test_hanging_on_one_person(as_lead, lead, other_lead):
    gone = EquityLeadFactory(is_active=False)
    partners = {
        name: PartnerFactory(name=name)
        for name in ("one", "two", "attended", "introduced", "left", "secret", "nobody")
    }
    for name in ("one", "two", "attended", "introduced", "left", "secret"):
        talk(partners[name], created_by=lead)
    talk(partners["one"], created_by=lead)
    talk(partners["two"], created_by=other_lead)
    talk(partners["attended"], created_by=lead).colleagues.add(other_lead)
    talk(partners["left"], created_by=gone)
    talk(partners["secret"], created_by=other_lead, readers=Readers.AUTHOR)
    IntroductionFactory(partner=partners["one"], colleague=other_lead)
    met = IntroductionFactory(partner=partners["introduced"], colleague=other_lead)
    Introduction.objects.filter(pk=met.pk).update(happened_on=NOON.date())

    assert shown(as_lead, PARTNERS, "?state=one") == ["left", "one", "secret"]


# --- contacts ---------------------------------------------------------------------------------


def test_contacts_by_organization_language_and_whether_they_may_be_contacted(as_lead):
    rosa = ContactFactory(name="Rosa Delgado", language="Spanish", do_not_contact=True)
    ContactFactory(name="Luis Ortega")
    here = AffiliationFactory(contact=rosa, partner__name="Tenants Union").partner
    once = AffiliationFactory(partner=here, contact__name="Gone", ended_on=NOON.date())

    for query in (
        f"?partner={here.pk}",
        "?organization=tenan",
        "?language=spanish",
        "?state=no",
        f"?q=ros&partner={here.pk}&language=Spanish&state=no",
    ):
        assert shown(as_lead, CONTACTS, query) == ["Rosa Delgado"], query
    assert shown(as_lead, CONTACTS, "?state=yes") == ["Gone", "Luis Ortega"]
    assert shown(as_lead, CONTACTS, "?sort=-name&state=yes") == ["Luis Ortega", "Gone"]
    assert once.contact.name not in shown(as_lead, CONTACTS, "?organization=tenants")


def test_whose_role_ends_some_day_is_there_until_then(as_lead):
    today = timezone.localdate()
    here = PartnerFactory(name="Tenants Union")
    for name, days in (("Gone", 0), ("Still there", 1)):
        ended_on = today + timedelta(days=days)
        AffiliationFactory(partner=here, contact__name=name, ended_on=ended_on)

    for query in (f"?partner={here.pk}", "?organization=tenan"):
        assert shown(as_lead, CONTACTS, query) == ["Still there"], query
    page = as_lead.get(CONTACTS)
    gone, still = page.context["page_obj"]
    assert (gone.where(), still.where()) == ("", "Tenants Union")
    assert page.content.decode().count(f'href="{here.get_absolute_url()}"') == 1


@pytest.mark.parametrize("key", ["99999999", "x", "-1", "9" * 30])
def test_an_organization_that_is_not_there_filters_nothing(as_lead, key):
    ContactFactory(name="Luis Ortega")

    page = as_lead.get(CONTACTS, {"partner": key})

    assert [str(row) for row in page.context["page_obj"]] == ["Luis Ortega"]
    assert list(page.context["form"].errors) == ["partner"]


# --- one-to-ones ------------------------------------------------------------------------------


def test_one_to_ones_by_kind_person_author_day_and_readers(as_lead, lead, other_lead):
    mine = OneToOneFactory(created_by=lead, held_at=NOON, readers=Readers.STAFF)
    rosa, union = ContactFactory(name="Rosa Delgado"), PartnerFactory(name="Tenants Union")
    mine.contacts.add(rosa)
    mine.partners.add(union)
    event = OneToOneFactory(
        created_by=other_lead,
        kind="event",
        title="Northfork day",
        held_at=NOON - timedelta(days=3),
    )

    def found(query):
        return list(as_lead.get(ONE_TO_ONES + query).context["page_obj"])

    for query in (
        "?kind=one-to-ones",
        "?kind=maintenance",
        "?who=delgado",
        "?who=tenants",
        f"?contact={rosa.pk}",
        f"?partner={union.pk}",
        "?by=me",
        f"?by={lead.pk}",
        "?since=2026-03-10",
        "?readers=staff",
    ):
        assert found(query) == [mine], query
    for query in ("?kind=event", f"?by={other_lead.pk}", "?until=2026-03-09", "?q=northfork"):
        assert found(query) == [event], query
    assert found("?sort=held") == [event, mine]
    assert found("?since=20226-01-01&until=x") == [mine, event]
    assert (
        "Only with Rosa Delgado."
        in as_lead.get(f"{ONE_TO_ONES}?contact={rosa.pk}").content.decode()
    )


# --- what was put away ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factory", "url", "restore"),
    [
        (PartnerFactory, PARTNERS, "partner-restore"),
        (ContactFactory, CONTACTS, "contact-restore"),
        (OneToOneFactory, ONE_TO_ONES, "one-to-one-restore"),
        (FollowUpFactory, FOLLOW_UPS, "follow-up-restore"),
    ],
)
def test_what_one_archived_can_be_undone_for_ten_minutes(
    as_lead, lead, other_lead, factory, url, restore
):
    now = timezone.now()
    just = factory(archived_at=now - timedelta(minutes=9), archived_by=lead)
    factory(archived_at=now - timedelta(minutes=11), archived_by=lead)
    factory(archived_at=now, archived_by=other_lead)

    page = as_lead.get(url)

    assert page.context["just_archived"] == [just]
    assert reverse(f"partnerships:{restore}", args=[just.pk]) in page.content.decode()


# --- queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("url", "query"),
    [
        (PARTNERS, "?q=part&sort=last&kind=community_based&program=7&issue=housing&owner=me"),
        (PARTNERS, "?state=cold"),
        (PARTNERS, "?state=one&sort=-last"),
        (CONTACTS, "?q=contact&partner={partner}&organization=part&language=es"),
        (
            ONE_TO_ONES,
            "?q=forum&partner={partner}&contact={contact}&who=part&by=me&since=2026-01-01",
        ),
    ],
)
def test_a_list_is_at_most_eight_questions(
    as_lead, lead, django_assert_max_num_queries, rows, url, query
):
    ProgramFactory(pk=7)
    for _row in range(rows):
        role = AffiliationFactory(
            partner__rhythm_weeks=1, partner__issue_areas=["Housing"], contact__language="es"
        )
        role.partner.owners.add(lead)
        role.partner.programs.add(7)
        meeting = talk(role.partner, created_by=lead, what_mattered="The forum.")
        meeting.contacts.add(role.contact)
        for factory in (PartnerFactory, ContactFactory, OneToOneFactory):
            factory(archived_at=timezone.now(), archived_by=lead)
    query = query.format(partner=role.partner.pk, contact=role.contact.pk)

    with django_assert_max_num_queries(8):
        page = as_lead.get(url + query)

    assert page.context["page_obj"].rows
