from __future__ import annotations

import logging
import os
import smtplib
import socket
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.mail import get_connection
from django.utils.translation import gettext as _

from reminders.models import Reminder
from reminders.models.reminder import GIVE_UP_AFTER
from reminders.sources import NoLongerOwed, sources

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.mail.backends.base import BaseEmailBackend

    from reminders.sources import Source

logger = logging.getLogger(__name__)

# So few that even a mail server that hangs on each is through within a task's time limit.
BATCH = 15
# The first attempt after a failure waits this long; each further one twice as long.
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=2)


@dataclass
class Delivered:
    """What came of one delivery: numbers of reminders."""

    sent: int = 0
    set_aside: int = 0
    failed: int = 0


def deliver(*, due_by: datetime, at: datetime) -> Delivered:
    """Claim and send what is due by `due_by`, batch after batch, over one kept connection."""
    # Two calls in one process hold different claims.
    worker = f"{process_name()}:{uuid.uuid4().hex[:8]}"
    done = Delivered()
    connection = get_connection()
    try:
        while batch := Reminder.objects.claim(due_by=due_by, at=at, by=worker, limit=BATCH):
            for reminder in batch:
                _deliver_one(reminder, connection, done, at=at)
    finally:
        connection.close()
    return done


def process_name() -> str:
    """This process, as host:process-id."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _deliver_one(
    reminder: Reminder,
    connection: BaseEmailBackend,
    done: Delivered,
    *,
    at: datetime,
) -> None:
    try:
        message = _source_of(reminder).render(reminder)
        message.connection = connection
        message.extra_headers["Message-ID"] = message_id(reminder.key)
        message.send()
    except NoLongerOwed as reason:
        _set_aside(reminder, why=str(reason), at=at)
        done.set_aside += 1
    except Exception as error:  # noqa: BLE001 (one bad row must not delay the others)
        _failed(reminder, error, at=at)
        _reset(connection, error)
        done.failed += 1
    else:
        _sent(reminder, at=at)
        done.sent += 1


def _source_of(reminder: Reminder) -> Source:
    source = sources().get(reminder.source)
    if source is None:
        raise NoLongerOwed(_("Nothing in this portal sends this kind of message any more."))
    return source


def message_id(key: str) -> str:
    """The same key gives the same Message-ID, so that a repeated mail is known as one."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"equity-portal:{key}").hex
    return f"<{name}@equity-portal.invalid>"


def _sent(reminder: Reminder, *, at: datetime) -> None:
    Reminder.objects.held_by(reminder.claimed_by).filter(pk=reminder.pk).update(
        sent_at=at, sent_by=process_name(), last_error=""
    )


def _set_aside(reminder: Reminder, *, why: str, at: datetime) -> None:
    Reminder.objects.held_by(reminder.claimed_by).filter(pk=reminder.pk).update(
        set_aside_at=at, set_aside_why=why[:200]
    )


def _failed(reminder: Reminder, error: Exception, *, at: datetime) -> None:
    """Let go of the claim and try later; after a day, stop trying and say so."""
    logger.warning("Reminder %s was not sent: %s", reminder.key, error)
    held = Reminder.objects.held_by(reminder.claimed_by).filter(pk=reminder.pk)
    reason = f"{type(error).__name__}: {error}"
    if at - (reminder.first_tried_at or at) >= GIVE_UP_AFTER:
        held.update(
            set_aside_at=at,
            set_aside_why=_("The mail server did not take it for a day."),
            last_error=reason,
        )
        return
    wait = min(FIRST_WAIT * 2 ** (reminder.attempts - 1), LONGEST_WAIT)
    held.update(try_at=at + wait, last_error=reason, claimed_at=None, claimed_by="")


def _reset(connection: BaseEmailBackend, error: Exception) -> None:
    """A connection that failed in the middle of a mail is not used for the next."""
    if isinstance(error, smtplib.SMTPException | OSError):
        connection.close()
