"""From the administrator's form to the colleague who is in."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import DepartmentSettings, User
from accounts.roles import Role
from tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db

INVITE = reverse("accounts:person-invite")
PASSWORD = "four-good-words-here"


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def department(db):
    DepartmentSettings.objects.update(department_name="Riverbend County Health Department")


def invitation(**words):
    return {"email": "rosa@county.test", "name": "Rosa Diaz", "roles": ["staff"]} | words


def link_in(mail) -> str:
    """The path of the link with which one chooses a password."""
    return urlsplit(re.search(r"\S+/password/reset/key/\S+/", mail.body).group()).path


def test_invited_colleague_chooses_a_password_and_is_in(as_administrator, mailoutbox, department):
    as_administrator.post(INVITE, invitation())
    person = User.objects.get(email="rosa@county.test")
    rosa = Client()

    page = rosa.get(link_in(mailoutbox[0]), follow=True)
    choice = {"password1": PASSWORD, "password2": PASSWORD}
    answer = rosa.post(page.request["PATH_INFO"], choice)

    assert page.status_code == 200
    assert (answer.status_code, answer.url) == (302, "/")
    assert rosa.get(reverse("accounts:profile")).context["person"] == person
    assert Client().login(email="rosa@county.test", password=PASSWORD)


def test_the_link_works_once(as_administrator, mailoutbox):
    as_administrator.post(INVITE, invitation())
    link = link_in(mailoutbox[0])
    rosa = Client()
    page = rosa.get(link, follow=True)
    rosa.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    again = Client().get(link, follow=True)

    assert again.context["token_fail"] is True


def test_invitation_mail(as_administrator, mailoutbox, department):
    as_administrator.post(INVITE, invitation())

    mail = mailoutbox[0]
    link = settings.BASE_URL + link_in(mail)
    assert (mail.to, mail.subject, mail.extra_headers) == (
        ["rosa@county.test"],
        "Ada Administrator invites you to the Equity Portal",
        {"Reply-To": "ada@county.test"},
    )
    assert mail.body == (
        "Welcome, Rosa Diaz.\n"
        "\n"
        "Ada Administrator has made an account for you in the Equity Portal of Riverbend County "
        "Health Department. You sign in with this e-mail address and a password of your own. "
        "Choose it here:\n"
        f"{link}\n"
        "\n"
        "The link works once, for 3 days. If it no longer does, press “Forgotten your password?” "
        "where you sign in.\n"
        "\n"
        "--\n"
        "You know nothing of this? Then do nothing: without a password nobody can use the "
        "account.\n"
        "Riverbend County Health Department\n"
        f"{settings.BASE_URL}"
    )
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    assert f'<a href="{link}">Choose your password</a>' in html
    assert "Riverbend County Health Department" in html


def test_forgotten_password_mail_names_the_department(client, mailoutbox, department):
    UserFactory(email="rosa@county.test")

    client.post(reverse("account_reset_password"), {"email": "rosa@county.test"})

    (mail,) = mailoutbox
    assert mail.subject == "A new password for the Equity Portal"
    assert "Riverbend County Health Department" in mail.body
    assert "Riverbend County Health Department" in mail.alternatives[0][0]


def test_an_address_without_an_account_gets_no_mail(client, mailoutbox, department):
    response = client.post(reverse("account_reset_password"), {"email": "stranger@else.test"})

    assert (response.status_code, mailoutbox) == (302, [])


def test_forgotten_password_link_takes_no_host_from_the_request(client, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    UserFactory(email="rosa@county.test")

    client.post(
        reverse("account_reset_password"), {"email": "rosa@county.test"}, HTTP_HOST="evil.test"
    )

    body = mailoutbox[0].body
    assert settings.BASE_URL + link_in(mailoutbox[0]) in body
    assert "evil.test" not in body


def test_another_address_is_confirmed_by_a_mail_that_names_the_department(
    client, mailoutbox, department
):
    person = UserFactory(name="Rosa Diaz")
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp()}
    ]
    session.save()

    client.post(reverse("account_email"), {"email": "rosa.new@county.test", "action_add": ""})

    mails = [mail for mail in mailoutbox if mail.to == ["rosa.new@county.test"]]
    assert [mail.subject for mail in mails] == ["Is this address yours?"]
    assert "Riverbend County Health Department" in mails[0].body
    assert settings.BASE_URL + "/accounts/confirm-email/" in mails[0].body


def test_inviting_twice_with_one_form_mails_once(as_administrator, mailoutbox):
    page = as_administrator.get(INVITE)
    key = page.context["form"]["submission_key"].value()

    first = as_administrator.post(INVITE, invitation(submission_key=key))
    second = as_administrator.post(INVITE, invitation(submission_key=key))

    person = User.objects.get(email="rosa@county.test")
    assert (first.url, second.url) == (person.get_absolute_url(), person.get_absolute_url())
    assert len(mailoutbox) == 1


def test_inviting_somebody_who_has_an_account_says_so_at_the_field(as_administrator, mailoutbox):
    UserFactory(email="rosa@county.test")

    page = as_administrator.post(INVITE, invitation(email="Rosa@County.test"))

    assert page.context["form"].errors == {
        "email": ["Somebody has an account with this e-mail already."]
    }
    assert mailoutbox == []


def test_inviting_without_a_role_asks_for_one(as_administrator):
    page = as_administrator.post(INVITE, invitation(roles=[]))

    assert page.context["form"].errors == {"roles": ["Choose one role at least."]}


def test_a_mail_server_that_refuses_leaves_the_person_to_be_invited_again(
    as_administrator, settings, mailoutbox
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    page = as_administrator.post(INVITE, invitation(), follow=True)

    person = User.objects.get(email="rosa@county.test")
    assert person.invited_at is None
    assert [str(message) for message in page.context["messages"]] == [
        "The invitation to rosa@county.test could not be mailed. Send it again in a while."
    ]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    as_administrator.post(reverse("accounts:person-invite-again", args=[person.pk]))

    assert [mail.to for mail in mailoutbox] == [["rosa@county.test"]]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({}, "An invitation is on its way to rosa@county.test."),
        (
            {"last_login": NOON},
            "Rosa Diaz has signed in before, and can ask for a new password when signing in.",
        ),
        ({"is_active": False}, "Rosa Diaz is deactivated. Reactivate them first."),
    ],
)
def test_invite_again(as_administrator, mailoutbox, state, said):
    person = UserFactory(name="Rosa Diaz", email="rosa@county.test", **state)

    url = reverse("accounts:person-invite-again", args=[person.pk])
    page = as_administrator.post(url, follow=True)

    assert [str(message) for message in page.context["messages"]] == [said]
    assert len(mailoutbox) == (0 if state else 1)


def test_every_role_says_what_it_may_do(as_administrator):
    html = as_administrator.get(INVITE).content.decode()

    labels = re.findall(r"<label[^>]*form-check-label.*?</label>", html, re.DOTALL)
    said = [" ".join(re.sub(r"<[^>]+>", " ", unescape(label)).split()) for label in labels]
    staff = (
        "See partners, contacts and what is shared with staff. "
        "See workgroups and the steps that teams took up. Take up an action step."
    )
    lead = (
        "See partners, contacts and what is shared with staff. Read one-to-ones shared with the "
        "equity team. Record partners, contacts, one-to-ones and follow-ups. See workgroups and "
        "the steps that teams took up. Start and change any workgroup. Take up an action step."
    )
    assert said[: len(Role)] == [
        f"Staff {staff}",
        f"Equity lead {lead}",
        "Content editor Edit the guide.",
        f"Director {staff}",
        "Administrator Invite people, give roles, deactivate. Change the department's settings.",
    ]


def test_an_invitation_link_of_somebody_deactivated_lets_nobody_in(as_administrator, mailoutbox):
    as_administrator.post(INVITE, invitation())
    person = User.objects.get(email="rosa@county.test")
    as_administrator.post(reverse("accounts:person-deactivate", args=[person.pk]))
    rosa = Client()

    page = rosa.get(link_in(mailoutbox[0]), follow=True)
    rosa.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    assert rosa.get(reverse("accounts:profile")).status_code == 302
