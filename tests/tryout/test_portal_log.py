from __future__ import annotations

import io
import os

from equity_portal.tryout.portal_log import PortalLog


def test_each_line_says_who_wrote_it(folder):
    screen = io.StringIO()
    log = PortalLog(folder / "logs" / "portal.log", screen=screen)
    reading, writing = os.pipe()
    os.write(writing, b"one\n\xff two\n\x1b[31mred\n\nnoise here\n")
    os.close(writing)

    log.follow("web", os.fdopen(reading, "rb"), unremarkable=["noise"]).join()

    expected = "web      | one\nweb      | \ufffd two\nweb      | \ufffd[31mred\n"
    assert screen.getvalue() == expected
    assert log.file.read_text() == expected
    assert log.last_lines("web") == ["one", "\ufffd two", "\ufffd[31mred"]


def test_the_file_has_a_limit(folder):
    log = PortalLog(folder / "portal.log", limit=1000)

    for number in range(1000):
        log.line("web", f"line {number}")

    assert log.file.stat().st_size < 1100
    assert sorted(path.name for path in folder.iterdir()) == ["portal.log", "portal.log.1"]
    assert log.file.read_text().endswith("line 999\n")


def test_passwords_are_shown_and_not_kept(folder):
    screen = io.StringIO()
    log = PortalLog(folder / "portal.log", screen=screen)

    log.show("staff  a-password")

    assert screen.getvalue() == "staff  a-password\n"
    assert not log.file.exists()


class GoneTerminal(io.StringIO):
    def write(self, text):
        raise OSError(5, "Input/output error")


def test_a_screen_that_is_gone_stops_nothing(folder):
    log = PortalLog(folder / "portal.log", screen=GoneTerminal())

    log.say("Still here.")

    assert log.file.read_text() == "portal   | Still here.\n"
