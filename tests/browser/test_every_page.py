"""Each page, light and dark, at the width of a phone and of a desk: accessible, safe, unscrolled.

A new page joins by a line in PAGES.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Who looks, and at what; "first:" opens the first row of a list.
PAGES = [
    (None, "/practices/"),
    (None, "/practices/build-strategic-partnerships/"),
    (None, "/practices/build-narrative-power/"),
    (None, "/resources/"),
    (None, "/resources/?q=no+such+words"),
    (None, "/search/?q=partners"),
    (None, "/search/?q="),
    (None, "/search/?q=zzzzzz"),
    (None, "/help/"),
    (None, "/accessibility/"),
    (None, "/public-records/"),
    (None, "/accounts/login/"),
    (None, "/accounts/password/reset/"),
    (None, "/components/"),
    (None, "/mailbox/"),
    (None, "/no-such-page/"),
    ("lead", "/"),
    ("lead", "/practices/"),
    ("lead", "/practices/build-strategic-partnerships/"),
    ("lead", "/search/?q=tenants"),
    ("lead", "/partners/"),
    ("lead", "/partners/?q=zzzz"),
    ("lead", "/partners/new/"),
    ("lead", "first:/partners/"),
    ("lead", "/contacts/"),
    ("lead", "/contacts/new/"),
    ("lead", "first:/contacts/"),
    ("lead", "/one-to-ones/"),
    ("lead", "/one-to-ones/new/"),
    ("lead", "first:/one-to-ones/"),
    ("lead", "/follow-ups/"),
    ("lead", "/follow-ups/?state=done"),
    ("lead", "/follow-ups/new/"),
    ("lead", "first:/follow-ups/"),
    ("lead", "/workgroups/"),
    ("lead", "/workgroups/new/"),
    ("lead", "first:/workgroups/"),
    ("lead", "/steps-taken-up/"),
    ("lead", "first:/steps-taken-up/"),
    ("lead", "/account/"),
    ("lead", "/accounts/logout/"),
    ("lead", "/people/"),
    ("staff", "/"),
    ("editor", "/"),
    ("editor", "/admin/"),
    ("editor", "/admin/practices/resource/"),
    ("editor", "/admin/practices/resource/add/"),
    ("admin", "/people/"),
    ("admin", "/people/invite/"),
    ("admin", "first:/people/"),
    ("admin", "/admin/"),
]


def open_page(page, path: str) -> None:
    if not path.startswith("first:"):
        page.goto(path)
        return
    page.goto(path.removeprefix("first:"))
    page.locator("#rows th a, #rows .entry-say a, #rows .entry a").first.click()
    page.wait_for_load_state()


def problems(visit, page) -> list[str]:
    visit.watch.is_looking_away = True
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    visit.watch.is_looking_away = False
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def sideways(page) -> int:
    """How many pixels of the page lie beyond the right edge."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("who", [None, "lead", "staff", "editor", "admin"])
def test_pages_are_accessible(visit, who, size, scheme):
    page = visit(viewport=size, scheme=scheme, who=who)
    found = {}

    for path in (path for someone, path in PAGES if someone == who):
        open_page(page, path)
        lines = problems(visit, page)
        if sideways(page) > 0 and "/admin/" not in path:
            lines.append(f"scrolls sideways by {sideways(page)} px")
        if lines:
            found[path] = lines

    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forms_with_mistakes_are_accessible(visit, scheme):
    page = visit(viewport=PHONE, scheme=scheme, who="lead")
    found = {}

    for path in ("/partners/new/", "/contacts/new/", "/one-to-ones/new/", "/follow-ups/new/"):
        page.goto(path)
        page.get_by_role("main").get_by_role("button", name="Save").click()
        page.locator("[data-error-summary]").wait_for()
        if lines := problems(visit, page):
            found[path] = lines

    assert found == {}


@pytest.mark.parametrize("who", [None, "lead"])
def test_nothing_scrolls_sideways_at_320_pixels(visit, who):
    page = visit(viewport={"width": 320, "height": 640}, who=who)
    found = {}

    for path in (path for someone, path in PAGES if someone == who):
        open_page(page, path)
        if (beyond := sideways(page)) > 0:
            found[path] = beyond

    assert found == {}


@pytest.mark.parametrize("path", ["/practices/", "/", "/one-to-ones/new/", "/partners/"])
def test_every_stop_of_the_tab_key_is_seen_on_the_screen(visit, path):
    page = visit(who="lead")
    page.goto(path)
    unseen = []

    for _stop in range(60):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
                const here = document.activeElement;
                if (!here || here === document.body) return null;
                const box = here.getBoundingClientRect();
                const style = getComputedStyle(here);
                const around = here.closest('.dateinput, .form-control, label, a, g');
                const outline = [style, around && getComputedStyle(around)].some(
                    s => s && (parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none'))
                    || here.closest('svg') !== null;
                const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
                return {what: here.outerHTML.slice(0, 120), seen, outline};
            }"""
        )
        if state is None:
            break
        if not state["seen"] or not state["outline"]:
            unseen.append(state["what"])

    assert unseen == []
