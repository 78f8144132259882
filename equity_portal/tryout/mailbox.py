"""The try-out's post: mail is written to a folder instead of a mail server, and read in the portal."""

from __future__ import annotations

import email
import email.policy
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage as ParsedMessage
    from pathlib import Path

    from django.core.mail import EmailMessage


def folder() -> Path:
    found: Path = settings.TRYOUT_DATA.mailbox
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


class MailboxBackend(BaseEmailBackend):
    """Writes each message whole: a reader never sees half a file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            # Names sort by the moment of writing, to the nanosecond.
            name = f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
            half = folder() / f".{name}.tmp"
            half.write_bytes(message.message().as_bytes())
            half.replace(folder() / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Letter:
    """One mail as it was sent."""

    name: str
    subject: str
    to: str
    reply_to: str
    sent_at: datetime
    message_id: str
    text: str
    html: str


def letters() -> list[Letter]:
    """Every mail, the newest first."""
    files = sorted(folder().glob("*.eml"), key=lambda file: file.name, reverse=True)
    return [_read(file) for file in files]


def letter(name: str) -> Letter | None:
    file = folder() / f"{name}.eml"
    # A name is what the backend made: digits, a hyphen, hexadecimal. Anything else is no letter.
    return _read(file) if file.parent == folder() and file.is_file() else None


def _read(file: Path) -> Letter:
    with file.open("rb") as stream:
        message = email.message_from_binary_file(stream, policy=email.policy.default)
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    return Letter(
        name=file.stem,
        subject=str(message.get("Subject", "")),
        to=str(message.get("To", "")),
        reply_to=str(message.get("Reply-To", "")),
        sent_at=_sent_at(message, file),
        message_id=str(message.get("Message-ID", "")),
        text=str(text.get_content()) if text else "",
        html=str(html.get_content()) if html else "",
    )


def _sent_at(message: ParsedMessage, file: Path) -> datetime:
    written = datetime.fromtimestamp(int(file.name.split("-")[0]) / 1e9, tz=UTC)
    try:
        # "-0000", which Django writes, is read as no zone at all; it means UTC.
        sent_at = parsedate_to_datetime(str(message["Date"]))
        return sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return written
