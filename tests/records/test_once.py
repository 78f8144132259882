"""A form that is posted twice makes one record."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from partnerships.forms import NewPartnerForm
from partnerships.models import PartnerOrganization
from partnerships.services import add_partner
from records.services import NotYourForm, archive
from tests.factories import NOON, EquityLeadFactory, PartnerFactory

KEY = uuid.UUID("5b9bdb1e-8a0f-4dd1-9d5f-3b7d7d0c8a11")
TYPED = {"name": "Tenants", "kind": "other", "submission_key": str(KEY)}


def add(*, by, name="Tenants", key=KEY):
    partner = PartnerOrganization(name=name, kind="other")
    return add_partner(partner=partner, owners=[by], programs=[], by=by, at=NOON, key=key)


@pytest.mark.django_db
def test_two_posts_of_one_form_make_one_row(lead):
    first, second = (
        NewPartnerForm(typed, user=lead) for typed in (TYPED, TYPED | {"name": "Tenants again"})
    )
    assert first.is_valid()
    assert second.is_valid()

    made = first.save_new(by=lead, at=NOON)
    found = second.save_new(by=lead, at=NOON)

    assert found == made
    assert [(p.name, p.submission_key) for p in PartnerOrganization.objects.all()] == [
        ("Tenants", KEY)
    ]


@pytest.mark.django_db
def test_each_form_that_is_opened_has_a_key_of_its_own(lead):
    first, second = NewPartnerForm(user=lead), NewPartnerForm(user=lead)

    assert first["submission_key"].value() == first["submission_key"].value()
    assert first["submission_key"].value() != second["submission_key"].value()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", None])
def test_without_a_key_each_post_makes_a_row(lead, key):
    form = NewPartnerForm(TYPED | {"submission_key": key or ""}, user=lead)
    assert form.is_valid()

    assert form.key is None
    assert add(by=lead, key=form.key) != add(by=lead, key=form.key)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["nonsense", "5b9b", "\x00", "1" * 1000])
def test_a_key_that_is_none_is_an_error_and_makes_nothing(lead, key):
    form = NewPartnerForm(TYPED | {"submission_key": key}, user=lead)

    assert not form.is_valid()
    assert list(form.errors) == ["submission_key"]


@pytest.mark.django_db
def test_somebody_elses_key_finds_nothing_of_theirs_and_makes_nothing(lead, other_lead):
    add(by=lead, name="Ana's")

    with pytest.raises(NotYourForm):
        add(by=other_lead, name="Joy's")

    assert [p.name for p in PartnerOrganization.objects.all()] == ["Ana's"]


@pytest.mark.django_db
def test_a_row_that_was_archived_since_is_still_the_forms_row(lead):
    made = add(by=lead)
    archive(record=made, by=lead, at=NOON)

    assert add(by=lead) == made


@pytest.mark.django_db
def test_a_key_of_another_kind_of_record_is_free(lead):
    PartnerFactory(submission_key=uuid.uuid4())

    assert add(by=lead).submission_key == KEY


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_the_same_time_make_one_row():
    """Two connections, really at once: the second waits for the first and finds its row."""
    lead = EquityLeadFactory()
    ready = threading.Barrier(4, timeout=30)

    def post(number):
        try:
            ready.wait()
            return add(by=lead, name=f"Post {number}").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(post, range(4)))

    partner = PartnerOrganization.objects.get()
    assert made == {partner.pk}
    assert [*partner.owners.all()] == [lead]
