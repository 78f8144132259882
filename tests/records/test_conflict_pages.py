"""Every page that edits a record: the second to save sees both versions.

A later noun joins by a line in EDIT_PAGES.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import DepartmentSettings
from tests.factories import (
    ActionStepFactory,
    ActionStepRevisionFactory,
    AdministratorFactory,
    AdoptionFactory,
    ContactFactory,
    EditorFactory,
    EquityLeadFactory,
    FollowUpFactory,
    MembershipFactory,
    OneToOneFactory,
    PartnerFactory,
    PracticeFactory,
    PracticeGroupFactory,
    PracticeRevisionFactory,
    ProgramFactory,
    PromiseFactory,
    ResourceFactory,
    UserFactory,
    WorkgroupFactory,
)
from tests.pages import addresses_named, form_with

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class EditPage:
    """A record that both may change, the field both write in, and another field of theirs.

    `joint` stands between both authors' words; it is empty where a field cannot hold both.
    `other` is empty where a page has one field alone.
    """

    address: str
    make: Callable[[Any, Any], Any]
    field: str
    other: str = ""
    other_value: str = ""
    joint: str = " / "
    mine: str = "Mine."
    theirs: str = "Theirs."
    people: Any = EquityLeadFactory
    is_ones_own: bool = False  # its address names nobody; the two are one person, twice

    def url(self, record: Any) -> str:
        return reverse(self.address, args=[] if self.is_ones_own else [record.pk])

    @property
    def both(self) -> str:
        """What is kept unless the second chooses: both, or else their own."""
        return f"{self.theirs}{self.joint}{self.mine}" if self.joint else self.mine


def _one_to_one(lead, colleague):
    one_to_one = OneToOneFactory(created_by=lead, what_mattered="As it was.")
    one_to_one.contacts.set([ContactFactory()])
    one_to_one.colleagues.set([colleague])
    return one_to_one


def _adoption(lead, colleague):
    """A team's, so that more than one may say how it goes."""
    workgroup = MembershipFactory(user=lead).workgroup
    MembershipFactory(user=colleague, workgroup=workgroup)
    return AdoptionFactory(person=None, workgroup=workgroup, intent="As it was.", created_by=lead)


def _draft(factory, **words):
    return factory(status="draft", published_at=None, **words)


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
    EditPage(
        "partnerships:promise-edit",
        lambda lead, other: PromiseFactory(what="As it was.", created_by=lead, owner=other),
        field="what",
        other="direction",
        other_value="theirs",
    ),
    EditPage(
        "infrastructure:workgroup-edit",
        lambda lead, _: WorkgroupFactory(purpose="As it was.", created_by=lead),
        field="purpose",
        other="name",
        other_value="Fair hiring",
        joint="\n\n",
    ),
    EditPage(
        "infrastructure:adoption-edit",
        _adoption,
        field="intent",
        other="status",
        other_value="done",
    ),
    EditPage(
        "accounts:person-edit",
        lambda _, __: UserFactory(name="As it was."),
        field="name",
        other="roles",
        other_value="director",
        people=AdministratorFactory,
    ),
    EditPage(
        "accounts:profile-edit",
        lambda lead, _: lead,
        field="name",
        other="time_zone",
        other_value="America/Denver",
        is_ones_own=True,
    ),
    EditPage(
        "admin:accounts_departmentsettings_change",
        lambda _, __: DepartmentSettings.objects.load(),
        field="department_name",
        other="reminder_hour",
        other_value="8",
        people=AdministratorFactory,
    ),
    EditPage(
        "admin:accounts_program_change",
        lambda _, __: ProgramFactory(name="As it was."),
        field="name",
        people=AdministratorFactory,
    ),
    EditPage(
        "admin:practices_practicegroup_change",
        lambda _, __: PracticeGroupFactory(purpose="As it was."),
        field="purpose",
        other="name",
        other_value="Foundations",
        joint="\n\n",
        people=EditorFactory,
    ),
    EditPage(
        "admin:practices_practice_change",
        lambda _, __: PracticeFactory(),
        field="original",
        other="order",
        other_value="7",
        joint="",
        mine="https://mine.test",
        theirs="https://theirs.test",
        people=EditorFactory,
    ),
    EditPage(
        "admin:practices_actionstep_change",
        lambda _, __: ActionStepFactory(order=1),
        field="order",
        joint="",
        mine="7",
        theirs="8",
        people=EditorFactory,
    ),
    EditPage(
        "admin:practices_practicerevision_change",
        lambda _, __: _draft(PracticeRevisionFactory, what_it_is="As it was."),
        field="what_it_is",
        other="name",
        other_value="Listen",
        joint="\n\n",
        people=EditorFactory,
    ),
    EditPage(
        "admin:practices_actionsteprevision_change",
        lambda _, __: _draft(ActionStepRevisionFactory, what_to_do="As it was."),
        field="what_to_do",
        other="title",
        other_value="Listen",
        joint="\n\n",
        people=EditorFactory,
    ),
    EditPage(
        "admin:practices_resource_change",
        lambda _, __: ResourceFactory(annotation="As it was."),
        field="annotation",
        other="title",
        other_value="A report",
        joint="\n\n",
        people=EditorFactory,
    ),
]


