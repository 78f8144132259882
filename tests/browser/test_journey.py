"""The outcome, as a person would live it: read, sign in, log, be reminded, read the mail."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, sign_in


def sender_of(portal, what: str) -> tuple[str, int]:
    """Host and process id that sent the reminder about a follow-up."""
    with portal.database() as database:
        query = (
            "SELECT r.sent_by FROM reminders_reminder r "
            "JOIN partnerships_followup f ON f.id = r.subject_id WHERE f.what = %s"
        )
        [(sent_by,)] = database.execute(query, [what]).fetchall()
    machine, process = sent_by.rsplit(":", 1)
    return machine, int(process)


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESK, "desk")])
def test_read_a_practice_log_a_one_to_one_and_read_the_reminder(visit, portal, size, name):
    page = visit(viewport=size)
    what = f"Call Rosa about the forum, from a {name}"
    today = datetime.now(tz=ZoneInfo("America/Chicago")).date()

    page.goto("/practices/")
    page.locator(".catalog, .practices").get_by_role(
        "link", name="Build Strategic Partnerships"
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Build Strategic Partnerships")

    sign_in(page, "lead")
    page.get_by_role("link", name=re.compile("Log a one-to-one")).first.click()
    page.get_by_role("combobox", name="Whom did you talk with?").fill("Rosa")
    page.get_by_role("option", name=re.compile("Rosa Delgado")).click()
    page.get_by_label("What mattered most to them?").fill("Interpreters at the forum.")
    page.get_by_label("What happens next?").fill(what)
    page.get_by_role("textbox", name="By when?").fill(today.isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("The one-to-one is saved.")

    page.goto("/mailbox/")
    page.get_by_role("button", name="Send what is due now").click()
    page.get_by_role("link", name="Read the mail").click()
    page.get_by_role("link", name=f"Follow-up: {what}").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Follow-up: {what}")
    expect(page.get_by_role("main")).to_contain_text("Rosa Delgado")
    expect(page.get_by_role("main")).not_to_contain_text("Interpreters at the forum.")

    _machine, process = sender_of(portal, what)
    command = subprocess.run(
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(process)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert process not in {os.getpid(), portal.process.pid}
    assert re.search(r"celery.*worker", command), command


def test_a_follow_up_is_done_with_one_press_and_undone_with_another(visit):
    page = visit(who="lead2")
    page.goto("/follow-ups/")
    first = page.locator(".entry").filter(has=page.get_by_role("button", name="Done")).first
    what = first.locator(".entry-say").inner_text()

    first.get_by_role("button", name="Done").click()
    expect(page.get_by_role("status").first).to_contain_text(f"Done: {what}")
    expect(page.locator(".entry-say", has_text=what)).to_have_count(0)

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".entry-say", has_text=what)).to_have_count(1)


def test_everything_needed_to_log_works_without_javascript(visit):
    page = visit(who="lead", script=False)
    page.goto("/one-to-ones/new/")

    page.locator("[name=contacts]").select_option(label="Rosa Delgado")
    page.get_by_label("What mattered most to them?").fill("No script here.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("main")).to_contain_text("No script here.")


def test_two_people_edit_at_once_and_both_authors_words_are_kept(visit):
    one, two = visit(who="lead"), visit(who="lead2")
    for page in (one, two):
        page.goto("/partners/")
        page.get_by_role("link", name="Confluence Community Clinic").click()
        page.get_by_role("link", name="Edit", exact=True).click()

    one.get_by_label("What they work for").fill("Ana wrote this first.")
    one.get_by_role("button", name="Save").click()
    two.get_by_label("What they work for").fill("Joy wrote this meanwhile.")
    two.get_by_role("button", name="Save").click()

    expect(two.get_by_role("main")).to_contain_text("Ana wrote this first.")
    two.get_by_role("radio", name=re.compile("both", re.IGNORECASE)).check()
    two.get_by_role("button", name="Save").click()
    expect(two.get_by_role("main")).to_contain_text("Ana wrote this first.")
    expect(two.get_by_role("main")).to_contain_text("Joy wrote this meanwhile.")
