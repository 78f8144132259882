"""What becomes of a follow-up: done and next, again, handed over, cancelled, and each taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from partnerships import services
from partnerships.models import FollowUp, OneToOne
from partnerships.views import undo
from records.services import ChangedMeanwhile
from reminders.models import Reminder
from reminders.services import plan
from tests.factories import ContactFactory, EquityLeadFactory, FollowUpFactory, PartnerFactory
from tests.pages import form_with

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"partnerships:follow-up-{name}", args=args)


def messages(response):
    return [(str(message), message.extra_tags) for message in response.context["messages"]]


@pytest.fixture
def today():
    return timezone.localdate()


# --- done, and what is next --------------------------------------------------------------------


def test_done_and_what_is_next_is_one_form(as_lead, lead, today):
    colleague = EquityLeadFactory()
    done = FollowUpFactory(
        what="Call Rosa",
        assignee=lead,
        partner=PartnerFactory(),
        contact=ContactFactory(),
        readers="named",
    )
    done.named_readers.add(colleague)
    form = as_lead.get(address("next", done.pk)).context["form"]
    assert form["due_on"].value() == today + timedelta(weeks=1)

    response = as_lead.post(
        address("next", done.pk) + "?next=/",
        {"what": "Send the forms", "due_on": today + timedelta(days=3)},
        follow=True,
    )

    done.refresh_from_db()
    after = FollowUp.objects.get(follows=done)
    assert response.redirect_chain == [("/", 302)]
    assert done.completed_by == lead
    assert (after.what, after.due_on, after.assignee, after.partner, after.contact) == (
        "Send the forms",
        today + timedelta(days=3),
        lead,
        done.partner,
        done.contact,
    )
    assert (after.readers, list(after.named_readers.all())) == ("named", [colleague])


def test_taking_it_back_puts_the_next_one_away_too(as_lead, lead, today):
    done = FollowUpFactory(assignee=lead)
    as_lead.post(address("next", done.pk), {"what": "Send the forms", "due_on": today})

    as_lead.post(address("reopen", done.pk))

    done.refresh_from_db()
    assert done.is_open
    assert FollowUp.objects.get(follows=done).archived_by == lead


def test_taking_it_back_leaves_a_next_one_that_somebody_touched(as_lead, lead, today):
    done = FollowUpFactory(assignee=lead)
    as_lead.post(address("next", done.pk), {"what": "Send the forms", "due_on": today})
    after = FollowUp.objects.get(follows=done)
    services.put_off_follow_up(follow_up=after, until=today + timedelta(days=9), version=1)

    as_lead.post(address("reopen", done.pk))

    after.refresh_from_db()
    assert after.is_open


def test_the_same_form_twice_makes_one_next(as_lead, lead, today):
    done = FollowUpFactory(assignee=lead)
    form = form_with("submission_key", as_lead.get(address("next", done.pk)))
    form |= {"what": "Send the forms"}

    as_lead.post(address("next", done.pk), form)
    as_lead.post(address("next", done.pk), form)

    assert FollowUp.objects.filter(follows=done).count() == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"what": "", "due_on": "2099-01-01"}, {"what"}),
        ({"what": "Call", "due_on": "2020-01-01"}, {"due_on"}),
        ({"what": "Call", "due_on": "20226-01-01"}, {"due_on"}),
    ],
)
def test_a_next_that_cannot_be_completes_nothing(as_lead, lead, typed, errors):
    done = FollowUpFactory(assignee=lead)

    response = as_lead.post(address("next", done.pk), typed)

    assert set(response.context["form"].errors) == errors
    assert FollowUp.objects.get().is_open


@pytest.mark.parametrize("how", ["complete", "cancel"])
def test_what_comes_next_is_kept_where_somebody_was_first(as_lead, lead, other_lead, today, how):
    row = FollowUpFactory(
        what="Call Rosa", assignee=lead, created_by=other_lead, partner=PartnerFactory()
    )
    opened = form_with("what", as_lead.get(address("next", row.pk)))
    reason = {"reason": "She moved."} if how == "cancel" else {}
    close = {"complete": services.complete_follow_up, "cancel": services.cancel_follow_up}[how]
    close(follow_up=row, by=other_lead, at=timezone.localtime(), **reason)
    typed = {"what": "Send the forms", "due_on": str(today + timedelta(days=3))}

    response = as_lead.post(address("next", row.pk) + "?next=/", opened | typed)

    [error] = response.context["form"].non_field_errors()
    did = {"complete": "Joy Lead completed this", "cancel": "Joy Lead cancelled this"}[how]
    assert error.startswith(f"{did} while you were writing.")
    assert f'<a href="{row.get_absolute_url()}" target="_blank">' in error
    sent = form_with("what", response)
    assert {name: sent[name] for name in typed} == {name: [v] for name, v in typed.items()}
    for _ in range(2):
        done = as_lead.post(address("next", row.pk) + "?next=/", sent, follow=True)
    after = FollowUp.objects.exclude(pk=row.pk).get()
    assert (after.what, after.due_on, after.assignee, after.partner, after.created_by) == (
        "Send the forms",
        today + timedelta(days=3),
        lead,
        row.partner,
        lead,
    )
    assert done.redirect_chain == [("/", 302)]
    as_lead.post(address("reopen", row.pk))
    after.refresh_from_db()
    assert after.is_open


def test_what_comes_next_by_itself_is_told_and_taken_back(as_lead, lead, other_lead, today):
    row = FollowUpFactory(assignee=lead)
    services.complete_follow_up(follow_up=row, by=other_lead, at=timezone.localtime())

    nothing_said = as_lead.post(address("next", row.pk), {"due_on": today, "alone": "True"})
    typed = form_with("what", nothing_said) | {"what": "Send the forms"}
    response = as_lead.post(address("next", row.pk), typed, follow=True)

    assert nothing_said.context["form"].errors.keys() == {"what"}
    [(said, undo_url)] = messages(response)
    assert said == "The follow-up is written down. It reminds on its day."
    as_lead.post(undo_url)
    assert FollowUp.objects.get(what="Send the forms").archived_by == lead


# --- again and again ---------------------------------------------------------------------------


def test_one_that_repeats_comes_again_when_it_is_done(as_lead, lead, today):
    every_six = FollowUpFactory(
        what="Check in with Rosa",
        note="She likes evenings.",
        assignee=lead,
        repeat_weeks=6,
        contact=ContactFactory(),
        readers="author",
    )

    response = as_lead.post(address("complete", every_six.pk), follow=True)

    again = FollowUp.objects.get(follows=every_six)
    assert messages(response) == [
        (
            "Done: Check in with Rosa. It comes again in 6 weeks.",
            address("reopen", every_six.pk),
        )
    ]
    assert (again.what, again.note, again.due_on, again.repeat_weeks) == (
        "Check in with Rosa",
        "She likes evenings.",
        today + timedelta(weeks=6),
        6,
    )
    assert (again.assignee, again.contact, again.readers) == (lead, every_six.contact, "author")


def log(by, *, days_ago=0, contacts=(), partners=(), colleagues=(), **fields):
    now = timezone.localtime()
    return services.log_one_to_one(
        one_to_one=OneToOne(
            held_at=now - timedelta(days=days_ago), what_mattered="The forum.", **fields
        ),
        participants=services.Participants(
            contacts=contacts, partners=partners, colleagues=colleagues
        ),
        outcome=services.Outcome(),
        by=by,
        at=now,
    )


def test_it_starts_again_from_the_last_real_contact(lead, other_lead, today):
    rosa, union = ContactFactory(), PartnerFactory()
    due = {"due_on": today, "repeat_weeks": 6}
    of_rosa = FollowUpFactory(assignee=lead, contact=rosa, partner=union, **due)
    of_union = FollowUpFactory(assignee=other_lead, partner=union, **due)
    once = FollowUpFactory(assignee=lead, contact=rosa, due_on=today)
    others = FollowUpFactory(contact=rosa, **due)
    of_marcus = FollowUpFactory(assignee=lead, contact=ContactFactory(), partner=union, **due)

    log(lead, days_ago=3, contacts=[rosa], partners=[union], colleagues=[other_lead])

    rows = dict(FollowUp.objects.values_list("pk", "due_on"))
    moved = today + timedelta(weeks=6, days=-3)
    assert [rows[row.pk] for row in (of_rosa, of_union)] == [moved, moved]
    assert [rows[row.pk] for row in (once, others, of_marcus)] == [today] * 3


@pytest.mark.parametrize(
    ("of_talk", "of_follow_up", "moves"),
    [
        ("author", "author", True),
        ("author", "equity_team", False),
        ("named", "named", False),
        ("equity_team", "equity_team", True),
        ("equity_team", "staff", False),
        ("staff", "staff", True),
    ],
)
def test_its_new_day_tells_nobody_of_a_contact_they_may_not_read(
    lead, today, of_talk, of_follow_up, moves
):
    rosa = ContactFactory()
    follow_up = FollowUpFactory(
        assignee=lead, contact=rosa, due_on=today, repeat_weeks=6, readers=of_follow_up
    )

    log(lead, contacts=[rosa], readers=of_talk)

    follow_up.refresh_from_db()
    assert (follow_up.due_on > today) == moves


def test_whoever_wrote_it_down_reads_it_too(lead, staff, today):
    rosa = ContactFactory()
    follow_up = FollowUpFactory(
        assignee=lead, created_by=staff, contact=rosa, due_on=today, repeat_weeks=6
    )

    log(lead, contacts=[rosa])

    follow_up.refresh_from_db()
    assert follow_up.due_on == today


@pytest.mark.parametrize("kind", ["event", "meeting", "call", "briefing"])
def test_every_kind_of_touch_is_a_contact(lead, today, kind):
    union = PartnerFactory()
    follow_up = FollowUpFactory(assignee=lead, partner=union, repeat_weeks=2, due_on=today)

    log(lead, partners=[union], kind=kind, title="Winter assembly")

    follow_up.refresh_from_db()
    assert follow_up.due_on == today + timedelta(weeks=2)


def test_an_old_contact_logged_late_brings_nothing_forward(lead, today):
    union = PartnerFactory()
    later = today + timedelta(weeks=5)
    follow_up = FollowUpFactory(assignee=lead, partner=union, repeat_weeks=6, due_on=later)

    log(lead, days_ago=30, partners=[union])

    follow_up.refresh_from_db()
    assert (follow_up.due_on, follow_up.version) == (later, 1)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_next():
    follow_up = FollowUpFactory(repeat_weeks=6)
    gate = Barrier(2)

    def press() -> bool:
        try:
            gate.wait(timeout=10)
            services.complete_follow_up(
                follow_up=follow_up, by=follow_up.assignee, at=timezone.localtime()
            )
        except services.AlreadyCompleted:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [future.result() for future in [pool.submit(press), pool.submit(press)]]

    assert sorted(done) == [False, True]
    assert FollowUp.objects.filter(follows=follow_up).count() == 1


# --- handed over -------------------------------------------------------------------------------


def test_a_colleague_gets_it_with_the_reason_and_the_reminder(as_lead, lead, other_lead, client):
    follow_up = FollowUpFactory(what="Call Rosa", assignee=lead, due_on=timezone.localdate())
    typed = {"to": other_lead.pk, "why": "I am away until May.", "version": 1}

    response = as_lead.post(address("hand-over", follow_up.pk), typed, follow=True)

    follow_up.refresh_from_db()
    [(said, undo_url)] = messages(response)
    assert said == "Joy Lead has it now: Call Rosa"
    assert (follow_up.assignee, follow_up.handed_over_by, follow_up.handed_over_why) == (
        other_lead,
        lead,
        "I am away until May.",
    )
    soon = timezone.now() + timedelta(days=1)
    plan(until=soon, at=timezone.now())
    assert [row.recipient for row in Reminder.objects.all()] == [other_lead]

    as_lead.post(undo_url)
    follow_up.refresh_from_db()
    assert (follow_up.assignee, follow_up.handed_over_at) == (lead, None)

    client.force_login(other_lead)
    services.hand_over_follow_up(
        follow_up=follow_up, to=other_lead, why="Away.", version=3, by=lead, at=timezone.now()
    )
    assert "“Away.”" in client.get(follow_up.get_absolute_url()).content.decode()


def test_only_colleagues_who_may_see_partners_are_offered(as_lead, lead, editor, other_lead):
    follow_up = FollowUpFactory(assignee=lead)

    form = as_lead.get(address("hand-over", follow_up.pk)).context["form"]

    assert list(form.fields["to"].queryset) == [other_lead]


def test_over_a_version_that_somebody_changed_nothing_is_handed_over(lead, other_lead):
    follow_up = FollowUpFactory(assignee=lead, version=2)
    chosen = {"to": other_lead, "why": "Away.", "version": 1}

    with pytest.raises(ChangedMeanwhile):
        services.hand_over_follow_up(follow_up=follow_up, **chosen, by=lead, at=timezone.now())

    assert FollowUp.objects.get().assignee == lead


def test_the_reason_is_kept_where_somebody_was_first(as_lead, lead, other_lead):
    follow_up = FollowUpFactory(assignee=lead, version=2)
    typed = {"to": other_lead.pk, "why": "You know her.", "version": 1}

    response = as_lead.post(address("hand-over", follow_up.pk), typed)
    as_lead.post(address("hand-over", follow_up.pk), form_with("why", response))

    follow_up.refresh_from_db()
    assert (follow_up.assignee, follow_up.handed_over_why) == (other_lead, "You know her.")


# --- cancelled ---------------------------------------------------------------------------------


def test_cancelled_with_a_reason_it_reminds_nobody_and_can_be_opened_again(as_lead, lead):
    follow_up = FollowUpFactory(what="Call Rosa", assignee=lead)

    nothing_said = as_lead.post(address("cancel", follow_up.pk), {"reason": " "})
    response = as_lead.post(
        address("cancel", follow_up.pk), {"reason": "She moved away."}, follow=True
    )

    follow_up.refresh_from_db()
    assert set(nothing_said.context["form"].errors) == {"reason"}
    assert messages(response) == [("Cancelled: Call Rosa", address("reopen", follow_up.pk))]
    assert (follow_up.cancelled_by, follow_up.cancel_reason) == (lead, "She moved away.")
    assert plan(until=timezone.now(), at=timezone.now()) == 0
    as_lead.post(address("reopen", follow_up.pk))
    follow_up.refresh_from_db()
    assert (follow_up.is_open, follow_up.cancel_reason) == (True, "")


def test_what_is_done_cannot_be_cancelled(as_lead, lead):
    follow_up = FollowUpFactory(assignee=lead)
    as_lead.post(address("complete", follow_up.pk))

    response = as_lead.post(address("cancel", follow_up.pk), {"reason": "No."})

    [error] = response.context["form"].non_field_errors()
    assert error.startswith("Ana Lead completed this while you were writing. What you wrote is")
    assert form_with("reason", response)["reason"] == ["No."]
    assert FollowUp.objects.get().cancelled_at is None


def test_the_reason_of_handing_over_what_is_put_away_is_there_to_copy(as_lead, lead, other_lead):
    follow_up = FollowUpFactory(assignee=lead, archived_at=timezone.now(), archived_by=other_lead)
    typed = {"to": other_lead.pk, "why": "You know her.", "version": 1}

    response = as_lead.post(address("hand-over", follow_up.pk), typed)

    [error] = response.context["form"].non_field_errors()
    assert error.startswith("Joy Lead archived this while you were writing. What you wrote is")
    assert form_with("why", response)["why"] == ["You know her."]
    assert FollowUp.objects.get().assignee == lead


# --- taken back --------------------------------------------------------------------------------


@pytest.fixture
def moved(as_lead, lead, today):
    """A follow-up that was put off, and the address that takes it back."""
    follow_up = FollowUpFactory(assignee=lead, due_on=today)
    later = today + timedelta(days=7)
    response = as_lead.post(
        address("put-off", follow_up.pk), {"until": later, "version": 1}, follow=True
    )
    [(_said, undo_url)] = messages(response)
    return follow_up, undo_url


def test_put_off_is_taken_back_by_one_press(as_lead, moved, today):
    follow_up, undo_url = moved

    response = as_lead.post(undo_url, follow=True)

    follow_up.refresh_from_db()
    assert (follow_up.due_on, messages(response)) == (today, [("It is as it was.", "")])


def test_to_take_back_another_day_leaves_who_handed_it_over(as_lead, moved, other_lead):
    follow_up, undo_url = moved
    handed = {"handed_over_at": timezone.now(), "handed_over_by": other_lead}
    FollowUp.objects.update(**handed, handed_over_why="You know them.")

    as_lead.post(undo_url)

    follow_up.refresh_from_db()
    assert (follow_up.handed_over_by, follow_up.handed_over_why) == (other_lead, "You know them.")


def test_what_somebody_touched_since_is_not_taken_back(as_lead, moved, today):
    follow_up, undo_url = moved
    later = today + timedelta(days=30)
    services.put_off_follow_up(follow_up=follow_up, until=later, version=2)

    as_lead.post(undo_url)

    follow_up.refresh_from_db()
    assert follow_up.due_on == later


def test_nobody_else_takes_it_back_and_nobody_makes_up_an_address(client, moved, other_lead):
    _follow_up, undo_url = moved
    client.force_login(other_lead)

    assert client.post(undo_url).status_code == 404
    assert client.post(address("undo", "made-up")).status_code == 404


def test_after_ten_minutes_it_is_too_late(as_lead, moved, today, monkeypatch):
    follow_up, undo_url = moved
    monkeypatch.setattr(undo, "LASTS", timedelta(seconds=-1))

    response = as_lead.post(undo_url, follow=True)

    follow_up.refresh_from_db()
    assert follow_up.due_on == today + timedelta(days=7)
    assert messages(response) == [("That was too long ago. Change the date by hand.", "")]


# --- several at once ---------------------------------------------------------------------------


@pytest.fixture
def three(lead, today):
    """Two that the lead may move, and one of somebody else."""
    mine = FollowUpFactory.create_batch(2, assignee=lead, due_on=today)
    return [*mine, FollowUpFactory(due_on=today)]


def picks(rows):
    return {"pick": [row.pk for row in rows]}


def test_how_many_is_said_before_anything_changes(as_lead, three):
    page = as_lead.get(address("bulk"), picks(three)).context["page"]

    assert ([row.pk for row in page.rows], [row.pk for row in page.staying]) == (
        [three[0].pk, three[1].pk],
        [three[2].pk],
    )


def test_several_are_put_off_and_taken_back(as_lead, three, today):
    later = today + timedelta(days=7)
    typed = {**picks(three), "do": "put_off", "until": later}

    response = as_lead.post(address("bulk"), typed, follow=True)

    staying, (said, undo_url) = messages(response)
    rows = FollowUp.objects.order_by("pk").values_list("due_on", flat=True)
    assert list(rows) == [later, later, today]
    assert said == "2 follow-ups are put off."
    assert staying[0].startswith("One stays as it is")
    as_lead.post(undo_url)
    assert set(FollowUp.objects.values_list("due_on", flat=True)) == {today}


def test_several_are_handed_over(as_lead, lead, three, other_lead):
    typed = {**picks(three), "do": "hand_over", "to": other_lead.pk, "why": "I am away."}

    as_lead.post(address("bulk"), typed)

    rows = FollowUp.objects.filter(assignee=other_lead)
    assert {(row.pk, row.handed_over_why) for row in rows} == {
        (three[0].pk, "I am away."),
        (three[1].pk, "I am away."),
    }


@pytest.mark.parametrize("typed", [{"until": "2020-01-01"}, {"until": ""}, {}])
def test_a_day_that_cannot_be_moves_none(as_lead, three, today, typed):
    response = as_lead.post(address("bulk"), {**picks(three), "do": "put_off", **typed})

    assert set(response.context["put_off"].errors) == {"until"}
    assert set(FollowUp.objects.values_list("due_on", flat=True)) == {today}


@pytest.mark.parametrize("keys", [[], ["x"], ["9" * 40], ["1\x00"]])
def test_nothing_ticked_says_so(as_lead, keys):
    response = as_lead.get(address("bulk"), {"pick": keys}, follow=True)

    assert messages(response) == [
        ("Tick the follow-ups first, then choose what becomes of them.", "")
    ]


def test_what_one_may_not_see_is_neither_shown_nor_counted(as_lead, lead, today):
    private = FollowUpFactory(readers="author", due_on=today)
    mine = FollowUpFactory(assignee=lead, due_on=today)

    page = as_lead.get(address("bulk"), picks([private, mine])).context["page"]
    typed = {**picks([private, mine]), "do": "put_off", "until": today + timedelta(days=1)}
    response = as_lead.post(address("bulk"), typed, follow=True)

    assert (list(page.rows), list(page.staying)) == ([mine], [])
    assert [said for said, _undo in messages(response)] == ["One follow-up is put off."]


@pytest.mark.parametrize("rows", [1, 3])
def test_bulk_page_query_count(as_lead, lead, rows, django_assert_num_queries):
    ticked = FollowUpFactory.create_batch(rows, assignee=lead)

    with django_assert_num_queries(6):
        as_lead.get(address("bulk"), picks(ticked))


# --- what the database keeps ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("half", "constraint"),
    [
        ({"handed_over_by": "me"}, "follow_up_handing_over_is_whole"),
        ({"handed_over_at": "now"}, "follow_up_handing_over_is_whole"),
        ({"cancelled_at": "now", "cancelled_by": "me"}, "follow_up_cancelling_is_whole"),
        ({"cancel_reason": "No."}, "follow_up_cancelling_is_whole"),
        ({"repeat_weeks": 0}, "follow_up_repeats_in_weeks"),
        ({"repeat_weeks": 105}, "follow_up_repeats_in_weeks"),
    ],
)
def test_who_and_when_travel_together(lead, half, constraint):
    FollowUpFactory()
    values = {"me": lead, "now": timezone.now()}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FollowUp.objects.update(**{name: values.get(v, v) for name, v in half.items()})


def test_what_is_done_is_not_cancelled(lead):
    at = timezone.now()
    FollowUpFactory(completed_at=at, completed_by=lead)
    cancelled = {"cancelled_at": at, "cancelled_by": lead, "cancel_reason": "No."}

    with (
        pytest.raises(IntegrityError, match="follow_up_is_done_or_cancelled"),
        transaction.atomic(),
    ):
        FollowUp.objects.update(**cancelled)


def test_to_write_one_down_can_be_taken_back_too(as_lead, lead, today):
    typed = {"what": "Call", "due_on": today, "assignee": lead.pk, "readers": "equity_team"}

    response = as_lead.post(reverse("partnerships:follow-up-create"), typed, follow=True)

    [(_said, undo_url)] = messages(response)
    as_lead.post(undo_url)
    assert FollowUp.objects.get().archived_by == lead


def test_words_that_are_better_left_out_are_named_and_saved(as_lead, lead, other_lead):
    follow_up = FollowUpFactory(assignee=lead)
    typed = {"to": other_lead.pk, "why": "Her number is 078-05-1120.", "version": 1}

    response = as_lead.post(address("hand-over", follow_up.pk), typed, follow=True)

    assert len(messages(response)) == 2
    assert FollowUp.objects.get().handed_over_why == "Her number is 078-05-1120."
