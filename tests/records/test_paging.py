"""A list is walked by the keys of its rows, and shows every row once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Length
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.models import FollowUp, OneToOne, PartnerOrganization
from records.paging import keyset_page
from tests.factories import NOON, FollowUpFactory, OneToOneFactory, PartnerFactory

pytestmark = pytest.mark.django_db

ORDERS = [
    ["name", "pk"],
    ["-name", "-pk"],
    ["rhythm_weeks", "pk"],
    ["-rhythm_weeks", "name", "pk"],
    [F("rhythm_weeks").desc(nulls_last=True), "-name", "pk"],
    [F("rhythm_weeks"), F("name"), "pk"],
    [F("rhythm_weeks").asc(nulls_first=True), "kind", "-pk"],
    ["-length", "parent__name", "pk"],
]


def page_at(rows, query="", size=2):
    return keyset_page(RequestFactory().get("/partners/" + query), rows, size=size)


def walk(rows, size):
    """Every page forward, and then every page back."""
    forward = [page_at(rows, size=size)]
    while forward[-1].next:
        forward.append(page_at(rows, forward[-1].next, size))
    back = [forward[-1]]
    while back[-1].previous:
        back.append(page_at(rows, back[-1].previous, size))
    return [list(page) for page in forward], [list(page) for page in back[::-1]]


some_rows = st.lists(
    st.tuples(st.sampled_from("aBbé"), st.sampled_from([None, 1, 2]), st.booleans()), max_size=9
)


@given(rows=some_rows, order=st.sampled_from(ORDERS), size=st.integers(1, 4))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_walking_forward_and_back_gives_every_row_once_in_order(lead, rows, order, size):
    PartnerOrganization.objects.update(parent=None)
    PartnerOrganization.objects.all().delete()
    parent = PartnerFactory(name="parent", created_by=lead)
    PartnerOrganization.objects.bulk_create(
        PartnerFactory.build(
            name=name,
            rhythm_weeks=rhythm,
            parent=parent if has_parent else None,
            created_by=lead,
        )
        for name, rhythm, has_parent in rows
    )
    partners = PartnerOrganization.objects.annotate(length=Length("name")).order_by(*order)
    everything = list(partners)

    forward, back = walk(partners, size)

    assert [row for page in forward for row in page] == everything
    assert [row for page in back for row in page] == everything


def test_moments_keep_their_fractions_of_a_second():
    moments = [NOON + timedelta(microseconds=n) for n in range(3)]
    rows = [OneToOneFactory(held_at=moment) for moment in moments]

    forward, _back = walk(OneToOne.objects.order_by("-held_at", "-pk"), 1)

    assert forward == [[row] for row in reversed(rows)]


def test_the_address_keeps_the_filters_and_says_the_place_in_words():
    first, second = PartnerFactory(name="Añejo & Sons"), PartnerFactory(name="Zeal")
    rows = PartnerOrganization.objects.order_by("name", "pk")

    page = page_at(rows, "?kind=faith&kind=labor&page=4&after=nonsense", size=1)

    assert list(page) == [first]
    assert (page.previous, page.next) == (
        "",
        f"?kind=faith&kind=labor&after=%5B%22A%C3%B1ejo+%26+Sons%22%2C+{first.pk}%5D",
    )
    assert list(page_at(rows, page.next, size=1)) == [second]


def test_a_row_that_comes_or_goes_meanwhile_neither_repeats_nor_hides_another():
    names = ["b", "c", "d", "e"]
    rows = {name: PartnerFactory(name=name) for name in names}
    partners = PartnerOrganization.objects.order_by("name", "pk")
    page = page_at(partners)
    PartnerFactory(name="a")
    rows["c"].delete()

    assert [row.name for row in page_at(partners, page.next)] == ["d", "e"]


def test_a_place_after_which_nothing_is_left_shows_the_beginning():
    PartnerFactory(name="a")
    partners = PartnerOrganization.objects.order_by("name", "pk")

    page = page_at(partners, "?after=" + json.dumps(["z", 1]))

    assert ([row.name for row in page], page.previous, page.next) == (["a"], "", "")


HOSTILE = [
    "",
    "12",
    "[",
    "[" * 900,
    "{}",
    "null",
    '["a"]',
    '["a", 1, 2]',
    "[null, 1]",
    '["a", null]',
    '["a", true]',
    '["a", 1.5]',
    '["a", "x"]',
    '["a", [1]]',
    '["a\\u0000", 1]',
    '["\\ud800", 1]',
    json.dumps(["a" * 2000, 1]),
]


@pytest.mark.parametrize("place", HOSTILE)
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_place_that_cannot_be_read_is_the_beginning(place, name):
    row = PartnerFactory(name="a")
    request = RequestFactory().get("/partners/", {name: place})

    page = keyset_page(request, PartnerOrganization.objects.order_by("name", "pk"))

    assert (list(page), page.previous, page.next) == ([row], "", "")


@pytest.mark.parametrize(
    "place",
    [
        ["2026-03-12", 1],
        ["2026-03-12T17:00:00", 1],
        ["2026-99-99T17:00:00Z", 1],
        [5, 1],
        ["0001-01-01T00:00:00+14:00", 1],
        ["9999-12-31T23:59:59-14:00", 1],
        ["2026-03-12T17:00:00Z", 10**30],
        ["2026-03-12T17:00:00Z", -(10**30)],
    ],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_no_moment_in_an_address_breaks_a_list(place, name):
    OneToOneFactory()
    request = RequestFactory().get("/", {name: json.dumps(place)})

    page = keyset_page(request, OneToOne.objects.order_by("-held_at", "-pk"))

    assert len(page) == 1


@pytest.mark.parametrize("place", [[5, 1], ["20226-01-01", 1], ["2026-02-30", 1]])
def test_no_day_in_an_address_breaks_a_list(place):
    FollowUpFactory()
    request = RequestFactory().get("/", {"after": json.dumps(place)})

    page = keyset_page(request, FollowUp.objects.order_by("due_on", "pk"))

    assert len(page) == 1


def test_an_order_that_does_not_end_in_the_key_is_refused():
    with pytest.raises(ValueError, match="must end in pk"):
        page_at(PartnerOrganization.objects.order_by("name"))


@pytest.mark.parametrize("query", ["", "?after=" + json.dumps(["A", 1])])
def test_a_page_is_one_question_and_never_counts(django_assert_num_queries, query):
    PartnerFactory.create_batch(3)

    with django_assert_num_queries(1) as asked:
        page_at(PartnerOrganization.objects.order_by("name", "pk"), query)

    assert "COUNT" not in asked[0]["sql"]
    assert "OFFSET" not in asked[0]["sql"]
