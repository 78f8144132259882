from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User

if TYPE_CHECKING:
    from datetime import datetime

# A worker that holds a claim for longer than this is taken for dead; longer than any task may run.
CLAIM_LIFETIME = timedelta(minutes=15)
# Then the row stands still, with the last reason, for somebody to look at.
GIVE_UP_AFTER = timedelta(days=1)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def waiting(self) -> Self:
        """Owed still: neither sent, nor set aside."""
        return self.filter(sent_at__isnull=True, set_aside_at__isnull=True)

    def claimable(self, *, due_by: datetime, at: datetime) -> Self:
        """Due, and held by no living worker. One that failed waits until its next attempt."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - CLAIM_LIFETIME)
        ripe = Q(try_at__lte=at) | Q(attempts=0, try_at__lte=due_by)
        return self.waiting().filter(free, ripe)

    def claim(self, *, due_by: datetime, at: datetime, by: str, limit: int) -> list[Reminder]:
        """Reserve due reminders for the one worker that gets them."""
        with transaction.atomic():
            rows = self.claimable(due_by=due_by, at=at).order_by("try_at", "pk")
            held = list(
                rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit]
            )
            self.filter(pk__in=held).update(
                claimed_at=at,
                claimed_by=by,
                attempts=F("attempts") + 1,
                first_tried_at=Coalesce("first_tried_at", Value(at)),
            )
        return list(self.filter(pk__in=held).select_related("recipient").order_by("try_at", "pk"))

    def owed_again(self, *, due_at: datetime) -> int:
        """Take back what was set aside because it was not owed; what was refused stays aside."""
        aside = self.filter(sent_at__isnull=True, set_aside_at__isnull=False, last_error="")
        return aside.update(
            set_aside_at=None,
            set_aside_why="",
            claimed_at=None,
            claimed_by="",
            attempts=0,
            first_tried_at=None,
            due_at=due_at,
            try_at=due_at,
        )

    def held_by(self, worker: str) -> Self:
        return self.waiting().filter(claimed_by=worker)


class Reminder(models.Model):
    """A message the portal owes somebody, written down before anything is sent.

    The key makes it unique: what it is about, the day it is for, and whom it is to. Planning
    twice, or on two machines at once, therefore plans once.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    source = models.CharField(_("source"), max_length=60)
    subject_id = models.BigIntegerField(_("what it is about"))
    recipient = models.ForeignKey(
        User, verbose_name=_("to"), on_delete=models.PROTECT, related_name="reminders"
    )
    due_at = models.DateTimeField(_("due at"))
    planned_at = models.DateTimeField(_("planned at"))
    # Begins as due_at and moves on with each attempt that failed.
    try_at = models.DateTimeField(_("next attempt at"))
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    claimed_by = models.CharField(_("claimed by"), max_length=120, blank=True)
    first_tried_at = models.DateTimeField(_("first tried at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    # The process that sent it, as host:process-id.
    sent_by = models.CharField(_("sent by"), max_length=120, blank=True)
    set_aside_at = models.DateTimeField(_("set aside at"), null=True)
    set_aside_why = models.CharField(_("why it was set aside"), max_length=200, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.CheckConstraint(
                name="reminder_ends_one_way",
                condition=Q(sent_at__isnull=True) | Q(set_aside_at__isnull=True),
            ),
            models.CheckConstraint(
                name="reminder_set_aside_has_a_reason",
                condition=Q(set_aside_at__isnull=True, set_aside_why="")
                | (Q(set_aside_at__isnull=False) & ~Q(set_aside_why="")),
            ),
            models.CheckConstraint(
                name="reminder_sent_says_by_which_process",
                condition=Q(sent_at__isnull=True, sent_by="")
                | (Q(sent_at__isnull=False) & ~Q(sent_by="")),
            ),
            models.CheckConstraint(
                name="reminder_claim_is_whole",
                condition=Q(claimed_at__isnull=True, claimed_by="")
                | (Q(claimed_at__isnull=False) & ~Q(claimed_by="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=Q(sent_at__isnull=True, set_aside_at__isnull=True),
                name="reminder_waiting_try_at",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def was_no_longer_owed(self) -> bool:
        """Set aside for a reason of ours, not because a mail server refused it."""
        return self.set_aside_at is not None and not self.last_error
