from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Readers
from partnerships import urls
from partnerships.models import Promise, PromiseChange
from tests.factories import (
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    OneToOneFactory,
    PartnerFactory,
    ProgramFactory,
    PromiseFactory,
)
from tests.pages import form_with

pytestmark = pytest.mark.django_db
LIST = "partnerships:promise-list"
CREATE = "partnerships:promise-create"
MEANWHILE = "Somebody changed this while you were writing. Look at it, then send it again."


def day(days: int):
    return timezone.localdate() + timedelta(days=days)


def promise(days: int = 5, **fields):
    return PromiseFactory(promised_on=day(min(days, 0) - 30), due_on=day(days), **fields)


def settled(state: str, days: int, *, on: int, **fields):
    owner = fields.pop("owner", None) or EquityLeadFactory()
    why = {"reason": "No money."} if state == "broken" else {}
    said = {"settled_on": day(on), "settled_at": timezone.now(), "settled_by": owner}
    return promise(days, state=state, owner=owner, **said, **why, **fields)


def sections(response, name="sections"):
    return [(part.title, [row.what for row in part.rows]) for part in response.context[name]]


def address(verb: str, row: Promise) -> str:
    return reverse(f"partnerships:promise-{verb}", args=[row.pk])


# --- the ledger -----------------------------------------------------------------------------


def test_the_ledger_begins_with_what_is_late(as_lead):
    promise(20, what="later")
    promise(4, what="soon", direction="theirs")
    promise(-3, what="late")
    settled("kept", -9, on=-9, what="kept")
    settled("broken", -9, on=-2, what="broken")

    response = as_lead.get(reverse(LIST))

    assert sections(response) == [
        ("Late", ["late"]),
        ("In the next seven days", ["soon"]),
        ("Later", ["later"]),
    ]
    assert sections(response, "settled") == [("Kept", ["kept"]), ("Broken", ["broken"])]


@pytest.fixture
def ledger(lead, other_lead):
    """One promise for each thing that can be asked."""
    team, rosa, union = (
        ProgramFactory(),
        ContactFactory(name="Rosa Delgado"),
        PartnerFactory(name="Tenants Union"),
    )
    lead.programs.add(team)
    other_lead.programs.add(team)
    promise(9, what="mine", owner=lead)
    promise(9, what="my team's", owner=other_lead)
    promise(9, what="for a program", program=team)
    promise(9, what="for Rosa", contact=rosa)
    promise(9, what="for the union", partner=union)
    promise(9, what="to a person alone", partner=None, contact=ContactFactory())
    promise(9, what="theirs", direction="theirs")
    promise(9, what="changed", has_changed=True)
    promise(-400, what="late")
    settled("kept", -400, on=-401, what="kept on time")
    settled("kept", -400, on=-100, what="kept late")
    settled("broken", -400, on=-100, what="broken")
    return {"team": team.pk, "rosa": rosa.pk, "union": union.pk}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("whose=mine", ["mine"]),
        ("whose=team", ["my team's"]),
        ("program={team}", ["for a program"]),
        ("contact={rosa}", ["for Rosa"]),
        ("partner={union}", ["for the union"]),
        ("partner=none", ["to a person alone"]),
        ("direction=theirs", ["theirs"]),
        ("state=changed", ["changed"]),
        ("state=late", ["late"]),
        ("state=kept", ["kept late", "kept on time"]),
        ("state=broken", ["broken"]),
        ("state=counted", ["broken", "kept late", "kept on time", "late"]),
        ("state=on_time", ["kept on time"]),
        ("state=counted&direction=theirs", []),
        ("who=delgado", ["for Rosa"]),
        ("who=tenants", ["for the union"]),
        ("program={team}&who=tenants", []),
        ("q=rosa", ["for Rosa"]),
    ],
)
def test_each_filter_finds_its_rows(as_lead, ledger, query, found):
    response = as_lead.get(f"{reverse(LIST)}?{query.format(**ledger)}")

    assert sorted(row.what for row in response.context["page_obj"]) == found


def test_a_quarter_is_that_of_the_date_that_counts(as_lead):
    moved = PromiseFactory(what="moved", due_on="2025-11-03", promised_on="2025-10-01")
    Promise.objects.filter(pk=moved.pk).update(due_on="2026-02-01", has_changed=True)
    PromiseFactory(what="of another quarter", due_on="2026-01-01", promised_on="2025-10-01")

    response = as_lead.get(reverse(LIST), {"quarter": "2025-4", "state": "all"})

    assert [row.what for row in response.context["page_obj"]] == ["moved"]


