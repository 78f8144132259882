"""A promise from the first key to "kept", on a phone and without a mouse."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def choose(page, label, text):
    field = page.get_by_role("combobox", name=label)
    field.press_sequentially(text)
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.filter(has_text=text).first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")


def chosen(page, name):
    """What the hidden list would send."""
    return page.locator(f"select[name={name}]").evaluate(
        "select => [...select.selectedOptions].map(option => option.text)"
    )


def test_a_promise_is_written_down_and_kept_from_the_keyboard(visit):
    page = visit(who="lead", viewport=PHONE)
    page.goto("/promises/new/")
    soon = timezone.localdate() + timedelta(days=3)

    page.get_by_label("What?").fill("Send the interpreters’ invoice")
    choose(page, "Which person?", "Rosa Del")
    page.locator("[name=due_on]").fill(soon.isoformat())
    page.get_by_role("button", name="Save").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Send the interpreters’ invoice")
    expect(page.get_by_role("main")).to_contain_text("Ana Reyes promised it to Rosa Delgado")
    page.get_by_role("link", name="It was kept").press("Enter")
    page.get_by_label("How can one see that it was kept?").fill("It is in their mailbox.")
    page.get_by_role("button", name="Save as kept").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Kept on time.")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("link", name="It was kept")).to_be_visible()


def test_another_organization_takes_the_place_of_the_first(visit):
    page = visit(who="lead")
    page.goto("/promises/new/")

    choose(page, "Which organization?", "Eastbank")
    choose(page, "Which organization?", "Riverbend Legal")

    assert chosen(page, "partner") == ["Riverbend Legal Aid"]


def test_colleagues_are_named_only_where_named_colleagues_may_read(visit):
    page = visit(who="lead", viewport=PHONE)
    page.goto("/promises/new/")
    colleagues = page.get_by_role("group", name="Which colleagues?")

    expect(colleagues).to_be_hidden()
    page.get_by_label("Who may read this?").select_option("named")
    expect(colleagues).to_be_visible()
    page.get_by_label("Who may read this?").select_option("author")
    expect(colleagues).to_be_hidden()


def test_without_script_one_chooses_from_lists(visit):
    page = visit(who="lead", script=False)
    page.goto("/promises/new/")

    page.get_by_label("What?").fill("Send the minutes")
    page.get_by_label("Which organization?").select_option(index=0)
    page.locator("[name=due_on]").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Send the minutes")
