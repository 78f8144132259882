from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability, may
from partnerships.models.one_to_one import OneToOne
from partnerships.models.partner import PartnerOrganization
from records.models import (
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


def readable_by(user: User | AnonymousUser) -> Q:
    """What makes a follow-up, or an earlier version of it, one that the user may read."""
    seen = Q(assignee=user.pk) | Q(created_by=user.pk)
    readable = OneToOne.objects.visible_to(user).values("pk")
    seen |= Q(one_to_one__isnull=False, one_to_one__in=readable)
    if may(user, Ability.SEE_EQUITY_NOTES):
        seen |= Q(one_to_one__isnull=True)
    return seen


class FollowUpQuerySet(SearchableQuerySet["FollowUp"], ArchivableQuerySet["FollowUp"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and those of a one-to-one that one may read.

        A follow-up that belongs to no one-to-one is the equity team's.
        """
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        return self.filter(readable_by(user))

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Whoever owns it, and whoever wrote it down."""
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        return self.filter(Q(assignee=user.pk) | Q(created_by=user.pk))

    def open(self) -> Self:
        return self.current().filter(completed_at__isnull=True)

    def done(self) -> Self:
        return self.current().filter(completed_at__isnull=False)

    def due(self, *, by: date) -> Self:
        return self.open().filter(due_on__lte=by)

    def assigned_to(self, user: User) -> Self:
        return self.filter(assignee=user)


@pghistory.track(exclude=["search_vector", "submission_key"])
class FollowUp(Versioned, Archivable, SubmittedOnce):
    """The next thing one of us does, with a date and one person who owns it."""

    what = models.CharField(_("what"), max_length=240)
    due_on = models.DateField(_("by when"))
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
    completed_at = models.DateTimeField(_("done at"), null=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    search_vector = search_vector(titles=["what"], texts=[])

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
            sane_date(
                name="follow_up_due_on_is_sane", field="due_on", message=_("Check the year.")
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "due_on"], name="follow_up_assignee_due_on"),
            GinIndex(fields=["search_vector"], name="follow_up_search"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("partnerships:follow-up-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.completed_at is None and self.archived_at is None

    def is_overdue(self, *, today: date) -> bool:
        return self.is_open and self.due_on < today
