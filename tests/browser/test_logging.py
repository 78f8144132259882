"""A one-to-one, logged on a phone: in a minute, and with nothing lost on the way."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, sign_in

WITH_WHOM = "Whom did you talk with?"
MATTERED = "What mattered most to them?"
NEXT = "What happens next?"

# Counts, over all pages of the tab, what a thumb does: presses, and fields that got words.
COUNT = """
if (window === window.top) {
  const counted = JSON.parse(sessionStorage.getItem("counted") ?? '{"taps": 0, "fields": []}');
  const keep = () => sessionStorage.setItem("counted", JSON.stringify(counted));
  addEventListener("pointerdown", () => { counted.taps += 1; keep(); }, true);
  addEventListener("beforeinput", ({ target }) => {
    const name = target.id || target.name;
    if (!counted.fields.includes(name)) counted.fields.push(name);
    keep();
  }, true);
}
"""


@pytest.fixture
def phone(visit, portal):
    """A phone in an equity lead's hand, on her day's page; nobody began to type anything before."""
    with portal.database() as database:
        database.execute("DELETE FROM partnerships_onetoonedraft")

    def open_home(**how):
        page = visit(**{"viewport": PHONE, "who": "lead", **how})
        page.goto("/")
        return page

    return open_home


@pytest.fixture
def log(phone):
    page = phone()
    page.goto("/one-to-ones/new/")
    return page


def whom(page):
    return page.get_by_role("combobox", name=WITH_WHOM)


def choose(page, name, *, field=None):
    (field or whom(page)).fill(name)
    page.get_by_role("option", name=re.compile(name)).first.click()


def draft_line(page):
    return page.locator("[data-draft-line]")


def kept_here(page) -> list[str]:
    """Names of what this browser keeps of drafts."""
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:'))")


def drafts(page):
    """All that are listed; those after the latest are folded."""
    return page.locator("[data-drafts] li[data-key]")


def throw_all_away(page):
    """So that the next test finds no draft of this one."""
    page.goto("/one-to-ones/new/")
    while drafts(page).count():
        before = drafts(page).count()
        drafts(page).first.get_by_role("button", name="Throw away").click()
        expect(drafts(page)).to_have_count(before - 1)


# --- the minute -----------------------------------------------------------------------------


def test_from_home_to_saved_takes_four_fields_and_eight_taps_at_most(phone):
    page = phone()
    page.context.add_init_script(COUNT)
    page.goto("/")

    page.get_by_role("navigation", name="Quick").get_by_role("link", name="Log").click()
    whom(page).click()
    page.keyboard.type("Rosa Del")
    page.get_by_role("option", name="Rosa Delgado").click()
    page.get_by_label(MATTERED).click()
    page.keyboard.type("Interpreters at the forum.")
    page.get_by_label(NEXT).click()
    page.keyboard.type("Call Rosa about interpreters")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("The one-to-one is saved.")

    counted = json.loads(page.evaluate("sessionStorage.getItem('counted')"))
    assert len(counted["fields"]) <= 4, counted
    assert counted["taps"] <= 8, counted
    expect(page.get_by_role("main")).to_contain_text("Interpreters at the forum.")
    expect(page.get_by_role("link", name="Call Rosa about interpreters")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Due in a week")


def test_what_was_promised_by_either_side_is_one_press_away(log):
    choose(log, "Rosa Delgado")
    log.get_by_label(MATTERED).fill("The forms, and who fills them in.")
    expect(log.get_by_label("What did we promise?")).to_be_hidden()

    log.get_by_text("We promised", exact=True).click()
    log.get_by_label("What did we promise?").fill("Send the forms in Spanish")
    log.get_by_text("They offered", exact=True).click()
    log.get_by_label("What did they offer to do?").fill("Bring ten members")
    log.get_by_role("button", name="Save").click()

    expect(log.get_by_role("status").first).to_contain_text("The one-to-one is saved.")
    for promise in ("Send the forms in Spanish", "Bring ten members"):
        expect(log.get_by_role("main").get_by_role("link", name=promise)).to_be_visible()


def test_somebody_new_is_added_in_place(log):
    whom(log).fill("Imani Oyelaran")
    log.get_by_role("option", name="Add “Imani Oyelaran” as a new person").click()
    expect(log.get_by_role("button", name="Remove Imani Oyelaran (new)")).to_be_visible()
    log.get_by_label(MATTERED).fill("A crossing at the school.")
    log.get_by_role("button", name="Save").click()

    expect(log.get_by_role("heading", level=1)).to_have_text("Imani Oyelaran")
    log.get_by_role("main").get_by_role("link", name="Imani Oyelaran").click()
    expect(log.get_by_role("heading", level=1)).to_contain_text("Imani Oyelaran")


def test_those_who_are_there_already_are_offered_above_whoever_is_new(log):
    whom(log).press_sequentially("Rosa")

    rows = log.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(rows.filter(has_text="Add")).to_have_count(1)
    expect(rows.last).to_have_text("Add “Rosa” as a new person")
    expect(rows.first).to_contain_text("Rosa")
    assert rows.count() > 1


def test_it_is_done_with_the_keyboard_alone(phone):
    page = phone(viewport=DESK)
    page.goto("/one-to-ones/new/")
    page.get_by_role("link", name="Questions to ask").focus()
    press = page.keyboard.press

    press("Tab")
    expect(whom(page)).to_be_focused()
    page.keyboard.type("Rosa Del")
    expect(page.get_by_role("option", name=re.compile("Rosa Delgado"))).to_be_visible()
    expect(page.get_by_role("option", name=re.compile("^Add"))).to_be_visible()
    press("ArrowDown")
    press("Enter")
    while not page.get_by_label(MATTERED).evaluate("field => field === document.activeElement"):
        press("Tab")
    page.keyboard.type("From the keyboard.")
    press("Tab")
    expect(page.get_by_label(NEXT)).to_be_focused()
    page.keyboard.type("Write to her")
    while not page.get_by_text("We promised", exact=True).evaluate(
        "summary => summary.closest('summary') === document.activeElement"
    ):
        press("Tab")
    press("Enter")
    press("Tab")
    expect(page.get_by_label("What did we promise?")).to_be_focused()
    page.keyboard.type("The minutes")
    while not page.get_by_role("button", name="Save").evaluate(
        "button => button === document.activeElement"
    ):
        press("Tab")
    press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("The one-to-one is saved.")
    expect(page.get_by_role("link", name="The minutes")).to_be_visible()


# --- nothing is lost -------------------------------------------------------------------------


def test_the_line_goes_dead_in_the_middle_and_every_word_is_found_again(log):
    choose(log, "Rosa Delgado")
    log.get_by_label(MATTERED).fill("Said before the tunnel.")
    expect(draft_line(log)).to_contain_text("Draft saved at")
    assert kept_here(log) == []

    log.context.set_offline(True)
    log.get_by_label(MATTERED).fill("Said before the tunnel. And in the tunnel.")
    log.get_by_label(NEXT).fill("Send the map")
    log.get_by_text("They offered", exact=True).click()
    log.get_by_label("What did they offer to do?").fill("Show us the stairs")
    log.get_by_role("button", name="Save").click()
    expect(draft_line(log)).to_contain_text("No connection, so this is not saved yet.")
    expect(log.get_by_label(NEXT)).to_have_value("Send the map")
    assert len(kept_here(log)) == 1

    log.context.set_offline(False)
    log.goto("/one-to-ones/new/")
    expect(drafts(log)).to_have_count(1)
    expect(drafts(log)).to_contain_text("Rosa Delgado")
    assert kept_here(log) == []
    drafts(log).get_by_role("link", name="Go on").click()

    expect(log.get_by_role("button", name="Remove Rosa Delgado")).to_be_visible()
    expect(log.get_by_label(MATTERED)).to_have_value("Said before the tunnel. And in the tunnel.")
    expect(log.get_by_label(NEXT)).to_have_value("Send the map")
    expect(log.get_by_label("What did they offer to do?")).to_be_visible()
    expect(log.get_by_label("What did they offer to do?")).to_have_value("Show us the stairs")
    log.get_by_role("button", name="Save").click()
    expect(log.get_by_role("status").first).to_contain_text("The one-to-one is saved.")
    log.goto("/one-to-ones/new/")
    expect(drafts(log)).to_have_count(0)


def test_when_the_connection_is_back_the_words_go_by_themselves(log):
    log.context.set_offline(True)
    log.get_by_label(MATTERED).fill("Typed in the basement.")
    log.get_by_label(NEXT).fill("Come up")
    expect(draft_line(log)).to_contain_text("Your words are kept on this device")

    log.context.set_offline(False)

    expect(draft_line(log)).to_contain_text("Draft saved at")
    assert kept_here(log) == []
    throw_all_away(log)


def test_signed_out_meanwhile_loses_nothing(log):
    log.get_by_label(MATTERED).fill("Before the session ended.")
    expect(draft_line(log)).to_contain_text("Draft saved at")
    log.context.clear_cookies()

    log.get_by_label(MATTERED).fill("Before the session ended, and after.")
    log.get_by_role("button", name="Save").click()
    expect(draft_line(log)).to_contain_text("You are signed out.")

    other = log.context.new_page()
    sign_in(other, "lead")
    choose(log, "Rosa Delgado")
    log.get_by_role("button", name="Save").click()
    expect(log.get_by_role("status").first).to_contain_text("The one-to-one is saved.")
    expect(log.get_by_role("main")).to_contain_text("Before the session ended, and after.")


def test_a_second_tab_offers_what_the_first_began_and_neither_overwrites_the_other(log):
    log.get_by_label(MATTERED).fill("From the first tab.")
    expect(draft_line(log)).to_contain_text("Draft saved at")
    second = log.context.new_page()
    second.goto("/one-to-ones/new/")
    drafts(second).get_by_role("link", name="Go on").click()
    expect(second.get_by_label(MATTERED)).to_have_value("From the first tab.")

    second.get_by_label(MATTERED).fill("From the second tab.")
    expect(draft_line(second)).to_contain_text("Draft saved at")
    log.get_by_label(NEXT).fill("Go on in the first")
    log.get_by_label(NEXT).blur()
    expect(log.locator("form[data-draft]")).to_be_visible()
    log.wait_for_timeout(3500)

    log.goto("/one-to-ones/new/")
    expect(drafts(log)).to_have_count(2)
    expect(drafts(log).filter(has_text="From the first tab.")).to_have_count(1)
    expect(drafts(log).filter(has_text="From the second tab.")).to_have_count(1)
    second.close()
    throw_all_away(log)


def test_what_was_refused_and_then_saved_leaves_no_draft_behind(log):
    choose(log, "Rosa Delgado")
    log.get_by_role("button", name="Save").click()
    expect(log.get_by_role("heading", name="One thing needs you")).to_be_visible()
    expect(draft_line(log)).to_contain_text("Draft saved at")
    expect(drafts(log)).to_have_count(0)

    log.get_by_label(MATTERED).fill("Refused once.")
    log.get_by_role("button", name="Save").click()
    expect(log.get_by_role("status").first).to_contain_text("The one-to-one is saved.")
    log.goto("/one-to-ones/new/")
    expect(drafts(log)).to_have_count(0)


def test_a_draft_thrown_away_can_be_brought_back(log):
    log.get_by_label(MATTERED).fill("Thrown away by a thumb.")
    expect(draft_line(log)).to_contain_text("Draft saved at")
    log.goto("/one-to-ones/new/")

    drafts(log).get_by_role("button", name="Throw away").click()
    expect(drafts(log)).to_have_count(0)
    log.get_by_role("button", name="Undo").click()

    expect(log.get_by_label(MATTERED)).to_have_value("Thrown away by a thumb.")
    throw_all_away(log)


def test_what_was_saved_already_is_not_saved_over_from_another_tab(log):
    log.get_by_label(MATTERED).fill("Once.")
    choose(log, "Rosa Delgado")
    expect(draft_line(log)).to_contain_text("Draft saved at")
    second = log.context.new_page()
    second.goto("/one-to-ones/new/")
    drafts(second).get_by_role("link", name="Go on").click()
    expect(second.get_by_role("button", name="Remove Rosa Delgado")).to_be_visible()
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("status").first).to_contain_text("The one-to-one is saved.")

    log.get_by_label(MATTERED).fill("Twice.")
    log.get_by_role("button", name="Save").click()

    expect(draft_line(log)).to_contain_text("This was saved already.")
    expect(log.get_by_label(MATTERED)).to_have_value("Twice.")


def test_an_edit_without_a_connection_stays_where_it_is(log):
    choose(log, "Rosa Delgado")
    log.get_by_label(MATTERED).fill("Said in the light.")
    log.get_by_role("button", name="Save").click()
    log.get_by_role("link", name="Edit", exact=True).click()
    log.context.set_offline(True)
    field = log.get_by_label(MATTERED)
    field.fill("Said in the tunnel.")
    log.get_by_role("button", name="Save").click()

    expect(log.locator("[data-says-cut-off]")).to_contain_text("No connection.")
    expect(field).to_have_value("Said in the tunnel.")
    log.context.set_offline(False)
    log.get_by_role("button", name="Save").click()
    expect(log.get_by_role("main")).to_contain_text("Said in the tunnel.")


# --- what one is told ------------------------------------------------------------------------


def test_what_is_better_left_out_is_said_while_typing_and_never_in_the_way(log):
    field = log.get_by_label(MATTERED)
    choose(log, "Rosa Delgado")
    field.fill("Off the record, two of them are undocumented.")

    expect(field).to_have_accessible_description(
        re.compile("This may tell.*What was said in confidence")
    )
    field.fill("Two of them wait for the bus.")
    expect(field).not_to_have_accessible_description(re.compile("This may tell"))
    field.fill("Off the record, again.")
    expect(field).to_have_accessible_description(re.compile("What was said in confidence"))
    log.get_by_role("button", name="Save").click()

    messages = log.locator("#messages")
    expect(messages).to_contain_text("The one-to-one is saved.")
    expect(messages).not_to_contain_text("in confidence")


def test_without_a_script_it_is_said_beside_the_message(visit):
    page = visit(who="lead", script=False)
    page.goto("/one-to-ones/new/")
    page.locator("[name=contacts]").select_option(label="Rosa Delgado")
    page.get_by_label(MATTERED).fill("Off the record, no script.")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("#messages")).to_contain_text("What was said in confidence")


def test_who_may_read_it_is_told_while_its_part_is_folded(log):
    line = log.locator("summary", has_text="Who may read this")
    expect(line).to_contain_text("Equity leads")

    line.click()
    log.get_by_label("Who may read this?").select_option(label="All staff")
    line.click()

    expect(line).to_contain_text("All staff")


def test_an_event_is_logged_in_as_few_fields(log):
    log.get_by_text("Log something else").click()
    log.get_by_role("link", name="Event we attended").click()
    expect(log.get_by_role("heading", level=1)).to_have_text("Log an event")
    log.get_by_label("What was it?").fill("Spring health fair")
    field = log.get_by_role("combobox", name="For which organizations?")
    field.fill("Confluence")
    log.get_by_role("option", name=re.compile("Confluence Community Clinic")).click()
    log.get_by_label("What mattered there?").fill("Forty families came.")
    log.get_by_role("button", name="Save").click()

    expect(log.get_by_role("heading", level=1)).to_have_text("Spring health fair")
    expect(log.get_by_role("main")).to_contain_text("Confluence Community Clinic")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_with_everything_open(phone, scheme, size):
    page = phone(viewport=size, scheme=scheme)
    page.goto("/one-to-ones/new/")
    page.get_by_label(MATTERED).fill("Off the record.")
    for part in page.locator("form[data-draft] details").all():
        part.evaluate("part => { part.open = true; }")
    page.locator("select[name=readers]").select_option("named")
    expect(draft_line(page)).to_contain_text("Draft saved at")

    found = [violation["id"] for violation in Axe().run(page).response["violations"]]

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    throw_all_away(page)
