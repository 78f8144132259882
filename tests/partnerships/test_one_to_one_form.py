"""What the form of a one-to-one asks beyond its four questions, and what it will not take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.models import DepartmentSettings
from partnerships.forms import NewOneToOneForm, OneToOneForm
from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization, Promise
from tests.factories import (
    NOON,
    AffiliationFactory,
    ContactFactory,
    EquityLeadFactory,
    OneToOneFactory,
    PartnerFactory,
    UserFactory,
)
from tests.pages import form_with

pytestmark = pytest.mark.django_db
CREATE = "partnerships:one-to-one-create"


@pytest.fixture
def rosa():
    return ContactFactory(name="Rosa Delgado")


def answers(*contacts, **more):
    return {
        "contacts": [getattr(contact, "pk", contact) for contact in contacts],
        "held_at": "2026-03-12T14:00",
        "what_mattered": "Interpreters at the forum.",
        "readers": "equity_team",
        **more,
    }


def errors_of(client, data):
    return dict(client.post(reverse(CREATE), data).context["form"].errors)


# --- promises -----------------------------------------------------------------------------


def test_what_either_side_promised_becomes_promises(as_lead, lead, rosa):
    union = AffiliationFactory(contact=rosa).partner
    said = {
        "we_promised": "Send the forms",
        "we_promised_on": "2026-03-20",
        "we_promised_too": "Find an interpreter",
        "we_promised_too_on": "2026-04-01",
        "they_offered": "Bring ten members",
        "they_offered_on": "2026-03-30",
        "they_offered_too_on": "2026-03-30",
    }

    as_lead.post(reverse(CREATE), answers(rosa, **said))

    made = Promise.objects.order_by("due_on").values_list(
        "direction", "what", "due_on", "promised_on", "owner", "partner", "contact", "readers"
    )
    who = (date(2026, 3, 12), lead.pk, union.pk, rosa.pk, "equity_team")
    assert list(made) == [
        ("ours", "Send the forms", date(2026, 3, 20), *who),
        ("theirs", "Bring ten members", date(2026, 3, 30), *who),
        ("ours", "Find an interpreter", date(2026, 4, 1), *who),
    ]


@pytest.mark.parametrize("readers", ["author", "named"])
def test_what_comes_of_a_private_conversation_is_as_private(as_lead, other_lead, rosa, readers):
    more = {
        "readers": readers,
        "named_readers": [other_lead.pk],
        "we_promised": "Send the forms",
        "we_promised_on": "2026-03-20",
        "next_step": "Call Rosa",
        "next_on": "2026-03-19",
    }

    as_lead.post(reverse(CREATE), answers(rosa, **more))

    named = [other_lead] if readers == "named" else []
    for row in (OneToOne.objects.get(), Promise.objects.get(), FollowUp.objects.get()):
        assert (row.readers, list(row.named_readers.all())) == (readers, named)


BEFORE = "This is before you met. Choose that day or a later one."


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"next_step": "Call", "next_on": "2026-03-11"}, {"next_on": [BEFORE]}),
        ({"next_step": "Call", "next_on": "2026-03-12"}, {}),
        ({"next_step": "Call", "next_on": "20226-03-11"}, None),
        ({"we_promised": "Forms", "we_promised_on": "2026-03-11"}, {"we_promised_on": [BEFORE]}),
        (
            {"they_offered": "Help", "they_offered_on": ""},
            {"they_offered_on": ["Say by when: a promise has a date."]},
        ),
        ({"they_offered": "", "they_offered_on": "2026-03-01"}, {}),
        (
            {"readers": "named"},
            {
                "named_readers": [
                    "Name at least one colleague, or choose above who else may read this."
                ]
            },
        ),
        ({"held_at": "20226-03-12T14:00"}, None),
        ({"issues": "x" * 61}, None),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(as_lead, rosa, change, errors):
    response = as_lead.post(reverse(CREATE), answers(rosa, place="Cedar Court", **change))

    if errors == {}:
        assert response.status_code == 302
        return
    form = response.context["form"]
    assert set(form.errors) <= set(change) | {"named_readers"}
    assert form.errors
    if errors:
        assert form.errors == errors
    page = response.content.decode()
    for word in ("Cedar Court", "Interpreters at the forum.", *change.values()):
        assert word in page
    assert not OneToOne.objects.exists()


def test_a_part_is_open_where_it_is_wrong_or_holds_words(as_lead, rosa):
    data = answers(rosa, place="Cedar Court", held_at="")

    page = as_lead.post(reverse(CREATE), data).content.decode()

    opened = page.split('<details class="more" open>')[1:]
    assert [part.split("</span>")[0].split(">")[-1].strip() for part in opened] == ["Purpose"]


# --- who ------------------------------------------------------------------------------------


def test_somebody_new_is_added_in_place_and_belongs_to_the_organization(as_lead, lead):
    union = PartnerFactory(name="Tenants Union")

    as_lead.post(reverse(CREATE), answers("new:Nadia Flores", partners=[union.pk]))

    talk, nadia = OneToOne.objects.get(), Contact.objects.get(name="Nadia Flores")
    assert (list(talk.contacts.all()), list(talk.partners.all())) == ([nadia], [union])
    assert nadia.created_by == lead
    assert [row.partner for row in nadia.affiliations.all()] == [union]


@pytest.mark.parametrize("form_class", [NewOneToOneForm, OneToOneForm])
@pytest.mark.parametrize(("minutes", "is_past"), [(59, True), (61, False)])
def test_what_is_past_is_told_to_the_form(lead, form_class, minutes, is_past):
    held_at = timezone.localtime(NOON + timedelta(minutes=minutes))
    others = {"default_readers": "staff"} if form_class is NewOneToOneForm else {}
    others |= {"instance": OneToOneFactory(created_by=lead)} if form_class is OneToOneForm else {}

    form = form_class({"held_at": f"{held_at:%Y-%m-%dT%H:%M}"}, user=lead, now=NOON, **others)

    to_come = ["It is logged after it was held: choose a time past."]
    assert form.errors.get("held_at") == (None if is_past else to_come)


def test_whose_role_ends_some_day_belongs_there_until_then(as_lead, rosa):
    later = timezone.localdate() + timedelta(days=40)
    council = AffiliationFactory(contact=rosa, ended_on=later).partner
    AffiliationFactory(contact=rosa, ended_on=date(2026, 3, 1))

    as_lead.post(reverse(CREATE), answers(rosa))

    assert list(OneToOne.objects.get().partners.all()) == [council]


def test_a_new_organization_and_a_new_person_at_once(as_lead, lead):
    as_lead.post(reverse(CREATE), answers("new:Nadia Flores", partners=["new:River Choir"]))

    choir = PartnerOrganization.objects.get()
    assert (choir.name, choir.kind, [*choir.owners.all()]) == ("River Choir", "other", [lead])
    assert [row.partner for row in Contact.objects.get().affiliations.all()] == [choir]
    assert list(OneToOne.objects.get().partners.all()) == [choir]


@pytest.mark.parametrize("field", ["contacts", "partners"])
def test_a_name_that_the_database_cannot_hold_is_said_at_its_field(as_lead, rosa, field):
    data = answers(rosa) | {field: ["new:Nadia\x00Flores"]}

    assert set(errors_of(as_lead, data)) == {field}


def test_the_same_form_twice_makes_one_newcomer(as_lead):
    form = form_with("what_mattered", as_lead.get(reverse(CREATE)))
    data = form | answers("new:Nadia Flores")

    as_lead.post(reverse(CREATE), data)
    as_lead.post(reverse(CREATE), data)

    assert (OneToOne.objects.count(), Contact.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("chosen", "error"),
    [
        (["rosa", "rosa"], "Rosa Delgado is here twice. Take one of them out."),
        (["rosa", "new:rosa delgado"], "rosa delgado is here twice. Take one of them out."),
        (["new:Nadia", "new: nadia "], "nadia is here twice. Take one of them out."),
        (["new: "], "Somebody new needs a name."),
        (
            ["new:" + "x" * 121],
            f"“{'x' * 20}…” is too long for a name: 120 characters at most.",
        ),
    ],
)
def test_nobody_is_on_one_entry_twice(as_lead, rosa, chosen, error):
    keys = [rosa.pk if name == "rosa" else name for name in chosen]

    assert errors_of(as_lead, answers(*keys)) == {"contacts": [error]}
    assert not OneToOne.objects.exists()


def test_whoever_was_named_is_still_there_after_a_mistake(as_lead):
    response = as_lead.post(reverse(CREATE), answers("new:Nadia Flores", held_at=""))

    option = '<option value="new:Nadia Flores" selected>Nadia Flores (new)</option>'
    assert option in response.content.decode()
    assert not Contact.objects.exists()


def test_a_person_twice_is_refused_when_edited_too(as_lead, lead, rosa):
    talk = OneToOneFactory(created_by=lead)
    url = reverse("partnerships:one-to-one-edit", args=[talk.pk])
    form = form_with("what_mattered", as_lead.get(url))

    response = as_lead.post(url, form | {"contacts": [rosa.pk, rosa.pk]})

    assert response.context["form"].errors == {
        "contacts": ["Rosa Delgado is here twice. Take one of them out."]
    }


def test_colleagues_who_only_read_may_have_been_there_too(as_lead, client, rosa):
    sam = UserFactory(name="Sam")

    as_lead.post(reverse(CREATE), answers(rosa, readers="author", colleagues=[sam.pk]))
    client.force_login(sam)

    talk = OneToOne.objects.get()
    edit = reverse("partnerships:one-to-one-edit", args=[talk.pk])
    assert client.get(talk.get_absolute_url()).status_code == 200
    assert client.get(edit).status_code == 403


@pytest.mark.parametrize("default", ["author", "staff"])
def test_who_reads_a_new_one_is_the_departments_to_propose(as_lead, default):
    DepartmentSettings.objects.update(default_readers=default)

    form = form_with("what_mattered", as_lead.get(reverse(CREATE)))

    assert form["readers"] == [default]


# --- the parts ------------------------------------------------------------------------------

PARTS = {
    "kind": "escalation",
    "purpose": "To hear about the forum.",
    "place": "Cedar Court",
    "language": "Spanish",
    "access_needs": "An interpreter.",
    "has_permission": "on",
    "issues": "housing, interpreters",
    "connections": "Answers to the members.",
    "asked_and_offered": "Asked for the data, offered the hall.",
    "can_and_cannot": "We cannot lobby.",
    "time_paid": "to_be_paid",
}


def test_every_part_is_kept_shown_and_offered_for_editing(as_lead, rosa):
    as_lead.post(reverse(CREATE), answers(rosa, **PARTS))

    talk = OneToOne.objects.get()
    kept = {name: getattr(talk, name) for name in PARTS}
    assert kept == PARTS | {"has_permission": True, "issues": ["housing", "interpreters"]}
    page = as_lead.get(talk.get_absolute_url()).content.decode()
    for words in ("Cedar Court", "We cannot lobby.", "housing, interpreters", "To be paid"):
        assert words in page
    edit = as_lead.get(reverse("partnerships:one-to-one-edit", args=[talk.pk]))
    assert {name: form_with("what_mattered", edit)[name] for name in PARTS} == {
        name: [value] for name, value in PARTS.items()
    }


def test_a_page_shows_no_heading_with_nothing_under_it(as_lead, lead):
    talk = OneToOneFactory(created_by=lead)

    page = as_lead.get(talk.get_absolute_url()).content.decode()

    for heading in ("How it was", "Whom they answer to", "What they asked", "cannot do"):
        assert heading not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_one_costs_the_same_whatever_came_of_it(
    as_lead, lead, rosa, rows, django_assert_num_queries
):
    talk = OneToOneFactory(created_by=lead)
    for _row in range(rows):
        talk.contacts.add(ContactFactory())
        FollowUp.objects.create(
            what="Call",
            due_on=date(2026, 3, 20),
            assignee=lead,
            one_to_one=talk,
            created_at=talk.created_at,
            created_by=lead,
        )
        Promise.objects.create(
            direction="ours", what="Forms", contact=rosa, owner=lead, one_to_one=talk,
            promised_on=date(2026, 3, 2), due_on=date(2026, 3, 20), first_due_on=date(2026, 3, 20),
            counts_on=date(2026, 3, 20), created_at=talk.created_at, created_by=lead,
        )  # fmt: skip

    with django_assert_num_queries(12):
        as_lead.get(talk.get_absolute_url())


def test_what_came_of_it_is_shown_to_whom_it_is_for(as_staff, lead, rosa):
    talk = OneToOneFactory(created_by=lead, readers="staff")
    for what, readers in (("Open forms", "staff"), ("Quiet forms", "equity_team")):
        Promise.objects.create(
            direction="ours", what=what, contact=rosa, owner=lead, one_to_one=talk,
            promised_on=date(2026, 3, 2), due_on=date(2026, 3, 20), first_due_on=date(2026, 3, 20),
            counts_on=date(2026, 3, 20), created_at=talk.created_at, created_by=lead,
            readers=readers,
        )  # fmt: skip

    page = as_staff.get(talk.get_absolute_url()).content.decode()

    assert ("Open forms" in page, "Quiet forms" in page) == (True, False)


# --- other touches --------------------------------------------------------------------------


def touch(**more):
    return {
        "kind": "event",
        "title": "Spring health fair",
        "held_at": "2026-03-12T14:00",
        "what_mattered": "Forty families came for the bus passes.",
        "readers": "equity_team",
        **more,
    }


@pytest.mark.parametrize("kind", ["event", "meeting", "call", "briefing"])
def test_another_touch_needs_a_name_a_time_an_organization_and_a_line(as_lead, kind):
    union = PartnerFactory()

    response = as_lead.post(
        f"{reverse(CREATE)}?kind={kind}", touch(kind=kind, partners=[union.pk])
    )

    made = OneToOne.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.kind, made.title, list(made.partners.all()), made.contacts.count()) == (
        kind,
        "Spring health fair",
        [union],
        0,
    )
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Spring health fair is saved."
    ]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"title": ""}, {"title": ["Fill this in."]}),
        (
            {"partners": []},
            {"partners": ["Say for which organization it was, or who of them was there."]},
        ),
        ({"what_mattered": ""}, {"what_mattered": ["Fill this in."]}),
    ],
)
def test_a_touch_without_these_is_refused(as_lead, change, errors):
    data = touch(partners=[PartnerFactory().pk]) | change

    assert errors_of(as_lead, data) == errors


def test_a_touch_is_edited_as_what_it_is(as_lead, lead):
    fair = OneToOneFactory(created_by=lead, kind="event", title="Health fair")
    fair.partners.add(PartnerFactory())
    url = reverse("partnerships:one-to-one-edit", args=[fair.pk])
    form = form_with("title", as_lead.get(url))

    as_lead.post(url, form | {"title": "Spring health fair", "kind": "meeting"})

    fair.refresh_from_db()
    assert (fair.title, fair.kind) == ("Spring health fair", "meeting")


# --- what is better left out ----------------------------------------------------------------


def test_what_is_better_left_out_is_said_beside_the_message_and_kept_all_the_same(as_lead, rosa):
    data = answers(rosa, what_mattered="Off the record, she is undocumented.")

    response = as_lead.post(reverse(CREATE), data)

    assert OneToOne.objects.get().what_mattered == "Off the record, she is undocumented."
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert [words.split("?")[0] for words in said[1:]] == ["What mattered most to them"] * 2
    assert "immigration status" in said[1]


def test_what_the_script_said_already_is_not_said_again(as_lead, rosa):
    data = answers(rosa, what_mattered="Off the record.", warned=["confidence"])

    response = as_lead.post(reverse(CREATE), data)

    assert len(list(get_messages(response.wsgi_request))) == 1


def test_it_is_said_after_editing_too(as_lead, lead, rosa):
    talk = OneToOneFactory(created_by=lead)
    talk.contacts.add(rosa)
    url = reverse("partnerships:one-to-one-edit", args=[talk.pk])
    form = form_with("what_mattered", as_lead.get(url))

    response = as_lead.post(url, form | {"what_mattered": "Off the record."})

    assert len(list(get_messages(response.wsgi_request))) == 2


# --- the guide ------------------------------------------------------------------------------


def test_the_guide_is_linked_from_the_form_and_open_to_who_sees_partners(as_staff, client):
    guide = reverse("partnerships:conversation-guide")
    assert as_staff.get(guide).status_code == 200
    client.force_login(EquityLeadFactory())

    assert guide in client.get(reverse(CREATE)).content.decode()
