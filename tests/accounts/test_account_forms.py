"""The pages of signing in and of passwords call things as the portal does."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

pytestmark = pytest.mark.django_db

LABEL = re.compile(
    r"<label[^>]*>\s*(.*?)\s*(?:<span class=\"asteriskField\">.*?)?</label>", re.DOTALL
)


def labels_of(page):
    return [" ".join(label.split()) for label in LABEL.findall(page.content.decode())]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("account_login", ["E-mail", "Password", "Keep me signed in on this device"]),
        ("account_reset_password", ["E-mail"]),
    ],
)
def test_visitors_read_our_words(client, name, labels):
    page = client.get(reverse(name))

    assert labels_of(page) == labels
    assert "placeholder" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        (
            "account_change_password",
            ["Your password until now", "New password", "The new password again"],
        ),
        ("account_reauthenticate", ["Password"]),
    ],
)
def test_people_read_our_words(as_staff, name, labels):
    page = as_staff.get(reverse(name), follow=True)

    assert labels_of(page) == labels


def test_another_address_is_called_an_e_mail(as_staff):
    page = as_staff.get(reverse("account_email"))

    assert labels_of(page)[-1] == "E-mail"


def test_a_wrong_password_is_told_in_our_words(client, staff):
    page = client.post(reverse("account_login"), {"login": staff.email, "password": "wrong"})

    assert page.context["form"].non_field_errors() == [
        "No account has this e-mail and this password. Check both, or ask for a new password."
    ]


@pytest.mark.parametrize(("others", "buttons"), [(0, 0), (1, 3)])
def test_one_confirmed_address_has_nothing_to_be_done(as_staff, staff, others, buttons):
    for number in range(others):
        EmailAddress.objects.create(user=staff, email=f"sam{number}@county.test")

    page = as_staff.get(reverse("account_email")).content.decode()

    names = ("action_primary", "action_send", "action_remove")
    assert sum(f'name="{name}"' in page for name in names) == buttons
