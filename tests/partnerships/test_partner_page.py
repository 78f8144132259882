"""The relationship in one screen: who knows them, what is owed, where we stand, what comes next."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from partnerships import pages
from partnerships.models import PartnerOrganization, Promise
from partnerships.pages.partner import described, partner_page
from partnerships.pages.touches import Named
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
    PromiseFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 12)


def touch(partner, *, days_ago=0, by=None, contacts=(), colleagues=(), **fields):
    more = {"created_by": by} if by else {}
    row = OneToOneFactory(held_at=timezone.now() - timedelta(days=days_ago), **more, **fields)
    row.partners.add(partner)
    row.contacts.set(contacts)
    row.colleagues.set(colleagues)
    return row


def page_of(partner, reader, at=None):
    found = described(PartnerOrganization.objects.visible_to(reader), reader=reader)
    return partner_page(found.get(pk=partner.pk), reader=reader, at=at or timezone.now())


def text_of(response) -> str:
    html = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    html = re.sub(r"</?(a|b|span|time)\b[^>]*>", "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def everything(partner, lead, rows):
    """So many of everything that the page may show."""
    partner.parent = PartnerFactory()
    partner.rhythm_weeks = 4
    partner.save()
    for _row in range(rows):
        partner.owners.add(EquityLeadFactory())
        partner.programs.add(ProgramFactory())
        partner.practices.add(PracticeRevisionFactory().practice)
        PartnerFactory(parent=partner)
        contact = AffiliationFactory(partner=partner).contact
        AffiliationFactory(partner=partner, ended_on=TODAY)
        colleague = EquityLeadFactory()
        for _talk in range(3):
            talk = touch(partner, contacts=[contact], colleagues=[colleague, lead])
        for direction in Promise.Direction:
            PromiseFactory(
                partner=partner, direction=direction, contact=contact, one_to_one=talk, owner=lead
            )
            PromiseFactory(
                partner=partner,
                direction=direction,
                state="kept",
                settled_on=TODAY,
                settled_at=timezone.now(),
                settled_by=lead,
            )
        FollowUpFactory(partner=partner, assignee=lead, one_to_one=talk)
        IntroductionFactory(partner=partner, contact=contact)
        IntroductionFactory(partner=partner, happened_on=TODAY, one_to_one=talk)


@pytest.mark.parametrize("rows", [1, 3])
def test_partner_detail_query_count(as_lead, lead, rows, django_assert_num_queries):
    partner = PartnerFactory()
    everything(partner, lead, rows)

    with django_assert_num_queries(13):
        as_lead.get(partner.get_absolute_url())


def test_an_archived_partner_and_an_empty_one_ask_no_more(
    as_lead, lead, django_assert_max_num_queries
):
    archived = PartnerFactory(archived_at=timezone.now(), archived_by=lead)

    with django_assert_max_num_queries(13):
        as_lead.get(archived.get_absolute_url())


def test_the_page_says_who_knows_them_best_and_who_brought_whom(as_lead, lead):
    partner = PartnerFactory()
    ana, joy = EquityLeadFactory(name="Ana Reyes"), EquityLeadFactory(name="Joy Tran")
    touch(partner, days_ago=200, by=ana)
    touch(partner, days_ago=100, by=ana, colleagues=[joy])
    IntroductionFactory(
        partner=partner, colleague=joy, introduced_by=ana, happened_on=timezone.localdate()
    )

    known = page_of(partner, lead).knowing

    assert [(k.person.name, k.times, k.brought_by) for k in known.everybody] == [
        ("Ana Reyes", 2, ""),
        ("Joy Tran", 1, "Ana Reyes"),
    ]
    assert known.only is None


def test_a_relationship_that_hangs_on_one_person_is_shown_as_such(as_lead):
    partner = PartnerFactory()
    touch(partner, by=EquityLeadFactory(name="Ana Reyes"))
    touch(partner, by=EquityLeadFactory(name="Lou Gone", is_active=False))

    page = text_of(as_lead.get(partner.get_absolute_url()))

    assert "Only Ana Reyes knows them. Introduce a colleague" in page
    assert "Lou Gone Once, today, no longer here" in page


def test_when_everybody_who_knew_them_has_left_it_is_said(as_lead):
    partner = PartnerFactory()
    touch(partner, by=EquityLeadFactory(is_active=False))

    page = text_of(as_lead.get(partner.get_absolute_url()))

    assert "Nobody who is still here has spoken with them. Introduce a colleague" in page


def test_the_author_who_is_also_named_counts_once(lead):
    partner = PartnerFactory()
    touch(partner, by=lead, colleagues=[lead])

    [knower] = page_of(partner, lead).knowing.everybody

    assert (knower.person, knower.times) == (Named(lead.pk, lead.name), 1)


def test_of_each_person_the_page_says_who_knows_them_best_and_when_last(lead):
    partner = PartnerFactory()
    rosa = AffiliationFactory(partner=partner, contact=ContactFactory(name="Rosa")).contact
    AffiliationFactory(partner=partner, contact=ContactFactory(name="Zed"))
    ana = EquityLeadFactory(name="Ana Reyes")
    for days_ago in (30, 20):
        touch(partner, days_ago=days_ago, by=ana, contacts=[rosa])
    touch(partner, days_ago=10, by=lead, contacts=[rosa])

    people = page_of(partner, lead).people

    told = [
        (p.affiliation.contact.name, p.spoken and (p.spoken.best.name, p.spoken.last_on))
        for p in people
    ]
    assert told == [
        ("Rosa", ("Ana Reyes", timezone.localdate() - timedelta(days=10))),
        ("Zed", None),
    ]


def test_the_next_step_is_the_one_of_the_lists(lead):
    partner = PartnerFactory()
    FollowUpFactory(partner=partner, due_on=TODAY + timedelta(days=9))
    first = FollowUpFactory(partner=partner, due_on=TODAY)
    FollowUpFactory(partner=partner, due_on=TODAY - timedelta(days=9), readers=Readers.AUTHOR)

    page = page_of(partner, lead)

    assert page.next_step == first == pages.next_step_of(partner, reader=lead)
    assert len(page.beside) == 1


def test_owed_both_ways_with_how_many_were_kept(as_lead, lead):
    partner = PartnerFactory()
    kept = {"state": "kept", "settled_at": timezone.now(), "settled_by": lead}
    PromiseFactory(partner=partner, what="Send the forms", due_on=date(2026, 3, 20))
    PromiseFactory(partner=partner, settled_on=date(2026, 3, 11), **kept)
    PromiseFactory(partner=partner, settled_on=date(2026, 3, 30), **kept)
    PromiseFactory(partner=partner, direction="theirs", what="A walk through six buildings")

    page = page_of(partner, lead, at=NOON + timedelta(days=30)).promises

    assert [row.what for row in page.ours] == ["Send the forms"]
    assert [row.what for row in page.theirs] == ["A walk through six buildings"]
    assert (page.ours_kept.on_time, page.ours_kept.counted) == (1, 3)


def test_what_others_keep_to_themselves_adds_nothing(client, staff, lead):
    """No last touch, no strand, no count, no name: as if it had never been."""
    partner = PartnerFactory(rhythm_weeks=2, created_at=timezone.now() - timedelta(days=100))
    rosa = AffiliationFactory(partner=partner).contact
    secret = EquityLeadFactory(name="Unmistakable Person")
    for days_ago in (300, 200, 100, 1):
        talk = touch(
            partner,
            days_ago=days_ago,
            by=secret,
            contacts=[rosa],
            readers=Readers.AUTHOR,
            what_mattered="Unmistakable words",
        )
    hidden = {"readers": Readers.AUTHOR, "what": "Unmistakable deed", "partner": partner}
    PromiseFactory(owner=secret, **hidden)
    FollowUpFactory(assignee=secret, one_to_one=talk, **hidden)

    for reader in (staff, lead):
        page = page_of(partner, reader)
        client.force_login(reader)
        shown = client.get(partner.get_absolute_url()).content.decode()
        assert (page.last, page.line, page.touches_total, page.is_empty) == (None, None, 0, True)
        assert (list(page.knowing.everybody), page.people[0].spoken) == ([], None)
        assert page.rhythm is not None
        assert page.rhythm.is_cold
        assert "nmistakable" not in shown

    own = page_of(partner, secret)
    assert (own.touches_total, own.rhythm is not None and own.rhythm.is_cold) == (4, False)


def test_going_cold_is_told_from_what_one_may_read(as_lead):
    partner = PartnerFactory(rhythm_weeks=4)
    touch(partner, days_ago=50)

    page = text_of(as_lead.get(partner.get_absolute_url()))

    assert "Going cold, 7 weeks without a word that you can see" in page
    assert "A conversation every 4 weeks" in page


def test_the_page_and_the_lists_mean_the_same_by_going_cold_and_by_hanging_on_one(lead):
    now = timezone.now()
    gone = EquityLeadFactory(is_active=False)
    partners = PartnerFactory.create_batch(6, rhythm_weeks=4, created_at=now - timedelta(days=99))
    for partner, days_ago, people in zip(
        partners, (27.9, 28.1, 60, 1, 300), ([], [], [gone], [lead], [gone]), strict=False
    ):
        touch(partner, days_ago=days_ago, colleagues=people)
    touch(partners[3], days_ago=2, readers=Readers.AUTHOR)
    IntroductionFactory(partner=partners[4], happened_on=now.date())

    pages_of = {partner: page_of(partner, lead, at=now) for partner in partners}

    listed = PartnerOrganization.objects.filter(pk__in=[partner.pk for partner in partners])
    cold = {partner for partner, page in pages_of.items() if page.rhythm.is_cold}
    hanging = {partner for partner, page in pages_of.items() if page.knowing.only}
    assert (
        cold == set(listed.gone_quiet(lead, at=now)) == set(partners) - {partners[0], partners[3]}
    )
    assert hanging == set(listed.hanging_on_one(lead)) == set(partners[:3])


@pytest.mark.parametrize(("touches", "drawn"), [(0, False), (1, False), (2, False), (3, True)])
def test_a_line_is_drawn_once_there_is_something_to_draw(as_lead, touches, drawn):
    partner = PartnerFactory()
    for number in range(touches):
        touch(partner, days_ago=30 * number)

    page = as_lead.get(partner.get_absolute_url()).content.decode()

    assert (page.count('role="img"'), "The same as a table" in page) == (2 * drawn, drawn)


def test_the_line_names_who_came_and_what_went_wrong(lead):
    partner = PartnerFactory()
    today = timezone.localdate()
    ana, joy = EquityLeadFactory(name="Ana Reyes"), EquityLeadFactory(name="Joy Tran")
    touch(partner, days_ago=540, by=ana)
    touch(partner, days_ago=300, by=ana, colleagues=[joy])
    touch(partner, days_ago=20, by=joy)
    IntroductionFactory(
        partner=partner,
        colleague=joy,
        introduced_by=ana,
        happened_on=today - timedelta(days=300),
    )
    PromiseFactory(
        partner=partner,
        what="Stipends",
        promised_on=today - timedelta(days=100),
        due_on=today - timedelta(days=60),
    )

    line = page_of(partner, lead).line

    words = [text.text for text in line.wide.texts if text.kind not in {"date", "lane"}]
    assert line.title == "18 months, two of us"
    assert sorted(words) == [
        "34 weeks quiet",
        "40 weeks quiet",
        "Ana Reyes begins",
        "Joy Tran joins, brought by Ana Reyes",
        "Late: Stipends",
        "Today",
    ]
    assert [(row.what, row.who) for row in line.rows] == [
        ("Keeping in touch", "Joy Tran"),
        ("We promised: Stipends", line.rows[1].promise.owner.name),
        ("Keeping in touch", "Ana Reyes, Joy Tran"),
        ("Joy Tran was introduced", "Ana Reyes"),
        ("Keeping in touch", "Ana Reyes"),
    ]


def test_five_hundred_touches_stay_one_page(as_lead, lead, django_assert_num_queries):
    partner = PartnerFactory()
    now = timezone.now()
    rows = [
        OneToOneFactory.build(held_at=now - timedelta(days=3 * n), created_by=lead)
        for n in range(500)
    ]
    through = PartnerOrganization.one_to_ones.through
    rows = type(rows[0]).objects.bulk_create(rows)
    through.objects.bulk_create(through(one_to_one=row, partner=partner) for row in rows)

    with django_assert_num_queries(13):
        response = as_lead.get(partner.get_absolute_url())

    page = response.context["page"]
    listed = reverse("partnerships:one-to-one-list", query={"partner": partner.pk})
    assert (len(page.one_to_ones), page.earlier, page.touches_total) == (20, 480, 500)
    assert (len(page.line.rows), sum(year.touches for year in page.line.years)) == (40, 460)
    assert len(page.line.wide.dots) < 90
    assert len(response.content) < 150_000
    assert f'href="{listed}"' in response.content.decode()


def test_an_empty_partner_says_what_to_do_first(as_lead):
    partner = PartnerFactory()

    page = text_of(as_lead.get(partner.get_absolute_url()))

    assert "Say who you know there, then log the first one-to-one on the way back." in page
    assert "Nobody keeps it yet, and what nobody keeps goes quiet." in page
    assert "We owe" not in page


def test_all_that_is_recorded_is_shown_and_nothing_empty(as_lead):
    program = ProgramFactory(name="Housing")
    revision = PracticeRevisionFactory(name="Build Strategic Partnerships")
    parent = PartnerFactory(name="Riverbend Alliance")
    partner = PartnerFactory(
        parent=parent,
        issue_areas=["housing & heat"],
        communities=["renters"],
        languages=["Hmong"],
        tags=["forum 2026"],
        geography="East bank",
        website="https://eastbank.test/",
        email="hello@eastbank.test",
        phone="555-0100",
        offers="A hall.",
        needs="Stipends.",
        access_needs="An interpreter.",
        about="Homes that are safe.",
    )
    part = PartnerFactory(name="Cedar Court Committee", parent=partner)
    partner.programs.add(program)
    partner.practices.add(revision.practice)

    response = as_lead.get(partner.get_absolute_url())

    html, page = response.content.decode(), text_of(response)
    facts = [
        "Issue areas housing &amp; heat",
        "Communities served renters",
        "Languages Hmong",
        "Where East bank",
        "Part of Riverbend Alliance",
        "Its parts Cedar Court Committee",
        "E-mail hello@eastbank.test",
        "Phone 555-0100",
        "Programs Housing",
        "Serves Build Strategic Partnerships",
        "Tags forum 2026",
        "Offer A hall.",
        "Need Stipends.",
        "Access needs An interpreter.",
        "Work for Homes that are safe.",
    ]
    assert [fact for fact in facts if fact not in page] == []
    listed = reverse("partnerships:partner-list")
    for link in (
        f"{listed}?issue=housing%20%26%20heat",
        f"{listed}?tag=forum%202026",
        f"{listed}?program={program.pk}",
        part.get_absolute_url(),
        parent.get_absolute_url(),
        revision.practice.get_absolute_url(),
    ):
        assert f'href="{link}"' in html
    for link in (f"{listed}?issue=housing%20%26%20heat", f"{listed}?tag=forum%202026"):
        assert [row.pk for row in as_lead.get(link).context["page_obj"]] == [partner.pk]
    bare = text_of(as_lead.get(PartnerFactory().get_absolute_url()))
    assert [word for word in ("Issue areas", "Phone", "Tags", "Rhythm") if word in bare] == []


@pytest.mark.parametrize(
    ("reader", "offered"),
    [
        ("lead", ["Log a one-to-one", "Add a promise", "Introduce a colleague", "Prepare"]),
        ("staff", ["Add a promise", "Prepare"]),
    ],
)
def test_only_what_the_reader_may_do_is_offered(request, client, reader, offered):
    partner = PartnerFactory()
    touch(partner, readers=Readers.STAFF)
    client.force_login(request.getfixturevalue(reader))

    html = client.get(partner.get_absolute_url()).content.decode()

    head = html[html.index('<div class="do">') : html.index('<div class="columns">')]
    links = re.findall(r'<a\s[^>]*href="([^"]*)"[^>]*>([^<]*)</a>', head)
    assert [words for _url, words in links] == offered
    assert {client.get(url.replace("&amp;", "&")).status_code for url, _words in links} == {200}


def test_who_was_there_before_is_folded_away(as_lead):
    partner = PartnerFactory()
    was = AffiliationFactory(partner=partner, ended_on=date(2025, 6, 1), role="Organizer")
    both = AffiliationFactory(partner=partner, ended_on=date(2025, 6, 1))
    AffiliationFactory(partner=partner, contact=both.contact)

    response = as_lead.get(partner.get_absolute_url())

    page = response.context["page"]
    assert [row.contact for row in page.gone] == [was.contact]
    assert [person.affiliation.contact for person in page.people] == [both.contact]
    assert "Organizer, until June 1, 2025" in text_of(response)


def test_somebody_who_asked_not_to_be_contacted_is_named_so(as_lead):
    partner = PartnerFactory()
    contact = ContactFactory(do_not_contact=True, email="leroy@eastbank.test", phone="555-0199")
    AffiliationFactory(partner=partner, contact=contact)

    for address in (
        partner.get_absolute_url(),
        reverse("partnerships:partner-prepare", args=[partner.pk]),
    ):
        response = as_lead.get(address)
        assert "Asked us not to contact them" in text_of(response)
        assert "leroy@" not in response.content.decode()
        assert "555-0199" not in response.content.decode()
