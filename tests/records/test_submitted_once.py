"""Every page that makes a record: the same form posted twice makes one, and ends there twice.

A later noun joins by a line in CREATE_PAGES.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from infrastructure.models import Adoption, Workgroup
from partnerships.models import (
    Contact,
    FollowUp,
    Introduction,
    OneToOne,
    PartnerOrganization,
    Promise,
)
from tests.factories import (
    ActionStepFactory,
    ActionStepRevisionFactory,
    AdministratorFactory,
    ContactFactory,
    EquityLeadFactory,
    PartnerFactory,
    UserFactory,
)
from tests.pages import addresses_named, form_with

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class CreatePage:
    address: str
    model: Any
    typed: Callable[[], dict[str, str]]
    also: dict[Any, int] = field(default_factory=dict)  # what else it makes
    people: Any = EquityLeadFactory
    where: Callable[[], list[str]] = list  # what else its address names
    again: Callable[[], dict[str, str]] = dict  # what a second of them must differ in
    # Where one is once it is made; of a part of a page, at the top, where the message stands.
    page_of: Callable[[Any], str] = lambda record: record.get_absolute_url()
    # Made without an author's name, so that a form is nobody's in particular.
    is_anybodys: bool = False


def _step():
    step = ActionStepFactory(slug="sit", practice__slug="listen")
    ActionStepRevisionFactory(step=step)
    return [step.practice.slug, step.slug]


CREATE_PAGES = [
    CreatePage(
        "partnerships:partner-create",
        PartnerOrganization,
        lambda: {"name": "Tenants Union", "kind": "power_building"},
        again=lambda: {"name": "Eastbank Renters"},
    ),
    CreatePage(
        "partnerships:contact-create",
        Contact,
        lambda: {"name": "Rosa Delgado"},
        again=lambda: {"name": "Luis Ortega"},
    ),
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
        lambda: {"what": "Call the clerk", "due_on": "2099-04-02"},
    ),
    CreatePage(
        "partnerships:introduction-create",
        Introduction,
        lambda: {"colleague": str(UserFactory().pk), "due_on": "2099-04-02"},
        also={FollowUp: 1},
        where=lambda: [str(PartnerFactory().pk)],
        again=lambda: {"colleague": str(UserFactory().pk)},
        page_of=lambda introduction: introduction.partner.get_absolute_url(),
    ),
    CreatePage(
        "partnerships:promise-create",
        Promise,
        lambda: {
            "what": "Send the forms",
            "partner": str(PartnerFactory().pk),
            "due_on": timezone.localdate().isoformat(),
        },
    ),
    CreatePage(
        "infrastructure:workgroup-create",
        Workgroup,
        lambda: {
            "name": "Fair hiring",
            "purpose": "Who we hire.",
            "sponsor": str(UserFactory().pk),
        },
        again=lambda: {"name": "Fair pay"},
    ),
    CreatePage(
        "infrastructure:adoption-create",
        Adoption,
        lambda: {"intent": "Ask for half a post."},
        where=_step,
    ),
    CreatePage(
        "accounts:person-invite",
        User,
        lambda: {"email": "rosa@county.test", "name": "Rosa Diaz", "roles": "staff"},
        people=AdministratorFactory,
        again=lambda: {"email": "rosa2@county.test"},
        is_anybodys=True,
    ),
]


@pytest.fixture(params=CREATE_PAGES, ids=[page.address for page in CREATE_PAGES])
def page(request):
    return request.param


@pytest.fixture
def person(page):
    return page.people()


@pytest.fixture
def browser(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def url(page):
    return reverse(page.address, args=page.where())


@pytest.fixture
def typed(page):
    return page.typed()


@pytest.fixture
def made(page, person, url, typed):
    """How many rows there are beyond those that were there before the form was."""
    models = [page.model, *page.also]
    before = {model: model._default_manager.count() for model in models}
    return lambda: {model: model._default_manager.count() - before[model] for model in models}


def test_the_same_form_posted_twice_makes_one_record_and_ends_on_its_page(
    page, browser, url, typed, made
):
    data = form_with("submission_key", browser.get(url)) | typed

    first = browser.post(url, data)
    second = browser.post(url, data)

    key = data["submission_key"][0]
    record = page.model._default_manager.get(submission_key=key)
    assert [first.status_code, second.status_code] == [302, 302]
    assert [first.url, second.url] == [page.page_of(record)] * 2
    assert made() == {page.model: 1, **page.also}


def test_a_form_that_came_back_with_an_error_still_counts_once(page, browser, url, typed, made):
    empty = dict.fromkeys(typed, "")
    wrong = browser.post(url, form_with("submission_key", browser.get(url)) | empty)
    data = form_with("submission_key", wrong) | typed

    browser.post(url, data)
    browser.post(url, data)

    assert wrong.status_code == 200
    assert made() == {page.model: 1, **page.also}


def test_a_form_opened_twice_makes_two_records(page, browser, url, typed, made):
    for more in ({}, page.again()):
        browser.post(url, form_with("submission_key", browser.get(url)) | typed | more)

    assert made()[page.model] == 2


def test_somebody_elses_form_is_refused(page, browser, url, typed, made):
    data = form_with("submission_key", browser.get(url)) | typed
    browser.post(url, data)
    stranger = page.people()
    there = made()
    other = Client()
    other.force_login(stranger)

    response = other.post(url, data)

    assert response.status_code == (302 if page.is_anybodys else 403)
    assert made() == there


def test_every_page_that_makes_a_record_is_listed():
    # Who is in a workgroup or an organization: a second row for the same person is refused.
    others = {"infrastructure:membership-create", "partnerships:affiliation-create"}

    assert {page.address for page in CREATE_PAGES} | others == addresses_named(
        "-create", "-invite"
    )
