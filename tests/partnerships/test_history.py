"""Who changed what and when, and who may read how much of it."""

from __future__ import annotations

from datetime import date, timedelta

import pghistory
import pytest
from django.db.models import F
from django.urls import reverse

from accounts.models import Readers
from partnerships.history import STORIES, history
from partnerships.models import FollowUp, OneToOne, PartnerOrganization
from partnerships.services import Participants, set_participants
from records.history import Change, FieldChange
from tests.factories import (
    NOON,
    ActionStepRevisionFactory,
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

EVERYBODYS = Readers.STAFF
EQUITY_TEAM = Readers.EQUITY_TEAM
NAMED = Readers.NAMED
ONLY_MINE = Readers.AUTHOR


def a_day_passes():
    """One test is one transaction, and the database dates an event by its transaction."""
    models = {model.pgh_event_model for model in STORIES}
    models |= {part.model.pgh_event_model for story in STORIES.values() for part in story.parts}
    for model in models:
        model.objects.update(pgh_created_at=F("pgh_created_at") - timedelta(days=1))


def change(row, **values):
    """As a service does: in the database, past every save()."""
    type(row).objects.filter(pk=row.pk).update(version=F("version") + 1, **values)
    row.refresh_from_db()
    a_day_passes()


def told(record, reader):
    return [change.what for change in history(record, reader=reader).changes]


# --- what is told --------------------------------------------------------------------------


def test_update_past_every_save_is_remembered_with_labels_and_names(lead):
    partner = PartnerFactory(name="Riverbend Tenants", kind="other", rhythm_weeks=None)

    change(partner, name="Riverbend Tenants Union", kind="power_building", rhythm_weeks=4)

    (latest, first) = history(partner, reader=lead).changes
    assert latest.what == "This was changed."
    assert latest.fields == (
        FieldChange("Name", "Riverbend Tenants", "Riverbend Tenants Union"),
        FieldChange("Kind", "Other", "Community power-building organization"),
        FieldChange("Weeks between conversations", "", "4"),
    )
    assert first == Change(at=first.at, by="", what="This was written down.")
    assert latest.at > first.at - timedelta(days=1)


def test_dates_people_and_yes_or_no_are_said_as_people_say_them(lead, other_lead):
    follow_up = FollowUpFactory(assignee=lead, due_on=date(2026, 3, 12), created_by=lead)
    contact = ContactFactory(do_not_contact=True)

    change(follow_up, due_on=date(2026, 3, 19), assignee=other_lead)
    change(contact, do_not_contact=False)

    assert history(follow_up, reader=lead).changes[0].fields == (
        FieldChange("By when", "March 12, 2026", "March 19, 2026"),
        FieldChange("Whose it is", "Ana Lead", "Joy Lead"),
    )
    assert history(contact, reader=lead).changes[0].fields == (
        FieldChange("Asked us not to contact them", "yes", "no"),
    )


def test_archive_restore_done_and_open_again_are_said_in_words(lead):
    follow_up = FollowUpFactory(assignee=lead)

    change(follow_up, completed_at=NOON, completed_by=lead)
    change(follow_up, completed_at=None, completed_by=None)
    change(follow_up, archived_at=NOON, archived_by=lead)
    change(follow_up, archived_at=None, archived_by=None)

    assert told(follow_up, lead) == [
        "This was brought back from the archive.",
        "This was archived.",
        "This was opened again.",
        "This was done.",
        "This was written down.",
    ]


def test_who_is_the_person_who_pressed(as_lead, lead):
    partner = PartnerFactory()

    as_lead.post(reverse("partnerships:partner-archive", args=[partner.pk]))

    assert [(c.by, c.what) for c in history(partner, reader=lead).changes] == [
        ("Ana Lead", "This was archived."),
        ("", "This was written down."),
    ]


def test_a_task_is_the_portals_own_work(lead):
    partner = PartnerFactory()

    with pghistory.context(task="tidy"):
        change(partner, name="Tidied")

    assert history(partner, reader=lead).changes[0].by == "The portal"


def test_people_in_a_one_to_one_come_and_go_in_its_history(lead, other_lead):
    rosa, luis = ContactFactory(name="Rosa Delgado"), ContactFactory(name="Luis Ortega")
    step = ActionStepRevisionFactory(short_title="Hold one-to-ones").step
    tenants = PartnerFactory(name="Tenants Union")
    one_to_one = OneToOneFactory(created_by=lead)
    set_participants(
        one_to_one=one_to_one,
        participants=Participants(
            contacts=[rosa], partners=[tenants], colleagues=[other_lead], steps=[step]
        ),
    )
    a_day_passes()

    set_participants(one_to_one=one_to_one, participants=Participants(contacts=[luis]))

    newer, older = set(told(one_to_one, lead)[:5]), set(told(one_to_one, lead)[5:])
    assert newer == {
        "Luis Ortega was added.",
        "Rosa Delgado was taken out.",
        "Tenants Union was taken out.",
        "Joy Lead is no longer named as a colleague who was there.",
        "“Hold one-to-ones” was taken out of the action steps it served.",
    }
    assert older == {
        "This was written down.",
        "Rosa Delgado was added.",
        "Tenants Union was added.",
        "Joy Lead was named as a colleague who was there.",
        "“Hold one-to-ones” was added to the action steps it served.",
    }


def test_owners_programs_and_people_are_in_a_partners_history(lead):
    partner = PartnerFactory()
    partner.owners.set([lead])
    partner.programs.set([ProgramFactory(name="Housing")])
    AffiliationFactory(partner=partner, contact=ContactFactory(name="Rosa"), role="Organizer")
    a_day_passes()

    partner.owners.clear()

    assert told(partner, lead)[0] == "Ana Lead no longer keeps the relationship."
    assert set(told(partner, lead)[1:]) == {
        "Ana Lead began to keep the relationship.",
        "Housing was added.",
        "Rosa was added.",
        "This was written down.",
    }


def test_a_role_that_ends_is_told_of_the_person_and_of_the_organization(lead):
    role = AffiliationFactory(
        contact__name="Rosa", partner__name="Tenants Union", role="Organizer"
    )
    a_day_passes()

    type(role).objects.filter(pk=role.pk).update(ended_on=date(2026, 3, 12))

    ended = (FieldChange("Until", "", "March 12, 2026"),)
    of_partner = history(role.partner, reader=lead).changes
    of_contact = history(role.contact, reader=lead).changes
    assert (of_partner[0].what, of_partner[0].fields) == (
        "What is written about Rosa was changed.",
        ended,
    )
    assert (of_contact[0].what, of_contact[0].fields) == (
        "What is written about Tenants Union was changed.",
        ended,
    )
    assert of_contact[2].fields == (FieldChange("Role", "", "Organizer"),)


def test_what_nobody_wrote_is_left_out(lead):
    """The version, the search vector and the submission key are the portal's own."""
    partner = PartnerFactory()

    change(partner)

    assert told(partner, lead) == ["This was written down."]


def test_only_the_last_two_hundred_are_told_and_the_page_says_so(as_lead, lead):
    partner = PartnerFactory()
    for number in range(200):
        PartnerOrganization.objects.filter(pk=partner.pk).update(name=f"Name {number}")

    whole = history(PartnerFactory(), reader=lead)
    cut = history(partner, reader=lead)
    page = as_lead.get(reverse("partnerships:partner-history", args=[partner.pk]))

    assert (len(whole.changes), whole.is_cut) == (1, False)
    assert (len(cut.changes), cut.is_cut) == (200, True)
    assert cut.changes[-1].fields[0].after == "Name 0"
    assert "Older ones are kept, but not shown here." in page.content.decode()


# --- who may read it -----------------------------------------------------------------------


def test_words_written_for_fewer_people_stay_theirs(lead, other_lead, staff):
    one_to_one = OneToOneFactory(
        created_by=lead, readers=ONLY_MINE, what_mattered="Told in confidence."
    )
    a_day_passes()
    change(one_to_one, what_mattered="Still in confidence.")
    change(one_to_one, what_mattered="The bus line.", readers=EQUITY_TEAM)
    change(one_to_one, what_mattered="The bus line, and the forum.", readers=EVERYBODYS)
    change(one_to_one, held_at=NOON + timedelta(days=1))

    assert told(one_to_one, staff) == [
        "This was changed.",
        "You could read this from then on.",
    ]
    assert told(one_to_one, other_lead) == [
        "This was changed.",
        "This was changed.",
        "You could read this from then on.",
    ]
    assert told(one_to_one, lead) == ["This was changed."] * 4 + ["This was written down."]
    assert history(one_to_one, reader=other_lead).changes[1].fields == (
        FieldChange("Who may read this", "Equity leads", "All staff"),
        FieldChange("What mattered to them", "The bus line.", "The bus line, and the forum."),
    )
    words = str([history(one_to_one, reader=reader) for reader in (staff, other_lead)])
    assert "confidence" not in words


def test_who_was_named_only_while_it_was_private_is_not_told(lead, staff):
    rosa, luis = ContactFactory(name="Rosa Delgado"), ContactFactory(name="Luis Ortega")
    one_to_one = OneToOneFactory(created_by=lead, readers=ONLY_MINE)
    one_to_one.contacts.set([rosa])
    a_day_passes()
    OneToOne.objects.filter(pk=one_to_one.pk).update(readers=EVERYBODYS)
    one_to_one.contacts.set([luis])
    a_day_passes()

    assert told(one_to_one, staff) == [
        "You could read this from then on.",
        "Luis Ortega was added.",
    ]
    assert "Rosa Delgado was taken out." in told(one_to_one, lead)


def test_what_was_private_between_two_shared_versions_leaves_no_trace(lead, staff):
    one_to_one = OneToOneFactory(created_by=lead, readers=EVERYBODYS, what_mattered="One")
    a_day_passes()
    change(one_to_one, readers=ONLY_MINE, what_mattered="Two")
    one_to_one.contacts.set([ContactFactory(name="Rosa Delgado")])
    a_day_passes()
    one_to_one.contacts.clear()
    a_day_passes()
    change(one_to_one, readers=EVERYBODYS, what_mattered="Three")

    seen = history(one_to_one, reader=staff)

    assert [(c.what, c.fields) for c in seen.changes] == [
        ("You could read this from then on.", ()),
        ("This was written down.", ()),
    ]


def test_a_colleague_named_later_does_not_read_what_stood_before(lead, other_lead, staff):
    one_to_one = OneToOneFactory(created_by=lead, readers=NAMED, what_mattered="About Joy")
    one_to_one.colleagues.set([EquityLeadFactory(name="Bea")])
    a_day_passes()
    OneToOne.objects.filter(pk=one_to_one.pk).update(what_mattered="About the forum")
    one_to_one.colleagues.add(other_lead)
    a_day_passes()
    change(one_to_one, what_mattered="About the forum and the bus")

    seen = history(one_to_one, reader=other_lead)

    assert [c.what for c in seen.changes] == [
        "This was changed.",
        "You could read this from then on.",
        "Joy Lead was named as a colleague who was there.",
    ]
    assert "About Joy" not in str(seen)
    assert told(one_to_one, staff) == []


def test_a_cut_says_nothing_of_versions_that_are_not_shown(lead, staff):
    one_to_one = OneToOneFactory(created_by=lead, readers=ONLY_MINE)
    for number in range(210):
        OneToOne.objects.filter(pk=one_to_one.pk).update(what_mattered=f"Private {number}")
    change(one_to_one, readers=EVERYBODYS)

    seen = history(one_to_one, reader=staff)

    assert (len(seen.changes), seen.is_cut) == (1, False)
    assert history(one_to_one, reader=lead).is_cut


def test_a_follow_up_handed_on_keeps_its_earlier_words(lead, staff):
    one_to_one = OneToOneFactory(created_by=lead, readers=ONLY_MINE)
    follow_up = FollowUpFactory(
        assignee=lead, one_to_one=one_to_one, what="Ask about the eviction"
    )
    a_day_passes()
    change(follow_up, what="Send the minutes", assignee=staff)
    change(follow_up, one_to_one=OneToOneFactory(readers=EVERYBODYS, held_at=NOON))
    change(follow_up, one_to_one=OneToOneFactory(created_by=lead, readers=ONLY_MINE))

    seen = history(follow_up, reader=staff)

    assert [c.what for c in seen.changes] == ["You could read this from then on."]
    assert "eviction" not in str(seen)
    assert history(follow_up, reader=lead).changes[-2].fields == (
        FieldChange("What", "Ask about the eviction", "Send the minutes"),
        FieldChange("Whose it is", "Ana Lead", "Sam Staff"),
    )


def test_who_asked_not_to_be_contacted_has_no_address_in_the_history(lead):
    contact = ContactFactory(email="rosa@home.test", phone="555-0100", language="Spanish")
    a_day_passes()
    change(contact, email="rosa@new.test")
    change(contact, phone="555-0199", language="Mixtec", do_not_contact=True)

    seen = history(contact, reader=lead)

    assert [(c.what, c.fields) for c in seen.changes] == [
        (
            "This was changed.",
            (
                FieldChange("Preferred language", "Spanish", "Mixtec"),
                FieldChange("Asked us not to contact them", "no", "yes"),
            ),
        ),
        ("This was written down.", ()),
    ]


# --- the pages -----------------------------------------------------------------------------

PAGES = {
    "partnerships:partner-history": PartnerFactory,
    "partnerships:contact-history": ContactFactory,
    "partnerships:one-to-one-history": OneToOneFactory,
    "partnerships:follow-up-history": FollowUpFactory,
    "partnerships:promise-history": PromiseFactory,
}


@pytest.mark.parametrize("page", PAGES)
def test_history_page_tells_what_happened(as_lead, page):
    record = PAGES[page]()

    response = as_lead.get(reverse(page, args=[record.pk]))

    assert response.status_code == 200
    assert "This was written down." in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_history_page_is_closed_to_roles_that_do_not_see_partners(client, administrator, page):
    record = PAGES[page]()
    client.force_login(administrator)

    response = client.get(reverse(page, args=[record.pk]))

    assert response.status_code == 403


@pytest.mark.parametrize("factory", [OneToOneFactory, FollowUpFactory])
def test_history_page_of_what_is_not_seen_is_not_found(as_staff, lead, factory):
    private = OneToOneFactory(created_by=lead, readers=ONLY_MINE)
    record = private if factory is OneToOneFactory else FollowUpFactory(one_to_one=private)
    name = "one-to-one" if isinstance(record, OneToOne) else "follow-up"

    response = as_staff.get(reverse(f"partnerships:{name}-history", args=[record.pk]))

    assert response.status_code == 404


def test_history_page_with_nothing_to_tell_says_so(as_lead):
    follow_up = FollowUpFactory()
    FollowUp.pgh_event_model.objects.all().delete()

    page = as_lead.get(reverse("partnerships:follow-up-history", args=[follow_up.pk]))

    assert "No change that you can see" in page.content.decode()


def test_history_page_shows_script_as_words(as_lead):
    partner = PartnerFactory(name="Plain")
    change(partner, name="<script>alert(1)</script>")

    page = as_lead.get(reverse("partnerships:partner-history", args=[partner.pk]))

    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


@pytest.mark.parametrize("changes", [1, 3])
def test_history_page_query_count(as_lead, lead, django_assert_num_queries, changes):
    one_to_one = OneToOneFactory(created_by=lead)
    for number in range(changes):
        change(one_to_one, what_mattered=f"Words {number}")
        set_participants(
            one_to_one=one_to_one,
            participants=Participants(
                contacts=[ContactFactory()],
                partners=[PartnerFactory()],
                colleagues=[EquityLeadFactory()],
                steps=[ActionStepRevisionFactory().step],
                named_readers=[EquityLeadFactory()],
            ),
        )
        a_day_passes()

    with django_assert_num_queries(16):
        as_lead.get(reverse("partnerships:one-to-one-history", args=[one_to_one.pk]))


def test_a_follow_up_hides_what_stood_while_it_was_private(client, staff):
    follow_up = FollowUpFactory(readers=ONLY_MINE, what="Ask Rosa about her eviction")
    FollowUp.objects.update(what="Call Rosa")
    FollowUp.objects.update(readers=EVERYBODYS)
    client.force_login(staff)

    page = client.get(reverse("partnerships:follow-up-history", args=[follow_up.pk]))

    assert page.status_code == 200
    assert "eviction" not in page.content.decode()
