"""Every page that makes a record: the same form posted twice makes one, and ends there twice.

A later noun joins by a line in CREATE_PAGES.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization
from tests.factories import ContactFactory
from tests.pages import form_with

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class CreatePage:
    address: str
    model: Any
    typed: Callable[[], dict[str, str]]
    also: dict[Any, int] = field(default_factory=dict)  # what else it makes


CREATE_PAGES = [
    CreatePage(
        "partnerships:partner-create",
        PartnerOrganization,
        lambda: {"name": "Tenants Union", "kind": "power_building"},
    ),
    CreatePage("partnerships:contact-create", Contact, lambda: {"name": "Rosa Delgado"}),
    CreatePage(
        "partnerships:one-to-one-create",
        OneToOne,
        lambda: {
            "contacts": str(ContactFactory().pk),
            "what_mattered": "Interpreters.",
            "next_step": "Call the clerk",
        },
        also={FollowUp: 1},
    ),
    CreatePage(
        "partnerships:follow-up-create",
        FollowUp,
        lambda: {"what": "Call the clerk", "due_on": "2026-04-02"},
    ),
]


@pytest.fixture(params=CREATE_PAGES, ids=[page.address for page in CREATE_PAGES])
def page(request):
    return request.param


def counts(page):
    return {model: model.objects.count() for model in [page.model, *page.also]}


def test_the_same_form_posted_twice_makes_one_record_and_ends_on_its_page(page, as_lead):
    url = reverse(page.address)
    data = form_with("submission_key", as_lead.get(url)) | page.typed()

    first = as_lead.post(url, data)
    second = as_lead.post(url, data)

    record = page.model.objects.get(submission_key=data["submission_key"][0])
    assert [first.status_code, second.status_code] == [302, 302]
    assert [first.url, second.url] == [record.get_absolute_url()] * 2
    assert counts(page) == {page.model: 1, **page.also}


def test_a_form_that_came_back_with_an_error_still_counts_once(page, as_lead):
    url = reverse(page.address)
    wrong = as_lead.post(url, form_with("submission_key", as_lead.get(url)))
    data = form_with("submission_key", wrong) | page.typed()

    as_lead.post(url, data)
    as_lead.post(url, data)

    assert wrong.status_code == 200
    assert counts(page) == {page.model: 1, **page.also}


def test_a_form_opened_twice_makes_two_records(page, as_lead):
    url = reverse(page.address)
    typed = page.typed()

    for _ in range(2):
        as_lead.post(url, form_with("submission_key", as_lead.get(url)) | typed)

    assert page.model.objects.count() == 2


def test_somebody_elses_form_is_refused(page, as_lead, other_lead):
    url = reverse(page.address)
    data = form_with("submission_key", as_lead.get(url)) | page.typed()
    as_lead.post(url, data)
    other = Client()
    other.force_login(other_lead)

    response = other.post(url, data)

    assert response.status_code == 403
    assert counts(page) == {page.model: 1, **page.also}
