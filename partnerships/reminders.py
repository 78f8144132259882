"""What partnerships reminds of, whom, and when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import DepartmentSettings, User
from accounts.roles import Ability
from partnerships import emails
from partnerships.models import FollowUp
from reminders.sources import NoLongerOwed, Owed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.mail import EmailMultiAlternatives

    from reminders.models import Reminder

# Somewhere on Earth it is this much later than in UTC: no due date is missed by looking this far.
FARTHEST_ZONE = timedelta(days=1)


class FollowUpDue:
    """An open follow-up reminds its owner once, on the morning of its date."""

    name = "follow-up"

    def plan(self, *, until: datetime) -> Iterator[Owed]:
        department = DepartmentSettings.objects.load()
        last_day = (until.astimezone(UTC) + FARTHEST_ZONE).date()
        # The same people that render() would write to: planning and sending must agree.
        readers = User.objects.who_may(Ability.SEE_PARTNERS)
        due = FollowUp.objects.due(by=last_day).filter(assignee__in=readers)
        for follow_up in due.select_related("assignee").order_by("pk").iterator(chunk_size=500):
            owed = self._owed(follow_up, department)
            if owed.due_at <= until:
                yield owed

    def _owed(self, follow_up: FollowUp, department: DepartmentSettings) -> Owed:
        zone = follow_up.assignee.zone(department.time_zone)
        morning = datetime.combine(follow_up.due_on, time(department.reminder_hour), tzinfo=zone)
        return Owed(
            key=self._key(follow_up),
            subject_id=follow_up.pk,
            recipient_id=follow_up.assignee_id,
            due_at=morning,
        )

    def _key(self, follow_up: FollowUp) -> str:
        """A new date or a new owner is a new reminder; the old one is then not owed."""
        day = follow_up.due_on.isoformat()
        return f"{self.name}:{follow_up.pk}:{day}:to:{follow_up.assignee_id}"

    def render(self, reminder: Reminder) -> EmailMultiAlternatives:
        follow_up = (
            FollowUp.objects.filter(pk=reminder.subject_id)
            .select_related("assignee", "partner", "one_to_one")
            .first()
        )
        if follow_up is None or not follow_up.is_open:
            raise NoLongerOwed(_("The follow-up is done or was put away."))
        if self._key(follow_up) != reminder.key:
            raise NoLongerOwed(_("The follow-up was moved to another day or another person."))
        if not FollowUp.objects.visible_to(reminder.recipient).filter(pk=follow_up.pk).exists():
            raise NoLongerOwed(_("The person it was for may no longer see it."))
        department = DepartmentSettings.objects.load()
        with timezone.override(follow_up.assignee.zone(department.time_zone)):
            return emails.follow_up_due(follow_up)


follow_up_due = FollowUpDue()
