from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships import emails, pages
from partnerships.models import FollowUp, OneToOneDraft
from tests.factories import (
    NOON,
    ContactFactory,
    EquityLeadFactory,
    FollowUpFactory,
    IntroductionFactory,
    OneToOneFactory,
    PartnerFactory,
    ProgramFactory,
    PromiseFactory,
)
from tests.pages import form_with

pytestmark = pytest.mark.django_db
LIST = "partnerships:follow-up-list"


def sections(response):
    return [(part.title, [row.what for row in part.rows]) for part in response.context["sections"]]


def test_follow_ups_stand_by_urgency(as_lead, lead):
    today = timezone.localdate()
    for what, days in [("long ago", -20), ("later", 20), ("soon", 4), ("late", -2)]:
        FollowUpFactory(what=what, assignee=lead, due_on=today + timedelta(days=days))
    FollowUpFactory(what="somebody else's")

    response = as_lead.get(reverse(LIST))

    assert sections(response) == [
        ("Late", ["long ago", "late"]),
        ("In the next seven days", ["soon"]),
        ("Later", ["later"]),
    ]


def test_follow_ups_are_narrowed_to_somebody(as_lead, lead):
    eastbank, rosa = PartnerFactory(name="Eastbank Tenants Union"), ContactFactory(name="Rosa")
    today = timezone.localdate()
    FollowUpFactory(what="about them", assignee=lead, partner=eastbank, due_on=today)
    FollowUpFactory(what="about her", assignee=lead, contact=rosa, due_on=today)
    FollowUpFactory(what="about nobody", assignee=lead, due_on=today)

    def listed(**asked):
        response = as_lead.get(reverse(LIST), asked)
        return [what for _title, rows in sections(response) for what in rows]

    assert listed(who="eastbank") == listed(partner=eastbank.pk) == ["about them"]
    assert listed(who="Rosa") == listed(contact=rosa.pk) == ["about her"]
    assert listed(who="somebody else") == []


def test_one_press_is_done_and_one_more_takes_it_back(as_lead, lead):
    follow_up = FollowUpFactory(what="Call Rosa", assignee=lead)

    response = as_lead.post(
        reverse("partnerships:follow-up-complete", args=[follow_up.pk]), follow=True
    )

    [message] = response.context["messages"]
    undo = reverse("partnerships:follow-up-reopen", args=[follow_up.pk])
    follow_up.refresh_from_db()
    assert (str(message), message.extra_tags) == ("Done: Call Rosa", undo)
    assert follow_up.completed_by == lead
    as_lead.post(undo)
    follow_up.refresh_from_db()
    assert (follow_up.completed_at, follow_up.completed_by) == (None, None)


def test_done_twice_is_done_once(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead)
    url = reverse("partnerships:follow-up-complete", args=[follow_up.pk])
    as_lead.post(url)
    first = FollowUp.objects.get().completed_at

    response = as_lead.post(url, follow=True)

    assert str(list(response.context["messages"])[-1]) == "Somebody completed that already."
    assert FollowUp.objects.get().completed_at == first


def test_put_off_gives_a_later_day(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead)
    later = timezone.localdate() + timedelta(days=7)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    as_lead.post(url, {"until": later.isoformat(), "version": 1})

    assert (FollowUp.objects.get().due_on, FollowUp.objects.get().version) == (later, 2)


def test_put_off_over_a_date_that_somebody_set_meanwhile_changes_nothing(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead)
    meanwhile = timezone.localdate() + timedelta(days=3)
    FollowUp.objects.update(due_on=meanwhile, version=2)
    later = timezone.localdate() + timedelta(days=7)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    response = as_lead.post(url, {"until": later.isoformat(), "version": 1}, follow=True)

    [message] = response.context["messages"]
    assert str(message).startswith("Somebody changed that meanwhile.")
    assert FollowUp.objects.get().due_on == meanwhile


def test_put_off_what_is_done_already_changes_nothing(as_lead, lead):
    now = timezone.now()
    follow_up = FollowUpFactory(assignee=lead, completed_at=now, completed_by=lead)
    later = timezone.localdate() + timedelta(days=7)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    as_lead.post(url, {"until": later.isoformat(), "version": 1})

    assert FollowUp.objects.get().due_on == follow_up.due_on


