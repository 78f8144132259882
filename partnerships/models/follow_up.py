from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Shared, User, shared_with
from accounts.roles import Ability, may
from partnerships.models.contact import Contact
from partnerships.models.one_to_one import OneToOne
from partnerships.models.partner import PartnerOrganization
from records.models import (
    LONGEST_LINE,
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    SubmittedOnce,
    Versioned,
    archive_is_whole,
    both_or_neither,
    sane_date,
    search_vector,
)

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser


def readable_by(user: User | AnonymousUser, *, named: Q) -> Q:
    """What makes a follow-up, or an earlier version of it, one that the user may read."""
    return shared_with(user, own=_own(user), named=named)


def _own(user: User | AnonymousUser) -> Q:
    return Q(assignee=user.pk) | Q(created_by=user.pk)


class FollowUpQuerySet(SearchableQuerySet["FollowUp"], ArchivableQuerySet["FollowUp"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own always; others' as far as whoever wrote them down shared them."""
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        named = FollowUpReader.objects.filter(user=user.pk).values("follow_up")
        return self.filter(readable_by(user, named=Q(pk__in=named)))

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Whoever owns it, and whoever wrote it down."""
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        return self.filter(_own(user))

    def open(self) -> Self:
        return self.current().filter(completed_at__isnull=True, cancelled_at__isnull=True)

    def done(self) -> Self:
        return self.current().filter(completed_at__isnull=False)

    def cancelled(self) -> Self:
        return self.current().filter(cancelled_at__isnull=False)

    def due(self, *, by: date) -> Self:
        return self.open().filter(due_on__lte=by)

    def overdue(self, *, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def next_steps(self) -> Self:
        """The obvious next step of each relationship among these: its earliest open one.

        A promise of ours is a debt and not a step: it reminds by itself.
        """
        about_somebody = self.open().filter(partner__isnull=False)
        return about_somebody.order_by("partner", "due_on", "pk").distinct("partner")

    def with_people(self) -> Self:
        """With whoever has it, what it is about and who handed it over, fetched along."""
        return self.select_related("assignee", "partner", "contact", "handed_over_by")

    def with_authors(self) -> Self:
        return self.select_related("created_by", "completed_by", "cancelled_by")

    def repeating(self) -> Self:
        return self.open().filter(repeat_weeks__isnull=False)

    def assigned_to(self, user: User) -> Self:
        return self.filter(assignee=user)

    def of_team(self, user: User) -> Self:
        """Of colleagues in one of the user's programs, and of those who report to the user."""
        return self.filter(assignee__in=User.objects.team_of(user).values("pk"))


@pghistory.track(exclude=["search_vector", "submission_key"])
class FollowUp(Versioned, Archivable, SubmittedOnce, Shared):
    """The next thing one of us does, with a date and one person who owns it."""

    what = models.CharField(_("what"), max_length=LONGEST_LINE)
    due_on = models.DateField(_("by when"))
    note = models.TextField(_("note"), blank=True)
    repeat_weeks = models.PositiveSmallIntegerField(
        _("again every … weeks"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(104)],
        help_text=_("It starts again from the last real contact. Leave empty for once."),
    )
    assignee = models.ForeignKey(
        User, verbose_name=_("whose it is"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    one_to_one = models.ForeignKey(
        OneToOne,
        verbose_name=_("from the one-to-one"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    partner = models.ForeignKey(
        PartnerOrganization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    # The one before it, when doing that made this: a repeat, or what was said to come next.
    follows = models.ForeignKey(
        "self",
        verbose_name=_("follows on"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="followed_by",
    )
    named_readers = models.ManyToManyField(
        User,
        through="FollowUpReader",
        verbose_name=_("named colleagues"),
        related_name="+",
        blank=True,
    )
    completed_at = models.DateTimeField(_("done at"), null=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("cancelled by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    cancel_reason = models.CharField(
        _("why not"), max_length=LONGEST_LINE, blank=True, editable=False
    )
    # The latest time it went from one colleague to another, and why.
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, editable=False)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handed over by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    handed_over_why = models.CharField(
        _("why it was handed over"), max_length=LONGEST_LINE, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    search_vector = search_vector(titles=["what"], texts=["note"])

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            both_or_neither(
                name="follow_up_completion_is_whole",
                at="completed_at",
                by="completed_by",
                message=_("Say both when this was done and by whom."),
            ),
            archive_is_whole("follow_up_archive_is_whole"),
            both_or_neither(
                name="follow_up_handing_over_is_whole",
                at="handed_over_at",
                by="handed_over_by",
                message=_("Say both when this was handed over and by whom."),
            ),
            models.CheckConstraint(
                name="follow_up_cancelling_is_whole",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                    & ~Q(cancel_reason="")
                ),
                violation_error_message=_("Say when, by whom and why this was cancelled."),
            ),
            models.CheckConstraint(
                name="follow_up_is_done_or_cancelled",
                condition=Q(completed_at__isnull=True) | Q(cancelled_at__isnull=True),
                violation_error_message=_("What is done cannot be cancelled."),
            ),
            models.CheckConstraint(
                name="follow_up_repeats_in_weeks",
                condition=Q(repeat_weeks__isnull=True) | Q(repeat_weeks__range=(1, 104)),
                violation_error_message=_("Between 1 and 104 weeks."),
            ),
            sane_date(
                name="follow_up_due_on_is_sane", field="due_on", message=_("Check the year.")
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "due_on"], name="follow_up_assignee_due_on"),
            models.Index(fields=["due_on", "id"], name="follow_up_due_on"),
            # Lists of what is closed, the latest first.
            models.Index(
                fields=["-completed_at", "-id"],
                condition=Q(completed_at__isnull=False),
                name="follow_up_done",
            ),
            models.Index(
                fields=["-cancelled_at", "-id"],
                condition=Q(cancelled_at__isnull=False),
                name="follow_up_cancelled",
            ),
            models.Index(
                fields=["-archived_at", "-id"],
                condition=Q(archived_at__isnull=False),
                name="follow_up_archived",
            ),
            GinIndex(fields=["search_vector"], name="follow_up_search"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("partnerships:follow-up-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.completed_at is None and self.cancelled_at is None and not self.is_archived

    def is_overdue(self, *, today: date) -> bool:
        return self.is_open and self.due_on < today


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FollowUpReader(models.Model):
    """A colleague who was named as a reader."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "user"], name="follow_up_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.user_id}"
