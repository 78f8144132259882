"""The filter form owns the query string."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from partnerships.forms import OneToOneFilterForm, PartnerFilterForm
from partnerships.models import PartnerOrganization
from tests.factories import NOON, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partners(lead):
    kept = PartnerFactory(name="Kept", kind="labor")
    kept.owners.set([lead])
    PartnerFactory(name="Other", kind="faith")
    PartnerFactory(name="Away", archived_at=NOON, archived_by=lead)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Kept", "Other"]),
        ("kind=labor", ["Kept"]),
        ("owner=me", ["Kept"]),
        ("state=archived", ["Away"]),
        ("q=oth", ["Other"]),
        ("q=oth&kind=labor", []),
        ("page=2&unknown=1", ["Kept", "Other"]),
    ],
)
def test_what_is_chosen_is_applied(lead, query, names):
    form = PartnerFilterForm(QueryDict(query), user=lead, at=NOON)

    assert [p.name for p in form.apply(PartnerOrganization.objects.all())] == names


@pytest.mark.parametrize(
    ("query", "field"),
    [("kind=nonsense", "kind"), ("q=%00", "q"), (f"q={'x' * 201}", "q"), ("kind=%00", "kind")],
)
def test_a_value_that_cannot_be_read_filters_nothing_and_says_so(lead, query, field):
    form = PartnerFilterForm(QueryDict(query + "&owner=me"), user=lead, at=NOON)

    assert [p.name for p in form.apply(PartnerOrganization.objects.all())] == ["Kept"]
    assert list(form.errors) == [field]


def test_words_are_what_was_typed(lead):
    assert PartnerFilterForm(QueryDict("q=+tenants+"), user=lead, at=NOON).words == "tenants"
    assert PartnerFilterForm(QueryDict(""), user=lead, at=NOON).words == ""


def test_it_says_what_it_narrows_by_for_where_its_fields_are_folded(lead):
    def says(query):
        return PartnerFilterForm(QueryDict(query), user=lead, at=NOON).says()

    assert says("sort=-name") == []
    assert says("q=tenants&state=cold&owner=me") == [
        "Search: tenants",
        "How it stands: Going cold",
        "Kept by: Me",
    ]
    form = OneToOneFilterForm(QueryDict("since=2026-03-01&archived=on&contact=7"), user=lead)
    assert form.says() == ["From: March 1, 2026", "Archived"]