@pytest.mark.parametrize("until", ["2020-01-01", "soon", "", "2026-02-30", "9999-12-31"])
def test_put_off_until_no_real_day_changes_nothing(as_lead, lead, until):
    follow_up = FollowUpFactory(assignee=lead)
    url = reverse("partnerships:follow-up-put-off", args=[follow_up.pk])

    response = as_lead.post(url, {"until": until, "version": 1})

    assert (response.status_code, FollowUp.objects.get().due_on) == (200, follow_up.due_on)
    assert set(response.context["form"].errors) == {"until"}


def test_a_press_goes_back_to_our_pages_only(as_lead, lead):
    there, elsewhere = FollowUpFactory.create_batch(2, assignee=lead)

    ours = as_lead.post(
        reverse("partnerships:follow-up-complete", args=[there.pk]), {"next": "/?from=today"}
    )
    theirs = as_lead.post(
        reverse("partnerships:follow-up-complete", args=[elsewhere.pk]),
        {"next": "https://elsewhere.test/"},
    )
    nowhere = as_lead.post(
        reverse("partnerships:follow-up-reopen", args=[there.pk]), {"next": "nowhere"}
    )

    assert [answer.headers["Location"] for answer in (ours, theirs, nowhere)] == [
        "/?from=today",
        reverse(LIST),
        reverse(LIST),
    ]


def test_the_one_to_one_behind_it_is_named_only_to_its_readers(as_staff, staff):
    talk = OneToOneFactory(readers="author", what_mattered="Said in confidence.")
    follow_up = FollowUpFactory(assignee=staff, one_to_one=talk, created_by=talk.created_by)

    response = as_staff.get(follow_up.get_absolute_url())

    assert response.status_code == 200
    assert talk.get_absolute_url() not in response.content.decode()


def test_a_follow_up_of_a_conversation_one_may_not_read_is_not_there(as_staff):
    follow_up = FollowUpFactory(one_to_one=OneToOneFactory(readers="equity_team"))

    assert as_staff.get(follow_up.get_absolute_url()).status_code == 404


def test_whoever_may_see_but_not_change_gets_no_buttons(as_lead):
    follow_up = FollowUpFactory()

    page = as_lead.get(reverse(LIST), {"whose": "all"}).content.decode()

    assert follow_up.what in page
    assert reverse("partnerships:follow-up-complete", args=[follow_up.pk]) not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_follow_up_list_query_count(as_lead, lead, rows, django_assert_num_queries):
    for _row in range(rows):
        FollowUpFactory(assignee=lead, partner=PartnerFactory())

    with django_assert_num_queries(6):
        as_lead.get(reverse(LIST))


@pytest.mark.parametrize(
    ("whose", "shown"),
    [("", ["mine"]), ("team", ["a report's", "of my program"]), ("all", ["everybody's"])],
)
def test_whose_they_are(as_lead, lead, whose, shown):
    program = ProgramFactory()
    lead.programs.add(program)
    colleague = EquityLeadFactory()
    colleague.programs.add(program)
    FollowUpFactory(what="mine", assignee=lead)
    FollowUpFactory(what="a report's", assignee=EquityLeadFactory(reports_to=lead))
    FollowUpFactory(what="of my program", assignee=colleague)
    FollowUpFactory(what="somebody else's")

    [(_title, found)] = sections(as_lead.get(reverse(LIST), {"whose": whose}))

    everybodys = ["mine", "a report's", "of my program", "somebody else's"]
    assert sorted(found) == sorted(everybodys if whose == "all" else shown)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", [("Late", ["late"]), ("In the next seven days", ["soon"])]),
        ("overdue", [("Late", ["late"])]),
        ("done", [("Done", ["done"])]),
        ("cancelled", [("Cancelled", ["cancelled"])]),
        ("archived", [("Archived", ["archived"])]),
    ],
)
def test_in_which_state_they_are(as_lead, lead, state, shown):
    now, today = timezone.now(), timezone.localdate()
    FollowUpFactory(what="late", assignee=lead, due_on=today - timedelta(days=1))
    FollowUpFactory(what="soon", assignee=lead, due_on=today + timedelta(days=1))
    FollowUpFactory(what="done", assignee=lead, completed_at=now, completed_by=lead)
    FollowUpFactory(what="archived", assignee=lead, archived_at=now, archived_by=lead)
    cancelled = {"cancelled_at": now, "cancelled_by": lead, "cancel_reason": "No."}
    FollowUpFactory(what="cancelled", assignee=lead, **cancelled)

    assert sections(as_lead.get(reverse(LIST), {"state": state})) == shown