@pytest.fixture(params=EDIT_PAGES, ids=[page.address for page in EDIT_PAGES])
def page(request):
    return request.param


@pytest.fixture
def two(page):
    """The two who are at it at once."""
    first = page.people()
    return first, first if page.is_ones_own else page.people()


@pytest.fixture
def record(page, two):
    return page.make(*two)


@pytest.fixture
def url(page, record):
    return page.url(record)


@pytest.fixture
def browsers(two):
    """The two people's, each signed in."""
    first, second = Client(), Client()
    for browser, person in zip((first, second), two, strict=True):
        browser.force_login(person)
    return first, second


def value_of(record, field):
    [value] = type(record)._default_manager.filter(pk=record.pk).values_list(field, flat=True)
    return ",".join(value) if isinstance(value, list) else str(value)


def test_every_page_that_edits_is_listed():
    in_the_admin = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        for model in admin.site._registry  # noqa: SLF001 (Django says it nowhere else)
    }

    assert {page.address for page in EDIT_PAGES} == in_the_admin | addresses_named("-edit")


@pytest.mark.parametrize("page", [p for p in EDIT_PAGES if p.other], ids=lambda p: p.address)
def test_two_who_change_different_things_are_both_saved(page, record, url, browsers):
    first, second = browsers
    mine, theirs = form_with("version", first.get(url)), form_with("version", second.get(url))

    second.post(url, theirs | {page.field: page.theirs})
    response = first.post(url, mine | {page.other: page.other_value})

    assert response.status_code == 302
    assert value_of(record, page.field) == page.theirs
    assert value_of(record, page.other) == page.other_value


def test_the_second_sees_both_versions_and_keeps_both_authors_words(page, record, url, browsers):
    first, second = browsers
    mine, theirs = form_with("version", first.get(url)), form_with("version", second.get(url))
    second.post(url, theirs | {page.field: page.theirs})

    both = first.post(url, mine | {page.field: page.mine})

    assert both.status_code == 200
    words = both.content.decode()
    assert "Somebody saved this while you were writing." in words
    assert words.count(page.mine) >= 1
    assert words.count(page.theirs) >= 1
    assert value_of(record, page.field) == page.theirs
    as_it_stands = form_with("version", both)
    assert as_it_stands[f"keep-{page.field}"] == ["both" if page.joint else "mine"]
    response = first.post(url, as_it_stands)
    assert response.status_code == 302
    assert value_of(record, page.field) == page.both


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_the_second_may_keep_one_of_them(page, record, url, browsers, choice):
    first, second = browsers
    mine, theirs = form_with("version", first.get(url)), form_with("version", second.get(url))
    second.post(url, theirs | {page.field: page.theirs})
    both = first.post(url, mine | {page.field: page.mine})

    first.post(url, form_with("version", both) | {f"keep-{page.field}": choice})

    assert value_of(record, page.field) == getattr(page, choice)


def test_the_page_of_one_person_asks_nothing(page, record, url, browsers):
    first, _second = browsers
    mine = form_with("version", first.get(url))

    response = first.post(url, mine | {page.field: page.mine})

    assert response.status_code == 302
    assert value_of(record, page.field) == page.mine
