"""Handouts: on paper a page has the whole measure, where links lead, the date, and no buttons."""

from __future__ import annotations

import pytest

LETTER = {"width": 816, "height": 1056}  # at 96 pixels an inch

MEASURED = """() => {
    const wide = element => Math.round(element.getBoundingClientRect().width);
    const main = document.querySelector('main');
    const link = document.querySelector('.bibliography a[href^="http"]');
    return {
        isWhole: ['.prose', '.bibliography', '.margin-notes'].map(
            name => wide(document.querySelector(`article ${name}`)) === wide(main)),
        address: getComputedStyle(link, '::after').content.includes(link.getAttribute('href')),
        scheme: getComputedStyle(document.documentElement).colorScheme,
    };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_practice_prints_as_a_handout(visit, scheme):
    page = visit(viewport=LETTER, scheme=scheme, who="lead")
    page.goto("/practices/build-strategic-partnerships/")

    page.emulate_media(media="print", color_scheme=scheme)

    assert page.evaluate(MEASURED) == {
        "isWhole": [True, True, True],
        "address": True,
        "scheme": "light",
    }
    assert page.get_by_role("navigation").count() == 0
    assert page.locator(".printed").is_visible()
    assert [b.inner_text() for b in page.get_by_role("button").all()] == []


def test_a_charter_prints_without_what_one_presses_and_fills_in(visit):
    page = visit(viewport=LETTER, who="lead")
    page.goto("/workgroups/")
    page.locator("#rows th a").first.click()
    page.get_by_role("heading", name="Add a colleague").wait_for()

    page.emulate_media(media="print")

    for what in ("button", "combobox", "textbox", "navigation"):
        assert page.get_by_role(what).count() == 0
    assert page.get_by_role("heading", name="Add a colleague").count() == 0
    assert page.get_by_role("heading", name="Members").is_visible()