def test_a_quarter_that_is_none_filters_nothing_and_says_so(as_lead):
    promise(what="there")

    response = as_lead.get(reverse(LIST), {"quarter": "2026-9"})

    assert [row.what for row in response.context["page_obj"]] == ["there"]
    assert set(response.context["form"].errors) == {"quarter"}


def test_the_ledger_holds_only_what_one_may_read(as_staff, staff):
    promise(what="for equity leads")
    promise(what="for all staff", readers=Readers.STAFF)
    promise(what="the reader's own", readers=Readers.AUTHOR, owner=staff)
    named = promise(what="for those named", readers=Readers.NAMED)
    named.named_readers.add(staff)

    response = as_staff.get(reverse(LIST))

    found = sorted(row.what for row in response.context["page_obj"])
    assert found == ["for all staff", "for those named", "the reader's own"]


def test_buttons_are_for_those_who_carry_it_or_wrote_it_down(as_lead, lead):
    mine, theirs = promise(owner=lead), promise()

    page = as_lead.get(reverse(LIST)).content.decode()

    assert address("keep", mine) in page
    assert theirs.get_absolute_url() in page
    assert address("keep", theirs) not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_promise_list_query_count(as_lead, lead, rows, django_assert_num_queries):
    for _row in range(rows):
        promise(owner=lead, contact=ContactFactory(), program=ProgramFactory())
        settled("kept", -9, on=-9, contact=ContactFactory())

    with django_assert_num_queries(6):
        as_lead.get(reverse(LIST))


def test_a_filtered_ledger_asks_no_more_questions(as_lead, ledger, django_assert_num_queries):
    with django_assert_num_queries(6):
        as_lead.get(reverse(LIST), {"partner": ledger["union"], "whose": "team"})


# --- one promise ----------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_promise_page_query_count(as_lead, lead, rows, django_assert_num_queries):
    kept = settled("kept", -9, on=-9, owner=lead, contact=ContactFactory())
    for number in range(rows):
        PromiseChange.objects.create(
            promise=kept,
            from_due_on=day(number),
            to_due_on=day(number + 1),
            reason="The hall was taken.",
            changed_at=timezone.now(),
            changed_by=EquityLeadFactory(),
        )

    with django_assert_num_queries(7):
        as_lead.get(kept.get_absolute_url())


def test_its_page_shows_every_date_it_had_and_why(as_lead, lead):
    row = promise(5, what="Send the forms", owner=lead)
    as_lead.post(
        address("change", row),
        {"to_due_on": day(9), "reason": "The hall was taken.", "was_agreed": "no", "version": 1},
    )
    as_lead.post(
        address("change", row),
        {"to_due_on": day(12), "reason": "Rosa asked.", "was_agreed": "yes", "version": 2},
    )

    response = as_lead.get(row.get_absolute_url())

    changes = response.context["page"].changes
    assert [(c.from_due_on, c.to_due_on, c.reason, c.was_agreed) for c in changes] == [
        (day(5), day(9), "The hall was taken.", False),
        (day(9), day(12), "Rosa asked.", True),
    ]
    page = response.content.decode()
    assert "The hall was taken." in page
    assert "Who may read this: equity leads." in page


def test_that_somebody_asked_not_to_be_contacted_is_said_beside_what_we_owe_them(as_lead, lead):
    row = PromiseFactory(owner=lead, contact=ContactFactory(do_not_contact=True))
    urls = [reverse(LIST), row.get_absolute_url(), address("edit", row), reverse(CREATE)]

    pages = [as_lead.get(url).content.decode() for url in urls]

    assert ["sked us not to contact them" in page for page in pages] == [True] * 4


def test_the_one_to_one_behind_it_is_named_only_to_its_readers(as_staff, staff):
    talk = OneToOneFactory(readers=Readers.AUTHOR, what_mattered="Said in confidence.")
    row = promise(owner=staff, one_to_one=talk, created_by=talk.created_by)

    response = as_staff.get(row.get_absolute_url())

    assert response.status_code == 200
    assert talk.get_absolute_url() not in response.content.decode()


# --- writing it down ------------------------------------------------------------------------


def typed(**words):
    about = {} if words.keys() & {"partner", "contact"} else {"partner": PartnerFactory().pk}
    return {
        "direction": "ours",
        "what": "Send the forms",
        "due_on": day(7),
        "promised_on": day(0),
        "readers": "equity_team",
        **about,
        **words,
    }


