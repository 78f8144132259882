"""Search belongs to the model: stems, accents, beginnings, quotes, and whatever people type."""

from __future__ import annotations

import pytest

from partnerships.models import Contact, PartnerOrganization
from tests.factories import ContactFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partners():
    PartnerFactory(name="Housing Justice Alliance", about="Interpreters at every forum.")
    PartnerFactory(name="Clínica Niño Sano", about="Children and families.")
    PartnerFactory(name="The Bridge", about="Legal aid for tenants, not for landlords.")


def found(text):
    return [partner.name for partner in PartnerOrganization.objects.all().search(text)]


HOUSING, CLINIC, BRIDGE = "Housing Justice Alliance", "Clínica Niño Sano", "The Bridge"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("interpreter", [HOUSING]),
        ("interpreting", [HOUSING]),
        ("FAMILY", [CLINIC]),
        ("clinica nino", [CLINIC]),
        ("clínica niño", [CLINIC]),
        ("tenant legal", [BRIDGE]),
        ("tenant forum", []),
    ],
)
def test_stems_and_accents_and_every_word_count(text, names):
    assert found(text) == names


@pytest.mark.parametrize("length", range(1, len("housing") + 1))
def test_a_name_is_found_at_every_letter_of_typing_it(length):
    assert HOUSING in found("Housing"[:length])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the bri", [BRIDGE]),
        ("the", [BRIDGE]),
        ("forum the", [HOUSING]),
        ("not for", []),
    ],
)
def test_words_that_english_leaves_out_count_in_names_alone(text, names):
    assert found(text) == names


def test_people_called_as_english_leaves_out_are_found():
    will, don = ContactFactory(name="Will Adams"), ContactFactory(preferred_name="Don")

    assert [*Contact.objects.all().search("will")] == [will]
    assert [*Contact.objects.all().search("Don")] == [don]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"every forum"', [HOUSING]),
        ('"forum every"', []),
        ("justice -clinic", [HOUSING]),
        ("children -families", []),
        ("-landlords families", [CLINIC]),
        ("health-care", []),
    ],
)
def test_quotes_and_minus_are_obeyed(text, names):
    assert found(text) == names


@pytest.mark.parametrize("text", ["", " ", "\x00", "!", "&", "' | '", '"', "-", ":*", "()", "\\"])
def test_nothing_to_search_for_finds_nothing(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "housing\x00",
        "housing & | !",
        "(housing",
        "housing:*",
        "'housing'",
        "housing'; DROP TABLE --",
        "\\housing",
        "<-> housing",
        "housing " + "x" * 5000,
    ],
)
def test_operators_are_only_words(text):
    assert found(text) in ([HOUSING], [])


@pytest.mark.parametrize("text", ["housing\x00", "housing & | !", "(housing", "'housing'"])
def test_operators_do_not_hide_what_was_meant(text):
    assert found(text) == [HOUSING]


def test_what_is_in_the_name_comes_first():
    PartnerFactory(name="Aid", about="A bridge between.")

    assert found("bridge") == [BRIDGE, "Aid"]


def test_the_search_follows_every_change():
    PartnerOrganization.objects.filter(name=BRIDGE).update(name="Overpass")

    assert found("bridge") == []
    assert found("overpass") == ["Overpass"]
