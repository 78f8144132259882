"""Choosing people by typing: from the keyboard, by touch, offline, and after an error."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

ROSA = "Rosa Delgado"


@pytest.fixture
def log(visit):
    """The page on which a one-to-one is logged, as the equity lead sees it."""

    def open_page(**how):
        page = visit(who="lead", **how)
        page.goto("/one-to-ones/new/")
        return page

    return open_page


def picker(page):
    return page.get_by_role("combobox", name="Whom did you talk with?")


def chosen(page):
    return page.get_by_role("list", name="Chosen").first.get_by_role("listitem")


def suggestions(page):
    """Those who are there; below them stands the offer to add whoever is not."""
    rows = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    return rows.filter(has_not_text="Add “")


def test_it_is_found_by_its_label_and_tells_its_help_and_its_state(log):
    page = log()

    expect(picker(page)).to_have_attribute("aria-expanded", "false")
    expect(picker(page)).to_have_attribute("aria-required", "true")
    expect(picker(page)).to_have_accessible_description(
        "Begin to type a name. Several people are fine."
    )
    picker(page).focus()
    expect(picker(page)).to_have_attribute("aria-expanded", "true")
    expect(suggestions(page).first).to_be_visible()


def test_everything_works_from_the_keyboard(log):
    page = log()
    picker(page).press_sequentially("Rosa Del")
    expect(suggestions(page)).to_have_count(1)
    expect(page.get_by_role("status").first).to_have_text("Suggestions: 1.")

    page.keyboard.press("ArrowDown")
    active = picker(page).get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(picker(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")  # from the first row's other side: whoever is new
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(chosen(page)).to_have_count(1)
    expect(page.get_by_role("status").first).to_have_text(f"{ROSA} is chosen.")
    expect(picker(page)).to_be_focused()
    expect(picker(page)).to_have_value("")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("button", name=f"Remove {ROSA}")).to_have_count(0)
    expect(page.get_by_role("status").first).to_have_text(f"{ROSA} is no longer chosen.")


def test_escape_closes_then_clears_and_enter_does_not_send_half_a_name(log):
    page = log()
    picker(page).press_sequentially("Ro")
    expect(picker(page)).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("Escape")
    expect(picker(page)).to_have_attribute("aria-expanded", "false")
    expect(picker(page)).to_have_value("Ro")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/one-to-ones/new/$"))
    page.keyboard.press("Escape")
    expect(picker(page)).to_have_value("")


def test_what_is_chosen_can_be_taken_out_and_is_not_suggested_again(log):
    page = log()
    picker(page).fill("Rosa Del")
    suggestions(page).filter(has_text=ROSA).click()
    picker(page).fill("Rosa Del")
    expect(page.get_by_role("status").first).to_have_text("Nobody and nothing by that name.")

    picker(page).fill("")
    page.get_by_role("button", name=f"Remove {ROSA}").click()

    expect(page.get_by_role("button", name=f"Remove {ROSA}")).to_have_count(0)
    expect(picker(page)).to_be_focused()


def test_a_name_that_was_typed_but_not_chosen_is_said(log):
    page = log()
    picker(page).fill("Ros")
    page.get_by_label("What mattered most to them?").focus()

    expect(page.get_by_role("status").first).to_have_text(
        "“Ros” is not chosen yet. Choose it from the list, or clear the field."
    )


def test_offline_says_so_and_keeps_what_was_chosen(log):
    page = log()
    picker(page).fill("Rosa Del")
    suggestions(page).filter(has_text=ROSA).click()

    page.context.set_offline(True)
    picker(page).fill("Lu")

    expect(page.get_by_role("status").first).to_have_text(
        "Suggestions cannot be loaded now. What you chose is kept."
    )
    expect(page.get_by_role("button", name=f"Remove {ROSA}")).to_be_visible()
    page.context.set_offline(False)


def test_after_an_error_what_was_chosen_is_still_there_and_the_error_is_at_the_field(log):
    page = log()
    page.get_by_label("What mattered most to them?").fill("Buses.")
    page.get_by_role("button", name="Save").click()
    expect(picker(page)).to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="Whom did you talk with?").click()
    expect(picker(page)).to_be_focused()

    picker(page).fill("Rosa Del")
    suggestions(page).filter(has_text=ROSA).click()
    page.get_by_label("What mattered most to them?").fill("")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("button", name=f"Remove {ROSA}")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_targets_are_large_enough(log, size):
    page = log(viewport=size)
    picker(page).fill("Rosa Del")
    row = suggestions(page).filter(has_text=ROSA)
    expect(row).to_be_visible()

    assert row.bounding_box()["height"] >= 44
    row.click()
    button = page.get_by_role("button", name=f"Remove {ROSA}").bounding_box()
    assert min(button["width"], button["height"]) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_it_is_open_and_when_somebody_is_chosen(log, scheme):
    page = log(scheme=scheme)
    picker(page).fill("Rosa Del")
    expect(suggestions(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    opened = Axe().run(page).response["violations"]
    page.keyboard.press("Enter")
    closed = Axe().run(page).response["violations"]

    assert [found["id"] for found in opened + closed] == []
