"""A follow-up from one page to the next: by the keyboard alone, on a phone, and without script."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def write_down(page, what: str) -> None:
    page.goto("/follow-ups/new/")
    page.get_by_label("What").fill(what)
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(what)


def entry(page, what: str):
    return page.locator("li.entry").filter(has=page.get_by_role("link", name=what, exact=True))


def test_put_off_and_taken_back_without_a_mouse(visit):
    page = visit(who="lead")
    what = "Ask the clerk for the keys"
    write_down(page, what)
    page.goto("/follow-ups/")
    row = entry(page, what)
    before = row.locator("time").first.get_attribute("datetime")

    row.get_by_role("button", name=re.compile("^Done")).focus()
    page.keyboard.press("Tab")  # to what opens the rest
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # Tomorrow
    page.keyboard.press("Tab")  # In a week
    page.keyboard.press("Tab")  # In four weeks
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text(f"Put off: {what}")
    after = row.locator("time").first.get_attribute("datetime")
    page.keyboard.press("Tab")  # from the message, which has the focus, to its button
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("It is as it was.")
    assert after > before
    assert row.locator("time").first.get_attribute("datetime") == before


def test_done_and_what_is_next_on_a_phone(visit):
    page = visit(who="lead", viewport=PHONE)
    what, after = "Call about the hall", "Send the date to Rosa"
    write_down(page, what)
    page.goto("/follow-ups/")

    row = entry(page, what)
    row.get_by_text("Put off and more").click()
    row.get_by_role("link", name="Done, and what next?").click()
    page.get_by_label("What happens next?").fill(after)
    page.get_by_role("button", name="Save both").click()

    expect(page).to_have_url(re.compile("/follow-ups/$"))
    expect(page.get_by_role("status").first).to_contain_text(
        f"Done: {what}. What comes next is written down."
    )
    expect(entry(page, after)).to_have_count(1)
    expect(entry(page, what)).to_have_count(0)


def test_several_are_put_off_without_script(visit):
    page = visit(who="lead", script=False)
    names = ["Water the plants in the hall", "Return the projector"]
    for what in names:
        write_down(page, what)
    page.goto("/follow-ups/")

    for what in names:
        page.get_by_role("checkbox", name=f"Tick: {what}").check()
    page.get_by_role("button", name="Move or hand over what is ticked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 follow-ups")
    page.get_by_label("Which day?").fill("2099-01-05")
    page.get_by_role("button", name="Put off these 2").click()

    expect(page.get_by_role("status").first).to_contain_text("2 follow-ups are put off.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("2 are as they were.")


def test_a_calendar_address_is_copied_and_read_without_signing_in(visit):
    page = visit(who="lead")
    write_down(page, "Bring the maps")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/follow-ups/calendar/")

    page.get_by_role("button", name=re.compile("Make")).click()
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("The address is copied.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")

    stranger = visit()
    calendar = stranger.request.get(address)
    assert address == page.get_by_label("Private address").input_value()
    assert (calendar.status, "SUMMARY:Bring the maps" in calendar.text()) == (200, True)
    page.get_by_role("button", name="Take the address away").click()
    expect(page.get_by_role("status").first).to_contain_text("The address is gone.")
    assert stranger.request.get(address).status == 404
