"""Each page, light and dark, at the width of a phone and of a desk: accessible, safe, unscrolled.

A new page joins by a line in PAGES.
"""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Who looks, and at what; "first:" opens the first row of a list, and what follows a space is
# an address seen from there.
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
    (None, "/accounts/password/reset/done/"),
    (None, "/accounts/signup/"),
    (None, "/components/"),
    (None, "/mailbox/"),
    (None, "first:/mailbox/"),
    (None, "/no-such-page/"),
    ("lead", "/"),
    ("lead", "/practices/"),
    ("lead", "/practices/build-strategic-partnerships/"),
    ("lead", "/search/?q=tenants"),
    ("lead", "/partners/"),
    ("lead", "/partners/?q=zzzz"),
    ("lead", "/partners/new/"),
    ("lead", "first:/partners/"),
    ("lead", "first:/partners/ edit/"),
    ("lead", "first:/partners/ history/"),
    ("lead", "first:/partners/ prepare/"),
    ("lead", "/contacts/"),
    ("lead", "/contacts/new/"),
    ("lead", "first:/contacts/"),
    ("lead", "first:/contacts/ edit/"),
    ("lead", "first:/contacts/ history/"),
    ("lead", "first:/contacts/ prepare/"),
    ("lead", "/one-to-ones/"),
    ("lead", "/one-to-ones/new/"),
    ("lead", "/one-to-ones/new/?kind=event"),
    ("lead", "/one-to-ones/guide/"),
    ("lead", "first:/one-to-ones/"),
    ("lead", "first:/one-to-ones/ edit/"),
    ("lead", "first:/one-to-ones/ history/"),
    ("lead", "/follow-ups/"),
    ("lead", "/follow-ups/?state=done"),
    ("lead", "/follow-ups/?whose=all"),
    ("lead", "/follow-ups/?state=overdue"),
    ("lead", "/follow-ups/going-cold/?whose=all"),
    ("lead", "/follow-ups/calendar/"),
    ("lead", "/follow-ups/bulk/?pick=1&pick=2&pick=3"),
    ("lead", "/follow-ups/new/"),
    ("lead", "first:/follow-ups/"),
    ("lead", "first:/follow-ups/ edit/"),
    ("lead", "first:/follow-ups/ next/"),
    ("lead", "first:/follow-ups/ hand-over/"),
    ("lead", "first:/follow-ups/ cancel/"),
    ("lead", "first:/follow-ups/ history/"),
    ("lead", "first:/partners/ introduce/"),
    ("lead", "/promises/"),
    ("lead", "/promises/?state=all"),
    ("lead", "/promises/?q=zzzz"),
    ("lead", "/promises/new/"),
    ("lead", "/promises/kept/"),
    ("lead", "first:/promises/?whose=mine"),
    ("lead", "first:/promises/?whose=mine edit/"),
    ("lead", "first:/promises/?whose=mine keep/"),
    ("lead", "first:/promises/?whose=mine break/"),
    ("lead", "first:/promises/?whose=mine change/"),
    ("lead", "first:/promises/?whose=mine history/"),
    ("lead", "/workgroups/"),
    ("lead", "/workgroups/new/"),
    ("lead", "first:/workgroups/"),
    ("lead", "first:/workgroups/ edit/"),
    ("lead", "/steps-taken-up/"),
    ("lead", "first:/steps-taken-up/"),
    ("lead", "first:/steps-taken-up/ edit/"),
    ("lead", "/account/"),
    ("lead", "/account/edit/"),
    ("lead", "/accounts/email/"),
    ("lead", "/accounts/password/change/"),
    ("lead", "/accounts/logout/"),
    ("lead", "/people/"),
    ("staff", "/"),
    ("staff", "/practices/build-strategic-partnerships/steps/hold-one-to-ones/take-up/"),
    ("staff", "/people/"),
    ("editor", "/"),
    ("editor", "/practices/build-strategic-partnerships/preview/"),
    ("editor", "/practices/build-strategic-partnerships/preview/1/"),
    ("editor", "/admin/"),
    ("editor", "/admin/practices/practice/"),
    ("editor", "first:/admin/practices/practice/"),
    ("editor", "/admin/practices/actionstep/"),
    ("editor", "first:/admin/practices/actionstep/"),
    ("editor", "first:/admin/practices/actionsteprevision/"),
    ("editor", "/admin/practices/practicerevision/add/"),
    ("editor", "/admin/practices/resource/"),
    ("editor", "/admin/practices/resource/add/"),
    ("editor", "first:/admin/practices/resource/"),
    ("editor", "first:/admin/practices/resource/ ../history/"),
    ("admin", "/people/"),
    ("admin", "/people/invite/"),
    ("admin", "first:/people/"),
    ("admin", "first:/people/ edit/"),
    ("admin", "/admin/"),
    ("admin", "/admin/accounts/program/"),
    ("admin", "/admin/accounts/departmentsettings/1/change/"),
]

# Where two write at once: who, the page, and the field both write in.
EDITED_BY_TWO = [
    ("lead", "first:/partners/ edit/", "about"),
    ("lead", "first:/workgroups/ edit/", "purpose"),
    ("lead", "first:/steps-taken-up/ edit/", "intent"),
    ("admin", "first:/people/ edit/", "name"),
    ("editor", "first:/admin/practices/resource/", "annotation"),
]

FIRST_ROW = "#rows tbody th a, #rows .entry-say a, #rows .entry a, main .entry-say a, #result_list tbody th a"


def open_page(page, path: str) -> None:
    if not path.startswith("first:"):
        page.goto(path)
        return
    where, _space, then = path.removeprefix("first:").partition(" ")
    page.goto(where)
    page.locator(FIRST_ROW).first.click()
    page.wait_for_load_state()
    if then:
        page.goto(urljoin(page.url, then))


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


@pytest.fixture(scope="module", autouse=True)
def letter(portal):
    """So that the mailbox holds one."""
    portal.manage("sendtestemail", "lead@riverbend.example")


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

    for path in (
        "/partners/new/",
        "/contacts/new/",
        "/one-to-ones/new/",
        "/follow-ups/new/",
        "/promises/new/",
    ):
        page.goto(path)
        page.get_by_role("main").get_by_role("button", name="Save").click()
        page.locator("[data-error-summary]").wait_for()
        if lines := problems(visit, page):
            found[path] = lines

    assert found == {}


@pytest.mark.parametrize(("who", "path", "field"), EDITED_BY_TWO)
def test_both_versions_are_shown_accessibly(visit, who, path, field):
    page = visit(viewport=PHONE, who=who)
    open_page(page, path)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, words in ((other, "Theirs."), (page, "Mine.")):
        tab.locator(f"[name={field}]").fill(words)
        tab.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
        tab.wait_for_load_state()
    page.locator(".conflict").first.wait_for()

    beyond = 0 if "/admin/" in path else sideways(page)

    assert (problems(visit, page), beyond) == ([], 0)


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
