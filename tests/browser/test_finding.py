"""Finding and writing down: what the search box offers, what may be the same, words used already."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

UNION = "Eastbank Tenants Union"


def offered(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_the_search_box_leads_to_a_record_from_the_keyboard(visit):
    page = visit(who="lead")
    page.goto("/search/")
    box = page.get_by_role("combobox", name="Search the guide and your records")
    box.press_sequentially("eastb")
    expect(offered(page).first).to_contain_text(UNION)
    expect(box).to_have_attribute("aria-expanded", "true")

    box.press("ArrowDown")
    expect(offered(page).first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(offered(page)).to_have_count(0)
    expect(box).to_have_value("eastb")
    box.press_sequentially("a")
    expect(offered(page).first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(UNION)


def test_the_key_for_the_search_leads_into_its_box(visit):
    page = visit(who="lead")
    page.goto("/partners/")
    page.keyboard.press("/")

    page.wait_for_url("**/search/")
    expect(page.get_by_label("Search the guide and your records")).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_enter_searches_as_ever(visit, script):
    page = visit(who="lead", script=script)
    page.goto("/search/")
    page.get_by_label("Search the guide and your records").fill("eastbank")
    page.get_by_label("Search the guide and your records").press("Enter")

    page.wait_for_url(re.compile(r"/search/\?q=eastbank$"))
    expect(page.get_by_role("link", name=UNION, exact=True)).to_be_visible()


def test_a_stranger_is_offered_the_guide_alone(visit):
    page = visit()
    page.goto("/search/")
    page.get_by_role("combobox", name="Search the guide").press_sequentially("partn")

    expect(offered(page).first).to_be_visible()
    expect(offered(page).filter(has_text="Partner organizations")).to_have_count(0)


def test_what_may_be_the_same_is_named_while_one_types(visit):
    page = visit(viewport=PHONE, who="lead")
    page.goto("/partners/new/")
    page.get_by_label("Name").fill("Eastbank Tenant Union")

    ask = page.get_by_role("status").filter(has_text="Is it one of these?")
    expect(ask.get_by_role("link", name=re.compile(UNION)).first).to_be_visible()
    page.get_by_label("Name").fill("Something else entirely")
    expect(ask).to_have_count(0)


def test_one_who_was_shown_it_saves_at_once(visit):
    page = visit(who="lead")
    page.goto("/partners/new/")
    page.get_by_label("Name").fill(f"{UNION} 2")
    expect(page.get_by_text("Is it one of these?")).to_be_visible()
    page.get_by_label("Kind").select_option("other")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{UNION} 2")
    page.get_by_role("button", name="Archive this organization").click()
    page.wait_for_url("**/partners/")
    expect(page.get_by_role("button", name=re.compile("^Undo"))).to_have_count(1)
    page.reload()
    page.get_by_role("button", name=re.compile(rf"^Undo\W+{UNION} 2$")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{UNION} 2")


def test_words_that_are_used_already_are_offered_for_the_last_of_the_line(visit):
    page = visit(who="lead")
    page.goto("/partners/new/")
    page.get_by_text("What they work for").first.click()
    field = page.get_by_label("Issue areas")
    field.focus()
    options = page.locator("#id_issue_areas + datalist option")
    expect(options.first).to_be_attached()
    first = options.first.get_attribute("value")
    field.fill(f"{first}, ")

    expect(options.first).to_have_attribute("value", re.compile(rf"^{re.escape(first)}, \S"))


def test_on_a_phone_a_list_is_sorted_among_its_filters(visit):
    page = visit(viewport=PHONE, who="lead")
    page.goto("/partners/")
    page.get_by_text("Search and filter").click()
    page.get_by_text("More filters").click()
    page.get_by_label("Sorted by").select_option("-name")

    page.wait_for_url(re.compile("sort=-name"))
    names = page.locator("#rows th[scope=row] a")
    expect(names.first).not_to_have_text(re.compile("^A"))
    shown = names.all_inner_texts()
    assert shown == sorted(shown, key=str.casefold, reverse=True)