def test_a_new_one_says_all_there_is_to_say(as_lead, lead, other_lead):
    union, rosa, today = PartnerFactory(), ContactFactory(), timezone.localdate()
    url = reverse("partnerships:follow-up-create")
    form = as_lead.get(url, {"partner": union.pk, "contact": rosa.pk}).context["form"]
    offered = [form[name].value() for name in ("assignee", "due_on", "partner", "contact")]

    as_lead.post(
        url,
        {
            "what": "Check in",
            "due_on": today,
            "assignee": other_lead.pk,
            "partner": union.pk,
            "contact": rosa.pk,
            "note": "She likes evenings.",
            "repeat_weeks": 6,
            "readers": "named",
            "named_readers": [other_lead.pk],
        },
    )

    row = FollowUp.objects.get()
    assert offered == [lead.pk, today + timedelta(weeks=1), str(union.pk), str(rosa.pk)]
    assert (row.assignee, row.partner, row.contact) == (other_lead, union, rosa)
    assert (row.note, row.repeat_weeks, row.readers) == ("She likes evenings.", 6, "named")
    assert list(row.named_readers.all()) == [other_lead]


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"due_on": "2020-01-01"}, {"due_on": ["Choose today or a later day."]}),
        ({"due_on": "2226-01-01"}, {"due_on": ["Check the year: 2226."]}),
        ({"repeat_weeks": "0"}, {"repeat_weeks": ["This must be 1 at least."]}),
        ({"repeat_weeks": "105"}, {"repeat_weeks": ["This can be 104 at most."]}),
        ({"note": "y" * 20_001}, None),
    ],
)
def test_what_cannot_be_is_said_at_its_field(as_lead, lead, wrong, errors):
    typed = {"what": "Call", "due_on": timezone.localdate(), "assignee": lead.pk}
    typed |= {"readers": "equity_team"} | wrong

    response = as_lead.post(reverse("partnerships:follow-up-create"), typed)

    form = response.context["form"]
    assert set(form.errors) == set(wrong)
    assert errors is None or form.errors == errors
    assert form["what"].value() == "Call"


def test_a_follow_up_is_not_before_the_one_to_one_that_it_came_from(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead, one_to_one=OneToOneFactory(created_by=lead))
    url = reverse("partnerships:follow-up-edit", args=[follow_up.pk])
    typed = form_with("version", as_lead.get(url)) | {"due_on": "2026-03-11"}

    errors = as_lead.post(url, typed).context["form"].errors

    assert errors == {
        "due_on": ["This is before the one-to-one that it came from. Choose a later day."]
    }


def test_that_somebody_asked_not_to_be_contacted_is_said_and_their_number_is_not(as_lead, lead):
    leroy = ContactFactory(
        name="Leroy Banks", phone="555-0177", email="leroy@x.test", do_not_contact=True
    )
    follow_up = FollowUpFactory(assignee=lead, contact=leroy)
    edit = reverse("partnerships:follow-up-edit", args=[follow_up.pk])

    pages = [as_lead.get(url).content.decode() for url in (follow_up.get_absolute_url(), edit)]
    pages.append(emails.follow_up_due(follow_up).body)

    assert ["asked us not to contact them" in page for page in pages] == [True] * 3
    assert ["555-0177" in page or "leroy@x.test" in page for page in pages] == [False] * 3


def test_the_mail_names_the_person_it_is_about_and_how_to_reach_them(lead):
    rosa = ContactFactory(name="Rosa Delgado", phone="555-0142")
    talk = OneToOneFactory(created_by=lead)
    talk.contacts.add(ContactFactory(name="Marcus Bell", phone="555-0143"))
    follow_up = FollowUpFactory(assignee=lead, contact=rosa, one_to_one=talk)

    body = emails.follow_up_due(follow_up).body

    assert "Rosa Delgado, 555-0142" in body
    assert "Marcus Bell" not in body


# --- the next step, and what goes cold ---------------------------------------------------------


def test_each_relationship_has_one_next_step_among_those_one_sees(lead):
    union, church = PartnerFactory(), PartnerFactory()
    today = timezone.localdate()
    FollowUpFactory(partner=union, due_on=today + timedelta(days=9))
    first = FollowUpFactory(partner=union, due_on=today + timedelta(days=2))
    FollowUpFactory(partner=union, due_on=today, readers="author")
    FollowUpFactory(partner=union, due_on=today, completed_at=NOON, completed_by=lead)

    assert pages.next_steps_of([union, church], reader=lead) == {union.pk: first}
    assert (pages.next_step_of(union, reader=lead), pages.next_step_of(church, reader=lead)) == (
        first,
        None,
    )