def test_it_begins_with_what_the_address_says(as_lead, lead):
    rosa, union = ContactFactory(), PartnerFactory()
    query = {"contact": rosa.pk, "partner": union.pk, "direction": "theirs"}

    page = as_lead.get(reverse(CREATE), query)

    sent = form_with("due_on", page)
    assert {name: sent[name] for name in ("contact", "partner", "direction", "owner")} == {
        "contact": [str(rosa.pk)],
        "partner": [str(union.pk)],
        "direction": ["theirs"],
        "owner": [str(lead.pk)],
    }


def test_a_program_that_was_archived_is_offered_only_where_it_was_chosen(as_lead, lead):
    gone = ProgramFactory(name="Old Clinic", archived_at=timezone.now(), archived_by=lead)
    lead.programs.add(gone)
    row = PromiseFactory(owner=lead, program=gone)

    new = as_lead.get(reverse("partnerships:promise-create")).context["form"]
    edit = as_lead.get(address("edit", row)).context["form"]

    assert (new["program"].value(), list(new.fields["program"].queryset)) == (None, [])
    assert list(edit.fields["program"].queryset) == [gone]


def test_a_new_promise_counts_by_its_first_date(as_lead, lead):
    as_lead.post(reverse(CREATE), typed(owner=lead.pk))

    row = Promise.objects.get()
    assert (row.due_on, row.first_due_on, row.counts_on) == (day(7), day(7), day(7))
    assert (row.owner, row.created_by, row.readers) == (lead, lead, Readers.EQUITY_TEAM)


def test_without_an_organization_it_is_that_of_the_person(as_lead, lead):
    rosa = AffiliationFactory().contact

    as_lead.post(reverse(CREATE), typed(owner=lead.pk, contact=rosa.pk))

    assert Promise.objects.get().partner == rosa.affiliations.get().partner


def test_a_person_of_several_organizations_stands_alone(as_lead, lead):
    rosa = ContactFactory()
    AffiliationFactory.create_batch(2, contact=rosa)

    as_lead.post(reverse(CREATE), typed(owner=lead.pk, contact=rosa.pk))

    assert Promise.objects.get().partner is None


def test_what_was_promised_weeks_ago_may_be_written_down_late(as_lead, lead):
    words = typed(owner=lead.pk, promised_on=day(-21), due_on=day(-1))

    response = as_lead.post(reverse(CREATE), words, follow=True)

    [message] = response.context["messages"]
    assert str(message) == "It is written down. Its day has passed already, so it is late."
    assert Promise.objects.get().is_late(today=day(0))


PASSED = (
    "This day has passed. Choose today or a later one, or say beside it on which earlier day "
    "it was promised."
)


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"due_on": -1}, "due_on", PASSED),
        (
            {"due_on": -8, "promised_on": -7},
            "due_on",
            "This is before the day it was promised.",
        ),
        ({"promised_on": 1}, "promised_on", "This day is still to come."),
        ({"due_on": "20226-03-01"}, "due_on", "There is no such day. A good value: 2026-03-31."),
        ({"due_on": "2226-03-01"}, "due_on", "Check the year: 2226."),
        ({"due_on": "0206-03-01"}, "due_on", "Check the year: 0206."),
        ({"promised_on": "1226-03-01"}, "promised_on", "Check the year: 1226."),
        ({"partner": ""}, "partner", "Say which organization, or which person."),
        ({"partner": "77777"}, "partner", "Choose one of those in the portal."),
        (
            {"readers": "named"},
            "named_readers",
            "Name at least one colleague, or choose above who else may read this.",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    as_lead, lead, wrong, field, words
):
    days = {name: day(value) if isinstance(value, int) else value for name, value in wrong.items()}

    response = as_lead.post(reverse(CREATE), typed(owner=lead.pk, **days))

    assert (response.status_code, Promise.objects.count()) == (200, 0)
    assert response.context["form"].errors == {field: [words]}
    assert form_with("what", response)["what"] == ["Send the forms"]


def test_two_organizations_from_a_list_without_script_are_refused(as_lead, lead):
    both = [partner.pk for partner in PartnerFactory.create_batch(2)]

    response = as_lead.post(reverse(CREATE), typed(owner=lead.pk, partner=both))

    assert set(response.context["form"].errors) == {"partner"}


def test_named_colleagues_read_it_and_nobody_else_of_the_team(as_lead, lead, staff, other_lead):
    words = typed(owner=lead.pk, readers="named", named_readers=[staff.pk])

    as_lead.post(reverse(CREATE), words)

    row = Promise.objects.get()
    assert list(row.named_readers.all()) == [staff]
    assert not Promise.objects.visible_to(other_lead).exists()


