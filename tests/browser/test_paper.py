"""A practice is a handout: on paper it has the whole measure, where links lead, and the date."""

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
