"""The pages on which administrators look after people."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.factories import (
    NOON,
    AdministratorFactory,
    EquityLeadFactory,
    FollowUpFactory,
    OneToOneFactory,
    ProgramFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("accounts:person-list")


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


def page_of(person: User, verb: str) -> str:
    return reverse(f"accounts:person-{verb}", args=[person.pk])


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


# --- list ---------------------------------------------------------------------------------


@pytest.fixture
def people(administrator):
    """Ada is signed in and an administrator; each other person differs in one thing."""
    UserFactory(name="Sam Staff", email="sam@county.test", last_login=NOON)
    EquityLeadFactory(name="Ana Lead", email="ana@county.test")
    UserFactory(name="Gone Away", email="gone@county.test", is_active=False)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Ada Administrator", "Ana Lead", "Sam Staff"]),
        ({"q": "staff"}, ["Sam Staff"]),
        ({"q": "ana county"}, ["Ana Lead"]),
        ({"q": "100%"}, []),
        ({"role": "equity_lead"}, ["Ana Lead"]),
        ({"state": "expected"}, ["Ana Lead"]),
        ({"state": "deactivated"}, ["Gone Away"]),
        ({"state": "no such state"}, ["Ada Administrator", "Ana Lead", "Sam Staff"]),
    ],
)
def test_person_list_filters(as_administrator, people, query, names):
    page = as_administrator.get(LIST, query)

    assert [person.name for person in page.context["page_obj"]] == names


def test_person_list_answers_htmx_with_the_rows_alone(as_administrator, people):
    page = as_administrator.get(LIST, {"q": "sam"}, headers={"HX-Request": "true"})

    html = page.content.decode()
    assert html.strip().startswith('<div id="rows">')
    assert "Sam Staff" in html
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("rows", [1, 3])
def test_person_list_query_count(as_administrator, django_assert_num_queries, rows):
    for person in UserFactory.create_batch(rows):
        person.programs.set(ProgramFactory.create_batch(2))

    with django_assert_num_queries(6):
        as_administrator.get(LIST)


# --- one person ---------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_person_detail_query_count(as_administrator, django_assert_num_queries, rows):
    person = UserFactory(reports_to=UserFactory())
    UserFactory.create_batch(rows, reports_to=person)
    person.programs.set(ProgramFactory.create_batch(rows))

    with django_assert_num_queries(6):
        as_administrator.get(person.get_absolute_url())


def test_person_detail_shows_no_relationship_record(as_administrator):
    lead = EquityLeadFactory()
    FollowUpFactory(what="Call the tenants about rent", assignee=lead)
    OneToOneFactory(what_mattered="Mold in the stairwell", created_by=lead)

    pages = [
        as_administrator.get(url).content.decode()
        for url in (LIST, lead.get_absolute_url(), page_of(lead, "edit"))
    ]

    assert [("tenants" in html, "Mold" in html) for html in pages] == [(False, False)] * 3


def test_person_detail_says_what_the_roles_allow(as_administrator):
    person = UserFactory(roles=[Role.CONTENT_EDITOR, Role.ADMINISTRATOR])

    page = as_administrator.get(person.get_absolute_url())

    assert [str(ability.label) for ability in page.context["abilities"]] == [
        "Edit the guide",
        "Invite people, give roles, deactivate",
        "Change the department's settings",
    ]


def test_unknown_person_is_not_found(as_administrator):
    assert as_administrator.get(reverse("accounts:person-detail", args=[0])).status_code == 404


# --- edit ---------------------------------------------------------------------------------


def form_of(page) -> dict:
    """What the browser would post of the page's form, unchanged."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def test_edit_person(as_administrator):
    person, leader, program = UserFactory(), UserFactory(), ProgramFactory()
    words = form_of(as_administrator.get(page_of(person, "edit"))) | {
        "name": "Rosa Diaz",
        "roles": ["staff", "director"],
        "programs": [program.pk],
        "reports_to": leader.pk,
    }

    answer = as_administrator.post(page_of(person, "edit"), words)

    person.refresh_from_db()
    assert answer.url == person.get_absolute_url()
    assert (person.name, person.roles, list(person.programs.all()), person.reports_to) == (
        "Rosa Diaz",
        ["director", "staff"],
        [program],
        leader,
    )
    assert person.version == 2


