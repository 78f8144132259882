"""How many promises were kept: each figure, and that it leads to exactly the rows behind it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Readers
from partnerships import services
from partnerships.models import Promise, PromiseChange
from partnerships.pages import kept_rate_page, promises_of
from tests.factories import (
    NOON,
    ContactFactory,
    EquityLeadFactory,
    PartnerFactory,
    ProgramFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 12)


def promise(due_on: date, **fields) -> Promise:
    return PromiseFactory(promised_on=date(2025, 6, 1), due_on=due_on, **fields)


def kept(due_on: date, *, on: date, **fields) -> Promise:
    owner = fields.pop("owner", None) or EquityLeadFactory()
    said = {"settled_on": on, "settled_at": NOON, "settled_by": owner}
    return promise(due_on, state="kept", owner=owner, **said, **fields)


def figures(line) -> tuple[int, int, int]:
    return line.on_time, line.counted, line.broken


def rows(client, url: str) -> list[str]:
    return sorted(row.what for row in client.get(url).context["page_obj"])


@pytest.fixture
def some(lead):
    """Ours: kept on time, kept late, open and late, moved with and without their word, to come."""
    kept(date(2026, 3, 1), on=date(2026, 3, 1), what="on time")
    kept(date(2026, 3, 1), on=date(2026, 3, 2), what="a day late")
    promise(date(2026, 3, 11), what="late since yesterday")
    promise(date(2026, 3, 12), what="due today")
    kept(date(2026, 3, 30), on=date(2026, 3, 5), what="kept before it counts")
    agreed = promise(date(2026, 3, 1), what="moved, they agreed")
    alone = promise(date(2026, 3, 1), what="moved by us alone")
    for row, was_agreed in [(agreed, True), (alone, False)]:
        change = PromiseChange(
            to_due_on=date(2026, 3, 9), reason="The hall was taken.", was_agreed=was_agreed
        )
        services.change_promise(promise=row, change=change, version=1, by=lead, at=NOON)
        services.keep_promise(promise=row, on=date(2026, 3, 8), by=lead, at=NOON)


def test_what_counts_is_the_first_date_or_the_one_they_agreed_to(some, lead):
    page = kept_rate_page(reader=lead, today=TODAY)

    assert figures(page.ours) == (2, 5, 0)


@pytest.fixture
def _on_that_day(monkeypatch):
    """The pages of this test are of March 12."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.mark.usefixtures("_on_that_day")
def test_each_figure_leads_to_exactly_the_rows_behind_it(as_lead, some, lead):
    team, union = ProgramFactory(name="Housing"), PartnerFactory(name="Tenants Union")
    kept(date(2025, 11, 3), on=date(2025, 11, 3), program=team, partner=union, what="other")
    kept(date(2026, 2, 1), on=date(2026, 2, 1), direction="theirs", partner=union, what="theirs")
    promise(
        date(2026, 2, 1), partner=None, contact=ContactFactory(), what="to a person", program=team
    )
    page = as_lead.get(reverse("partnerships:promise-kept-rate")).context["page"]

    lines = [
        line for table in page.tables for row in table.rows for line in (row.ours, row.theirs)
    ]
    for line in [page.ours, page.theirs, *lines]:
        assert len(rows(as_lead, line.counted_url)) == line.counted, line
        assert len(rows(as_lead, line.on_time_url)) == line.on_time, line
        assert len(rows(as_lead, line.broken_url)) == line.broken, line
    by = {
        table.title: [(r.name, r.ours.counted, r.theirs.counted) for r in table.rows]
        for table in page.tables
    }
    assert by["By quarter"] == [
        ("January to March 2026", 6, 1),
        ("October to December 2025", 1, 0),
    ]
    assert by["By program"] == [("Housing", 2, 0), ("No program", 5, 1)]
    assert ("Tenants Union", 1, 1) in by["By organization"]
    assert ("People, no organization", 1, 0) in by["By organization"]


def test_how_many_are_broken_leads_to_them(as_lead, lead):
    settled = {"settled_on": TODAY, "settled_at": NOON, "settled_by": lead, "reason": "No money."}
    row = promise(TODAY, state="broken", owner=lead, **settled)
    line = promises_of(partner=row.partner, reader=lead, today=timezone.localdate()).ours_kept

    page = as_lead.get(row.partner.get_absolute_url()).content.decode()

    link = page.split(f'href="{escape(line.broken_url)}"')[1]
    assert " ".join(link.split()).startswith(">one is broken</a>")
    assert rows(as_lead, line.broken_url) == [row.what]


