"""The relationship in one screen, as a browser sets it: words, keys, paper, and no script."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import DESK, PHONE

# Words of the drawing that is shown, with where the browser has put them.
OVERLAPPING = """() => {
    const shown = [...document.querySelectorAll('svg.tl text')].filter(t => t.getClientRects().length);
    const boxes = shown.map(t => [t.textContent, t.getBoundingClientRect()]);
    const pairs = [];
    boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (x > 1 && y > 4) pairs.push([one, other]);
    }));
    return {words: boxes.length, pairs};
}"""


@pytest.fixture(scope="module")
def drawn(portal) -> list[str]:
    """Partners of the demo whose line is drawn."""
    found = portal.manage(
        "shell",
        "-v0",
        "-c",
        "from django.db.models import Count\n"
        "from partnerships.models import PartnerOrganization\n"
        "rows = PartnerOrganization.objects.current().annotate(n=Count('one_to_ones'))\n"
        "print(*[p.get_absolute_url() for p in rows.filter(n__gte=3).order_by('-n', 'pk')[:6]])",
    )
    return found.split()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_word_of_the_line_stands_on_another(visit, drawn, size):
    page = visit(viewport=size, who="lead")
    found = {}

    for path in drawn:
        page.goto(path)
        seen = page.evaluate(OVERLAPPING)
        if not seen["words"] or seen["pairs"]:
            found[path] = seen

    assert drawn
    assert found == {}


def test_the_table_beneath_the_line_opens_by_keyboard_and_needs_no_script(visit, drawn):
    page = visit(viewport=DESK, who="lead", script=False)
    page.goto(drawn[0])
    summary = page.get_by_text("The same as a table")

    summary.focus()
    page.keyboard.press("Enter")

    table = page.locator("details[open] table")
    assert table.get_by_role("columnheader").all_inner_texts() == ["Date", "What", "Who", "State"]
    assert page.get_by_role("img").count() == 1


def test_what_one_takes_to_a_meeting_is_two_sheets_at_most(visit, drawn):
    page = visit(viewport=DESK, who="lead")
    sheets = {}

    for path in drawn:
        page.goto(f"{path}prepare/")
        sheets[path] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter")))

    assert {path: count for path, count in sheets.items() if count not in {1, 2}} == {}
