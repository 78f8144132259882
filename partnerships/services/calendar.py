"""A private address for one's follow-ups, and what calendars read there."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.roles import Ability
from partnerships.models import CalendarAddress, FollowUp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from icalendar import Calendar, Event

    from accounts.models import User

# As long as what nobody guesses: 32 bytes, written in 43 letters.
SECRET_BYTES = 32


def make_calendar_address(*, user: User, at: datetime) -> str:
    """A new secret in place of the old one, which ends. It is told this once; only its digest stays."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    made = {"digest": _digest(secret), "created_at": at}
    CalendarAddress.objects.update_or_create(user=user, defaults=made)
    return secret


def revoke_calendar_address(*, user: User) -> bool:
    """Whether there was one."""
    gone, _kinds = CalendarAddress.objects.filter(user=user).delete()
    return bool(gone)


def whose_calendar(secret: str) -> User | None:
    """Whom the address belongs to, as long as they may see partners at all."""
    rows = CalendarAddress.objects.filter(digest=_digest(secret)).select_related("user")
    address = rows.first()
    if address is None or not address.user.may(Ability.SEE_PARTNERS):
        return None
    return address.user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# --- what a calendar reads ---------------------------------------------------------------------


def calendar_of(user: User, *, at: datetime) -> bytes:
    """All open follow-ups of a person that the person may see today.

    Without alarms: the portal's mail reminds already, and once is enough.
    """
    mine = FollowUp.objects.visible_to(user).open().assigned_to(user)
    calendar = _calendar(mine.with_people().order_by("due_on", "pk"), at=at)
    calendar.add("x-wr-calname", _("Follow-ups"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return bytes(calendar.to_ical())


def one_for_a_calendar(follow_up: FollowUp, *, reminder_hour: int, at: datetime) -> bytes:
    """One follow-up as a day in a calendar, with an alarm that morning."""
    from icalendar import Alarm  # noqa: PLC0415 (0.1 s to import, seldom wanted)

    calendar = _calendar([follow_up], at=at)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", follow_up.what)
    alarm.add("trigger", timedelta(hours=reminder_hour))
    calendar.walk("VEVENT")[0].add_component(alarm)
    return bytes(calendar.to_ical())


def _calendar(follow_ups: Iterable[FollowUp], *, at: datetime) -> Calendar:
    from icalendar import Calendar  # noqa: PLC0415 (as above)

    calendar = Calendar()
    calendar.add("prodid", "-//Equity Portal//Follow-ups//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for follow_up in follow_ups:
        calendar.add_component(_event(follow_up, at=at))
    return calendar


def _event(follow_up: FollowUp, *, at: datetime) -> Event:
    """A whole day that leaves one free. Calendars seldom show a VTODO, so it is none."""
    from icalendar import Event  # noqa: PLC0415 (as above)

    event = Event()
    event.add("uid", f"follow-up-{follow_up.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", at)
    event.add("sequence", follow_up.version - 1)
    event.add("dtstart", follow_up.due_on)
    event.add("dtend", follow_up.due_on + timedelta(days=1))
    event.add("summary", follow_up.what)
    event.add("description", _about(follow_up))
    event.add("url", settings.BASE_URL + follow_up.get_absolute_url())
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _about(follow_up: FollowUp) -> str:
    """Whom it is about. No note, no e-mail and no phone: a calendar is read by many programs."""
    lines = [str(whom.name) for whom in (follow_up.contact, follow_up.partner) if whom]
    if follow_up.contact and follow_up.contact.do_not_contact:
        lines.append(_("They asked us not to contact them."))
    lines.append(settings.BASE_URL + follow_up.get_absolute_url())
    return "\n".join(lines)
