"""Every page that edits a relationship record: the second to save sees both versions.

A later noun joins by a line in EDIT_PAGES.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ContactFactory, FollowUpFactory, OneToOneFactory, PartnerFactory
from tests.pages import form_with

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class EditPage:
    """A record that both may change, the field both write in, and another field of theirs."""

    address: str
    make: Callable[[Any, Any], Any]
    field: str
    other: str
    other_value: str
    joint: str = " / "


def _one_to_one(lead, colleague):
    one_to_one = OneToOneFactory(created_by=lead, what_mattered="As it was.")
    one_to_one.contacts.set([ContactFactory()])
    one_to_one.colleagues.set([colleague])
    return one_to_one


EDIT_PAGES = [
    EditPage(
        "partnerships:partner-edit",
        lambda lead, _: PartnerFactory(about="As it was.", created_by=lead),
        field="about",
        other="website",
        other_value="https://union.test",
        joint="\n\n",
    ),
    EditPage(
        "partnerships:contact-edit",
        lambda lead, _: ContactFactory(language="As it was.", created_by=lead),
        field="language",
        other="pronouns",
        other_value="she, her",
    ),
    EditPage(
        "partnerships:one-to-one-edit",
        _one_to_one,
        field="what_mattered",
        other="readers",
        other_value="staff",
        joint="\n\n",
    ),
    EditPage(
        "partnerships:follow-up-edit",
        lambda lead, other: FollowUpFactory(what="As it was.", created_by=lead, assignee=other),
        field="what",
        other="due_on",
        other_value="2026-04-02",
    ),
]


@pytest.fixture(params=EDIT_PAGES, ids=[page.address for page in EDIT_PAGES])
def page(request):
    return request.param


@pytest.fixture
def record(page, lead, other_lead):
    return page.make(lead, other_lead)


@pytest.fixture
def url(page, record):
    return reverse(page.address, args=[record.pk])


@pytest.fixture
def browsers(lead, other_lead):
    """The two people's, each signed in."""
    first, second = Client(), Client()
    first.force_login(lead)
    second.force_login(other_lead)
    return first, second


def value_of(record, field):
    return str(type(record).objects.values_list(field, flat=True).get(pk=record.pk))


def test_two_who_change_different_things_are_both_saved(page, record, url, browsers):
    first, second = browsers
    mine, theirs = form_with("version", first.get(url)), form_with("version", second.get(url))

    second.post(url, theirs | {page.field: "Theirs."})
    response = first.post(url, mine | {page.other: page.other_value})

    assert response.status_code == 302
    assert value_of(record, page.field) == "Theirs."
    assert value_of(record, page.other) == page.other_value


def test_the_second_sees_both_versions_and_keeps_both_authors_words(page, record, url, browsers):
    first, second = browsers
    mine, theirs = form_with("version", first.get(url)), form_with("version", second.get(url))
    second.post(url, theirs | {page.field: "Theirs."})

    both = first.post(url, mine | {page.field: "Mine."})

    assert both.status_code == 200
    words = both.content.decode()
    assert "Somebody saved this while you were writing." in words
    assert words.count("Mine.") >= 1
    assert words.count("Theirs.") >= 1
    assert value_of(record, page.field) == "Theirs."
    as_it_stands = form_with("version", both)
    assert as_it_stands[f"keep-{page.field}"] == ["both"]
    response = first.post(url, as_it_stands)
    assert response.status_code == 302
    assert value_of(record, page.field) == f"Theirs.{page.joint}Mine."


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Mine."), ("theirs", "Theirs.")])
def test_the_second_may_keep_one_of_them(page, record, url, browsers, choice, kept):
    first, second = browsers
    mine, theirs = form_with("version", first.get(url)), form_with("version", second.get(url))
    second.post(url, theirs | {page.field: "Theirs."})
    both = first.post(url, mine | {page.field: "Mine."})

    first.post(url, form_with("version", both) | {f"keep-{page.field}": choice})

    assert value_of(record, page.field) == kept


def test_the_page_of_one_person_asks_nothing(page, record, url, browsers):
    first, _second = browsers
    mine = form_with("version", first.get(url))

    response = first.post(url, mine | {page.field: "Mine."})

    assert response.status_code == 302
    assert value_of(record, page.field) == "Mine."