def test_roles_that_two_administrators_changed_stand_side_by_side(as_administrator):
    person = UserFactory()
    url = page_of(person, "edit")
    mine = form_of(as_administrator.get(url))
    User.objects.filter(pk=person.pk).update(roles=["director"], version=2)

    page = as_administrator.post(url, mine | {"roles": ["staff", "equity_lead"]})

    assert [(c.field, c.mine, c.theirs) for c in page.context["form"].conflicts] == [
        ("roles", "Equity lead, Staff", "Director")
    ]


@pytest.mark.parametrize(
    ("others", "refusal"),
    [
        (0, "This is the only administrator. Give somebody else that role first."),
        (1, "Ask another administrator to take this role from you."),
    ],
)
def test_taking_the_role_from_oneself_is_refused_at_the_field(
    as_administrator, administrator, others, refusal
):
    AdministratorFactory.create_batch(others)
    url = page_of(administrator, "edit")
    words = form_of(as_administrator.get(url)) | {"roles": ["staff"], "name": "Ada Lovelace"}

    page = as_administrator.post(url, words)

    administrator.refresh_from_db()
    assert page.context["form"].errors == {"roles": [refusal]}
    assert page.context["form"]["name"].value() == "Ada Lovelace"
    assert (administrator.roles, administrator.version) == (["administrator"], 1)


def test_edit_keeps_a_program_that_was_archived_since(as_administrator, administrator):
    program = ProgramFactory(archived_at=NOON, archived_by=administrator)
    person = UserFactory()
    person.programs.add(program)

    as_administrator.post(
        page_of(person, "edit"), form_of(as_administrator.get(page_of(person, "edit")))
    )

    assert list(person.programs.all()) == [program]


def test_nobody_is_offered_as_their_own_leader(as_administrator):
    person = UserFactory()

    page = as_administrator.get(page_of(person, "edit"))

    assert person not in page.context["form"].fields["reports_to"].queryset


# --- deactivate, reactivate ---------------------------------------------------------------


def test_deactivate_and_undo(as_administrator):
    person = UserFactory(name="Rosa Diaz")

    page = as_administrator.post(page_of(person, "deactivate"), follow=True)

    person.refresh_from_db()
    assert not person.is_active
    assert said(page) == ["Rosa Diaz is deactivated, and signed out everywhere."]
    (message,) = page.context["messages"]
    assert message.extra_tags == page_of(person, "reactivate")

    page = as_administrator.post(message.extra_tags, follow=True)

    person.refresh_from_db()
    assert person.is_active
    assert said(page) == ["Rosa Diaz may sign in again."]


def test_deactivate_yourself_is_refused_in_a_sentence(as_administrator, administrator):
    AdministratorFactory()

    page = as_administrator.post(page_of(administrator, "deactivate"), follow=True)

    administrator.refresh_from_db()
    assert administrator.is_active
    assert said(page) == ["You cannot deactivate your own account. Ask another administrator."]


def test_deactivated_colleague_is_out_at_the_next_press(as_administrator, client_of):
    person = UserFactory()
    theirs = client_of(person)
    before = theirs.get(reverse("accounts:profile")).status_code

    as_administrator.post(page_of(person, "deactivate"))

    after = theirs.get(reverse("accounts:profile"))
    assert (before, after.status_code) == (200, 302)
    assert after.url == "/accounts/login/?next=/account/"


def test_inactive_account_is_turned_away_even_if_its_session_survived(client_of):
    person = UserFactory()
    theirs = client_of(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert theirs.get(reverse("accounts:profile")).status_code == 302


@pytest.fixture
def client_of():
    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


# --- who may ------------------------------------------------------------------------------

ADDRESSES = [
    ("get", "accounts:person-list", []),
    ("get", "accounts:person-invite", []),
    ("get", "accounts:person-detail", [1]),
    ("get", "accounts:person-edit", [1]),
    ("post", "accounts:person-deactivate", [1]),
    ("post", "accounts:person-reactivate", [1]),
    ("post", "accounts:person-invite-again", [1]),
]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize(("method", "name", "args"), ADDRESSES)
def test_only_administrators_look_after_people(client, role, method, name, args):
    client.force_login(UserFactory(roles=[role]))

    assert getattr(client, method)(reverse(name, args=args)).status_code == 403