@pytest.mark.parametrize("about", ["partner", "contact"])
@pytest.mark.parametrize("direction", ["ours", "theirs"])
def test_one_that_is_broken_before_its_day_is_shown_too(as_lead, lead, about, direction):
    settled = {"settled_on": TODAY, "settled_at": NOON, "settled_by": lead, "reason": "No money."}
    later = timezone.localdate() + timedelta(days=9)
    whom = {"partner": PartnerFactory, "contact": ContactFactory}[about]()
    to = {"partner": None} | {about: whom}
    row = promise(later, state="broken", owner=lead, direction=direction, **to, **settled)
    query = {about: whom.pk, "direction": direction, "state": "broken"}
    broken_url = reverse("partnerships:promise-list", query=query)

    page = " ".join(as_lead.get(whom.get_absolute_url()).content.decode().split())

    said = f'None has come due yet; <a href="{escape(broken_url)}" >one is broken</a>'
    assert said in page
    assert rows(as_lead, broken_url) == [row.what]


def test_change_one_promise_and_the_rate_and_the_rows_behind_it_both_change(as_lead, lead):
    """Through the pages alone, as a person does it."""
    today = timezone.localdate()
    row = PromiseFactory(
        what="Send the forms",
        owner=lead,
        promised_on=today - timedelta(days=30),
        due_on=today - timedelta(days=2),
    )
    rate = reverse("partnerships:promise-kept-rate")

    def now():
        ours = as_lead.get(rate).context["page"].ours
        return figures(ours)[:2], rows(as_lead, ours.counted_url), rows(as_lead, ours.on_time_url)

    assert now() == ((0, 1), ["Send the forms"], [])

    keep = reverse("partnerships:promise-keep", args=[row.pk])
    as_lead.post(keep, {"on": today - timedelta(days=3)})
    assert now() == ((1, 1), ["Send the forms"], ["Send the forms"])

    as_lead.post(reverse("partnerships:promise-reopen", args=[row.pk]))
    words = {"to_due_on": today + timedelta(days=9), "reason": "Rosa asked.", "version": 3}
    change = reverse("partnerships:promise-change", args=[row.pk])
    as_lead.post(change, {**words, "was_agreed": "no"})
    assert now() == ((0, 1), ["Send the forms"], [])

    words |= {"to_due_on": today + timedelta(days=10), "version": 4}
    as_lead.post(change, {**words, "was_agreed": "yes"})
    assert now() == ((0, 0), [], [])


def test_only_what_one_may_read_is_counted(staff, lead):
    kept(date(2026, 3, 1), on=date(2026, 3, 1))
    kept(date(2026, 3, 1), on=date(2026, 3, 1), readers=Readers.STAFF)
    kept(date(2026, 3, 1), on=date(2026, 3, 1), readers=Readers.AUTHOR)

    seen = {
        reader: kept_rate_page(reader=reader, today=TODAY).ours.counted for reader in (staff, lead)
    }

    assert seen == {staff: 1, lead: 2}


@pytest.mark.parametrize(("number", "percent"), [(9, None), (10, 90)])
def test_a_few_are_no_rate(lead, number, percent):
    promise(date(2026, 3, 1), owner=lead)
    for _row in range(number - 1):
        kept(date(2026, 3, 1), on=date(2026, 3, 1), owner=lead)

    assert kept_rate_page(reader=lead, today=TODAY).percent == percent


@pytest.mark.parametrize("rows", [1, 3])
def test_kept_rate_query_count(as_lead, rows, django_assert_num_queries):
    for _row in range(rows):
        kept(date(2026, 3, 1), on=date(2026, 3, 1), program=ProgramFactory())

    with django_assert_num_queries(7):
        as_lead.get(reverse("partnerships:promise-kept-rate"))


def test_an_empty_department_is_told_what_to_do(as_lead):
    page = as_lead.get(reverse("partnerships:promise-kept-rate")).content.decode()

    assert "Nothing that we promised has come due yet." in page
    assert reverse("partnerships:promise-create") in page


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_owed_to_one_partner_takes_two_questions(lead, number, django_assert_num_queries):
    union = PartnerFactory()
    for _row in range(number):
        promise(TODAY, partner=union, contact=ContactFactory())
        promise(date(2026, 3, 1), partner=union, direction="theirs")
        promise(TODAY)

    with django_assert_num_queries(2):
        page = promises_of(partner=union, reader=lead, today=TODAY)
        names = [(row.owner.name, row.with_whom.name) for row in [*page.ours, *page.theirs]]

    assert (len(page.ours), len(page.theirs), len(names)) == (number, number, 2 * number)
    assert (figures(page.ours_kept), figures(page.theirs_kept)) == ((0, 0, 0), (0, number, 0))


def test_the_line_about_one_partner_leads_to_that_partners_rows(as_lead, lead):
    union = PartnerFactory()
    kept(date(2026, 3, 1), on=date(2026, 3, 1), partner=union, what="theirs to count on")
    kept(date(2026, 3, 1), on=date(2026, 3, 1), what="somebody else's")

    line = promises_of(partner=union, reader=lead, today=TODAY).ours_kept

    assert rows(as_lead, line.counted_url) == ["theirs to count on"]
