from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability, may
from partnerships.models.contact import Contact
from partnerships.models.follow_up import FollowUp
from partnerships.models.one_to_one import OneToOne
from partnerships.models.partner import PartnerOrganization
from records.models import SubmittedOnce, both_or_neither, sane_date

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Who brings whom along is no secret among those who see partners; what was said is."""
        return self if may(user, Ability.SEE_PARTNERS) else self.none()

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        if not may(user, Ability.RECORD):
            return self.none()
        return self.filter(Q(introduced_by=user.pk) | Q(colleague=user.pk))

    def open(self) -> Self:
        """Proposed, and neither held nor dropped."""
        return self.filter(happened_on__isnull=True, dropped_at__isnull=True)

    def happened(self) -> Self:
        return self.filter(happened_on__isnull=False)

    def knowing_what_is_readable(self, user: User | AnonymousUser) -> Self:
        """Adds `is_readable`: whether the user may read the one-to-one where each happened."""
        readable = OneToOne.objects.visible_to(user).current().filter(pk=OuterRef("one_to_one"))
        return self.annotate(is_readable=Exists(readable))


@pghistory.track()
class Introduction(SubmittedOnce):
    """A colleague bringing a colleague into a relationship, so that it does not hang on one."""

    partner = models.ForeignKey(
        PartnerOrganization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="introductions",
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("to whom"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="introductions",
    )
    colleague = models.ForeignKey(
        User,
        verbose_name=_("which colleague"),
        on_delete=models.PROTECT,
        related_name="introductions",
    )
    introduced_by = models.ForeignKey(
        User, verbose_name=_("by whom"), on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("by when to meet together"))
    # The joint one-to-one to arrange; it reminds until the introduction has happened.
    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("follow-up"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="introductions",
    )
    # Where it happened. Named only to those who may read that one-to-one.
    one_to_one = models.ForeignKey(
        OneToOne,
        verbose_name=_("one-to-one"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="introductions",
    )
    happened_on = models.DateField(_("happened on"), null=True, editable=False)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, editable=False)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dropped by"),
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

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        constraints = [
            models.CheckConstraint(
                name="introduction_is_of_somebody_else",
                condition=~Q(colleague=F("introduced_by")),
                violation_error_message=_("Choose a colleague other than yourself."),
            ),
            models.UniqueConstraint(
                fields=["partner", "colleague"],
                condition=Q(happened_on__isnull=True, dropped_at__isnull=True),
                name="introduction_is_proposed_once",
                violation_error_message=_("This introduction is under way already."),
            ),
            models.CheckConstraint(
                name="introduction_happened_or_was_dropped",
                condition=Q(happened_on__isnull=True) | Q(dropped_at__isnull=True),
                violation_error_message=_("What happened cannot be dropped."),
            ),
            both_or_neither(
                name="introduction_drop_is_whole",
                at="dropped_at",
                by="dropped_by",
                message=_("Say both when this was dropped and by whom."),
            ),
            sane_date(
                name="introduction_due_on_is_sane", field="due_on", message=_("Check the year.")
            ),
        ]

    def __str__(self) -> str:
        return str(self.due_on)

    def get_absolute_url(self) -> str:
        """Its line on the page of the organization; it has no page of its own."""
        page = reverse("partnerships:partner-detail", args=[self.partner_id])
        return f"{page}#introductions"

    @property
    def is_open(self) -> bool:
        return self.happened_on is None and self.dropped_at is None