def test_names_without_the_choice_that_asks_for_them_count_for_nothing(as_lead, lead, staff):
    words = typed(owner=lead.pk, readers="author", named_readers=[staff.pk])

    as_lead.post(reverse(CREATE), words)

    assert not Promise.objects.get().named_readers.exists()


def test_staff_write_down_what_they_promised(as_staff, staff):
    as_staff.post(reverse(CREATE), typed(owner=staff.pk))

    assert Promise.objects.get().owner == staff


# --- editing --------------------------------------------------------------------------------


def test_dates_are_not_edited(as_lead, lead):
    row = promise(5, owner=lead)
    page = as_lead.get(address("edit", row))

    as_lead.post(
        address("edit", row), form_with("what", page) | {"what": "Send them", "due_on": day(50)}
    )

    row.refresh_from_db()
    assert (row.what, row.due_on, row.counts_on) == ("Send them", day(5), day(5))


def test_who_reads_it_is_its_authors_to_say(as_lead, lead):
    row = promise(owner=lead, created_by=EquityLeadFactory(), readers=Readers.AUTHOR)

    page = as_lead.get(address("edit", row))
    as_lead.post(address("edit", row), form_with("what", page) | {"readers": "staff"})

    row.refresh_from_db()
    assert "readers" not in page.context["form"].fields
    assert row.readers == Readers.AUTHOR


# --- kept, broken, changed ------------------------------------------------------------------


def test_kept_with_what_shows_it_and_one_press_takes_it_back(as_lead, lead):
    row = promise(what="Send the forms", owner=lead)

    response = as_lead.post(
        address("keep", row), {"on": day(-1), "evidence": "Sent by mail."}, follow=True
    )

    [message] = response.context["messages"]
    row.refresh_from_db()
    assert (str(message), message.extra_tags) == ("Kept: Send the forms", address("reopen", row))
    assert (row.state, row.settled_on, row.evidence, row.settled_by) == (
        "kept",
        day(-1),
        "Sent by mail.",
        lead,
    )
    as_lead.post(address("reopen", row))
    row.refresh_from_db()
    assert (row.state, row.settled_on, row.evidence, row.settled_by) == ("open", None, "", None)


def test_one_comes_back_to_the_ledger_one_came_from(as_lead, lead):
    row = promise(owner=lead)
    ledger = f"{reverse(LIST)}?whose=mine"
    page = as_lead.get(ledger).content.decode()
    link = f"{address('keep', row)}?next=/promises/%3Fwhose%3Dmine"

    ours = as_lead.post(link, {"on": day(0)})
    as_lead.post(address("reopen", row))
    theirs = as_lead.post(f"{address('keep', row)}?next=https://elsewhere.test/", {"on": day(0)})

    assert link in page
    assert (ours.url, theirs.url) == (ledger, row.get_absolute_url())


def test_words_that_are_better_left_out_are_said_beside_what_was_saved(as_lead, lead):
    row = promise(owner=lead)

    response = as_lead.post(
        address("keep", row), {"on": day(0), "evidence": "Her SSN is 219-09-9999."}, follow=True
    )

    kept, warning = response.context["messages"]
    assert str(kept).startswith("Kept: ")
    assert (warning.level_tag, Promise.objects.get().state) == ("warning", "kept")


def test_broken_with_a_reason(as_lead, lead):
    row = promise(owner=lead)

    as_lead.post(address("break", row), {"on": day(0), "reason": "There is no money."})

    row.refresh_from_db()
    assert (row.state, row.settled_on, row.reason) == ("broken", day(0), "There is no money.")


@pytest.mark.parametrize(
    ("verb", "words", "field"),
    [
        ("keep", {"on": 1}, "on"),
        ("keep", {"on": -32}, "on"),
        ("keep", {"on": "20226-01-01"}, "on"),
        ("keep", {"on": ""}, "on"),
        ("break", {"on": 0, "reason": ""}, "reason"),
        ("break", {"on": 0, "reason": "   "}, "reason"),
        ("change", {"to_due_on": 5, "reason": "So.", "was_agreed": "no"}, "to_due_on"),
        ("change", {"to_due_on": -1, "reason": "So.", "was_agreed": "no"}, "to_due_on"),
        ("change", {"to_due_on": "2226-01-01", "reason": "So.", "was_agreed": "no"}, "to_due_on"),
        ("change", {"to_due_on": 9, "reason": "", "was_agreed": "no"}, "reason"),
        ("change", {"to_due_on": 9, "reason": "y" * 20_001, "was_agreed": "no"}, "reason"),
        ("change", {"to_due_on": 9, "reason": "So."}, "was_agreed"),
    ],
)
def test_what_cannot_become_of_it_changes_nothing(as_lead, lead, verb, words, field):
    row = promise(5, owner=lead)
    days = {name: day(value) if isinstance(value, int) else value for name, value in words.items()}

    response = as_lead.post(address(verb, row), {"version": 1, **days})

    row.refresh_from_db()
    assert (response.status_code, set(response.context["form"].errors)) == (200, {field})
    assert (row.state, row.due_on, row.changes.count(), row.version) == ("open", day(5), 0, 1)


