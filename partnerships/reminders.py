"""What partnerships reminds of, whom, and when."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import DepartmentSettings, User
from accounts.roles import Ability
from partnerships import emails
from partnerships.models import FollowUp, Introduction, OneToOne, Promise
from records.spans import A_WEEK
from reminders.sources import NoLongerOwed, Owed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.core.mail import EmailMultiAlternatives
    from django.db.models import QuerySet

    from reminders.models import Reminder

# Somewhere on Earth it is this much later than in UTC: no due date is missed by looking this far.
FARTHEST_ZONE = timedelta(days=1)
# In the key of a reminder that comes again: what stands before it is the first one's key.
AFTER = ":weeks-after:"


class OnItsMorning(ABC):
    """What is open reminds whoever carries it once, on the morning of its date."""

    name: str
    carrier: str  # the field that says who carries it

    @abstractmethod
    def due(self, *, by: date) -> QuerySet[Any]:
        """What is open and due by that day."""

    @abstractmethod
    def find(self, pk: int) -> Any:
        """The row with what its mail needs, or None."""

    @abstractmethod
    def mail(self, row: Any) -> EmailMultiAlternatives:
        """The message, in the carrier's time zone."""

    def plan(self, *, until: datetime) -> Iterator[Owed]:
        department = DepartmentSettings.objects.load()
        last_day = (until.astimezone(UTC) + FARTHEST_ZONE).date()
        # The same people that render() would write to: planning and sending must agree.
        readers = User.objects.who_may(Ability.SEE_PARTNERS)
        due = self.due(by=last_day).filter(**{f"{self.carrier}__in": readers})
        for row in due.select_related(self.carrier).order_by("pk").iterator(chunk_size=500):
            owed = self._owed(row, department)
            if owed.due_at <= until:
                yield owed

    def _owed(self, row: Any, department: DepartmentSettings) -> Owed:
        carrier = getattr(row, self.carrier)
        zone = carrier.zone(department.time_zone)
        morning = datetime.combine(row.due_on, time(department.reminder_hour), tzinfo=zone)
        return Owed(key=self._key(row), subject_id=row.pk, recipient_id=carrier.pk, due_at=morning)

    def _key(self, row: Any) -> str:
        """A new date or somebody else's is a new reminder; the old one is then not owed."""
        to = getattr(row, f"{self.carrier}_id")
        return f"{self.name}:{row.pk}:{row.due_on.isoformat()}:to:{to}"

    def render(self, reminder: Reminder) -> EmailMultiAlternatives:
        row = self.find(reminder.subject_id)
        if row is None or not row.is_open:
            raise NoLongerOwed(self.no_longer_open())
        if self._key(row) != self._key_of(reminder):
            raise NoLongerOwed(self.moved())
        seen = type(row).objects.visible_to(reminder.recipient)
        if not seen.filter(pk=row.pk).exists():
            raise NoLongerOwed(_("The person it was for may no longer see it."))
        department = DepartmentSettings.objects.load()
        with timezone.override(getattr(row, self.carrier).zone(department.time_zone)):
            if self.is_answered(row):
                raise NoLongerOwed(_("They spoke since, as far as the person it was for may see."))
            return self.mail(row)

    def is_answered(self, row: Any) -> bool:
        """Whether something happened that makes the mail a nagging one, though the row is open."""
        return False

    def _key_of(self, reminder: Reminder) -> str:
        return reminder.key

    @abstractmethod
    def no_longer_open(self) -> str:
        """Why a mail was not sent, in words."""

    @abstractmethod
    def moved(self) -> str:
        """The same."""


class FollowUpDue(OnItsMorning):
    name = "follow-up"
    carrier = "assignee"

    def due(self, *, by: date) -> QuerySet[Any]:
        return FollowUp.objects.due(by=by)

    def find(self, pk: int) -> FollowUp | None:
        rows = FollowUp.objects.with_people().select_related("one_to_one")
        return rows.filter(pk=pk).first()

    def mail(self, row: FollowUp) -> EmailMultiAlternatives:
        return emails.follow_up_due(row)

    def is_answered(self, row: FollowUp) -> bool:
        """A check-in waits its weeks from the last contact that its owner may see.

        A contact that others may not know of leaves its day where it is (`start_again`); its
        owner, who knows, is not reminded of it.
        """
        if row.repeat_weeks is None:
            return False
        seen = OneToOne.objects.visible_to(row.assignee).current().with_whom(row)
        last = seen.order_by("-held_at", "-pk").values_list("held_at", flat=True).first()
        weeks = timedelta(weeks=row.repeat_weeks)
        return last is not None and timezone.localdate(last) + weeks > row.due_on

    def no_longer_open(self) -> str:
        return _("The follow-up is done or was put away.")

    def moved(self) -> str:
        return _("The follow-up was moved to another day or another person.")


class IntroductionWaiting(FollowUpDue):
    """The one-to-one that is to introduce a colleague reminds again, every week until it happens."""

    name = "introduction"

    def due(self, *, by: date) -> QuerySet[Any]:
        waiting = Introduction.objects.open().values("follow_up")
        return super().due(by=by).filter(pk__in=waiting)

    def plan(self, *, until: datetime) -> Iterator[Owed]:
        """Of the weeks since its date only the latest, so that a long silence ends with one mail."""
        for first in super().plan(until=until - A_WEEK):
            weeks = (until - first.due_at) // A_WEEK
            yield replace(
                first, key=f"{first.key}{AFTER}{weeks}", due_at=first.due_at + weeks * A_WEEK
            )

    def _key_of(self, reminder: Reminder) -> str:
        return reminder.key.rpartition(AFTER)[0]


class PromiseDue(OnItsMorning):
    """Ours alone: what others offered is theirs to remember, and ours to ask about."""

    name = "promise"
    carrier = "owner"

    def due(self, *, by: date) -> QuerySet[Any]:
        return Promise.objects.ours().open().filter(due_on__lte=by)

    def find(self, pk: int) -> Promise | None:
        rows = Promise.objects.ours().select_related("owner", "partner", "contact")
        return rows.filter(pk=pk).first()

    def mail(self, row: Promise) -> EmailMultiAlternatives:
        return emails.promise_due(row)

    def no_longer_open(self) -> str:
        return _("The promise was kept or broken.")

    def moved(self) -> str:
        return _("The promise has another date or another owner.")


follow_up_due = FollowUpDue()
introduction_waiting = IntroductionWaiting()
promise_due = PromiseDue()