def test_going_cold_is_as_far_as_one_can_see_and_the_longest_first(as_lead, lead):
    now = timezone.now()
    long, lately, warm, private = (
        PartnerFactory(name=name, rhythm_weeks=2) for name in ("Long", "Late", "Warm", "Private")
    )
    PartnerFactory(name="No rhythm")
    for partner, days in [(long, 90), (lately, 20), (warm, 3)]:
        OneToOneFactory(held_at=now - timedelta(days=days)).partners.add(partner)
    hidden = OneToOneFactory(held_at=now - timedelta(days=3), readers="author")
    hidden.partners.add(private)
    lately.owners.add(lead)
    url = reverse("partnerships:going-cold-list")

    everybodys = as_lead.get(url, {"whose": "all"}).context["cold"]
    mine = as_lead.get(url).context["cold"]

    assert [row.partner.name for row in everybodys] == ["Private", "Long", "Late"]
    assert [row.partner.name for row in mine] == ["Late"]


@pytest.mark.parametrize("rows", [1, 3])
def test_going_cold_query_count(as_lead, lead, rows, django_assert_num_queries):
    for _row in range(rows):
        partner = PartnerFactory(rhythm_weeks=2)
        partner.owners.add(lead)
        FollowUpFactory(partner=partner)

    with django_assert_num_queries(6):
        as_lead.get(reverse("partnerships:going-cold-list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_follow_up_page_query_count(as_lead, lead, rows, django_assert_num_queries):
    follow_up = FollowUpFactory(
        assignee=lead,
        partner=PartnerFactory(),
        contact=ContactFactory(),
        one_to_one=OneToOneFactory(created_by=lead),
    )
    follow_up.one_to_one.contacts.add(*ContactFactory.create_batch(rows))
    FollowUpFactory.create_batch(rows, follows=follow_up, assignee=lead)

    with django_assert_num_queries(8):
        as_lead.get(follow_up.get_absolute_url())


# --- the day -----------------------------------------------------------------------------------


def test_the_day_holds_promises_and_follow_ups_by_date_introductions_and_drafts(as_lead, lead):
    today = timezone.localdate()
    late = {"due_on": today - timedelta(days=2)}
    promise = PromiseFactory(owner=lead, promised_on=today - timedelta(days=9), **late)
    theirs = {"direction": "theirs", "promised_on": today - timedelta(days=9)}
    PromiseFactory(owner=lead, **theirs, **late)
    follow_up = FollowUpFactory(assignee=lead, **late)
    soon = FollowUpFactory(assignee=lead, due_on=today + timedelta(days=2))
    after = PromiseFactory(owner=lead, due_on=today + timedelta(days=3))
    FollowUpFactory(assignee=lead, due_on=today + timedelta(days=20))
    proposed = IntroductionFactory(colleague=lead, introduced_by=EquityLeadFactory(name="Joy"))
    draft = OneToOneDraft.objects.create(
        author=lead,
        key=uuid4(),
        words={"what_mattered": ["Interpreters"]},
        saved_at=timezone.now(),
    )

    response = as_lead.get(reverse("home"))

    page = response.context["page"]
    assert [(part.title, part.rows) for part in page.parts] == [
        ("Late", [promise, follow_up]),
        ("In the next seven days", [soon, after]),
    ]
    assert (page.late_promises, page.late_follow_ups, page.today, page.this_week, page.more) == (
        1,
        1,
        0,
        2,
        1,
    )
    assert (list(page.introductions), page.drafts[0].key) == ([proposed], draft.key)
    text = " ".join(response.content.decode().split())
    assert "Joy wants to introduce you to" in text
    assert "One promise is late. One follow-up is late. 2 more come within a week." in text


@pytest.mark.parametrize("rows", [1, 3])
def test_home_query_count(as_lead, lead, rows, django_assert_num_queries):
    today = timezone.localdate()
    for _row in range(rows):
        partner = PartnerFactory(rhythm_weeks=2)
        partner.owners.add(lead)
        FollowUpFactory(assignee=lead, partner=partner, due_on=today)
        PromiseFactory(owner=lead, due_on=today)
        IntroductionFactory(colleague=lead)

    with django_assert_num_queries(12):
        as_lead.get(reverse("home"))