@pytest.mark.parametrize(("was_agreed", "counts"), [("yes", 9), ("no", 5)])
def test_another_date_counts_only_if_they_agreed(as_lead, lead, was_agreed, counts):
    row = promise(5, owner=lead)
    words = {"to_due_on": day(9), "reason": "The hall was taken.", "version": 1}

    as_lead.post(address("change", row), {**words, "was_agreed": was_agreed})

    row.refresh_from_db()
    assert (row.due_on, row.first_due_on, row.counts_on) == (day(9), day(5), day(counts))
    assert (row.has_changed, row.changes.get().changed_by) == (True, lead)


def test_a_change_over_one_that_was_not_seen_changes_nothing_and_keeps_the_reason(as_lead, lead):
    row = promise(5, owner=lead)
    Promise.objects.update(version=2)
    words = {"to_due_on": day(9), "reason": "So.", "was_agreed": "no", "version": 1}

    response = as_lead.post(address("change", row), words)

    assert response.context["form"].non_field_errors() == [MEANWHILE]
    assert (Promise.objects.get().due_on, PromiseChange.objects.count()) == (day(5), 0)
    as_lead.post(address("change", row), form_with("to_due_on", response))
    assert (Promise.objects.get().due_on, PromiseChange.objects.get().reason) == (day(9), "So.")


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("keep", {"on": 0}),
        ("break", {"on": 0, "reason": "No money."}),
        ("change", {"to_due_on": 9, "reason": "So.", "was_agreed": "no", "version": 1}),
    ],
)
def test_what_is_settled_stays_as_it_was_said_first(as_lead, lead, verb, words):
    row = settled("kept", -9, on=-10, owner=lead)
    days = {name: day(v) if name in {"on", "to_due_on"} else v for name, v in words.items()}

    shown = as_lead.get(address(verb, row), follow=True)
    as_lead.post(address(verb, row), days)

    row.refresh_from_db()
    [message] = shown.context["messages"]
    assert str(message) == "Somebody said already what became of it."
    assert (row.state, row.settled_on) == ("kept", day(-10))


@pytest.mark.parametrize("state", ["kept", "broken"])
@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("keep", {"on": -1, "evidence": "The minutes."}),
        ("break", {"on": -1, "reason": "No room."}),
        ("change", {"to_due_on": 9, "reason": "So.", "was_agreed": "no", "version": "1"}),
    ],
)
def test_words_that_came_too_late_are_there_to_copy(as_lead, lead, other_lead, state, verb, words):
    row = settled(state, -9, on=-10, owner=lead)
    Promise.objects.update(settled_by=other_lead)
    words = {name: str(day(v)) if isinstance(v, int) else v for name, v in words.items()}

    response = as_lead.post(address(verb, row), words)

    [error] = response.context["form"].non_field_errors()
    became = {"kept": "it was kept", "broken": "it will not be kept"}[state]
    assert error.startswith(f"Joy Lead said meanwhile that {became}. What you wrote is not saved")
    assert f'<a href="{row.get_absolute_url()}" target="_blank">' in error
    assert f"<li>{error}</li>" in response.content.decode()
    sent = form_with(next(iter(words)), response)
    assert {name: sent[name] for name in words} == {name: [v] for name, v in words.items()}
    assert "btn-primary" not in response.content.decode()


def test_opened_again_twice_is_opened_once(as_lead, lead):
    row = promise(owner=lead)

    response = as_lead.post(address("reopen", row), follow=True)

    [message] = response.context["messages"]
    assert str(message) == "That promise is open already."


def test_there_is_no_way_to_delete_or_archive_a_promise():
    names = [pattern.name for pattern in urls.urlpatterns if pattern.name.startswith("promise-")]

    assert not any(name.endswith(("delete", "archive")) for name in names)
