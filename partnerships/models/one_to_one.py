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
from partnerships.models.contact import Contact
from partnerships.models.partner import PartnerOrganization
from practices.models import ActionStep
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    SubmittedOnce,
    Versioned,
    archive_is_whole,
    sane_moment,
    search_vector,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def readable_by(user: User | AnonymousUser, *, present: Q) -> Q:
    """Whether `readers` reaches the user, now or in an earlier version; `present` says who was there."""
    readers = OneToOne.Readers
    shared = Q(readers=readers.STAFF)
    if may(user, Ability.SEE_EQUITY_NOTES):
        shared |= Q(readers=readers.EQUITY_TEAM)
    return Q(created_by=user.pk) | shared | (present & ~Q(readers=readers.AUTHOR))


class OneToOneQuerySet(SearchableQuerySet["OneToOne"], ArchivableQuerySet["OneToOne"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Its author's always; others' as far as the author shared it, and the role reaches."""
        if not may(user, Ability.SEE_PARTNERS):
            return self.none()
        present = OneToOneColleague.objects.filter(user=user.pk).values("one_to_one")
        return self.filter(readable_by(user, present=Q(pk__in=present)))

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Its author, and colleagues who were there, if they may record at all."""
        if not may(user, Ability.RECORD):
            return self.none()
        present = OneToOneColleague.objects.filter(user=user.pk).values("one_to_one")
        return self.visible_to(user).filter(Q(created_by=user.pk) | Q(pk__in=present))


@pghistory.track(exclude=["search_vector", "submission_key"])
class OneToOne(Versioned, Archivable, SubmittedOnce):
    """An organizer's conversation, whose purpose is the relationship."""

    class Readers(models.TextChoices):
        AUTHOR = "author", _("Only me")
        PRESENT = "present", _("Colleagues who were there")
        EQUITY_TEAM = "equity_team", _("The equity team")
        STAFF = "staff", _("All staff")

    held_at = models.DateTimeField(_("when"))
    what_mattered = models.TextField(_("what mattered to them"))
    readers = models.CharField(
        _("who may read this"),
        max_length=12,
        choices=Readers.choices,
        default=Readers.EQUITY_TEAM,
    )
    contacts = models.ManyToManyField(
        Contact,
        through="OneToOneContact",
        verbose_name=_("with whom"),
        related_name="one_to_ones",
    )
    partners = models.ManyToManyField(
        PartnerOrganization,
        through="OneToOnePartner",
        verbose_name=_("for which organizations"),
        related_name="one_to_ones",
        blank=True,
    )
    colleagues = models.ManyToManyField(
        User,
        through="OneToOneColleague",
        verbose_name=_("colleagues who were there"),
        related_name="one_to_ones_attended",
        blank=True,
    )
    steps_served = models.ManyToManyField(
        ActionStep,
        through="OneToOneStep",
        verbose_name=_("action steps it served"),
        related_name="+",
        blank=True,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("logged by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="one_to_ones_logged",
    )
    search_vector = search_vector(titles=[], texts=["what_mattered"])

    objects = OneToOneQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-to-one")
        verbose_name_plural = _("one-to-ones")
        constraints = [
            archive_is_whole("one_to_one_archive_is_whole"),
            sane_moment(
                name="one_to_one_held_at_is_sane", field="held_at", message=_("Check the year.")
            ),
        ]
        indexes = [
            models.Index(fields=["-held_at"], name="one_to_one_held_at"),
            GinIndex(fields=["search_vector"], name="one_to_one_search"),
        ]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:one-to-one-detail", args=[self.pk])


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOneContact(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_to_one", "contact"], name="one_to_one_contact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.contact_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOnePartner(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(PartnerOrganization, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_to_one", "partner"], name="one_to_one_partner_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.partner_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOneColleague(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one_to_one", "user"], name="one_to_one_colleague_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.user_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OneToOneStep(models.Model):
    one_to_one = models.ForeignKey(OneToOne, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(ActionStep, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one_to_one", "step"], name="one_to_one_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one_id}: {self.step_id}"
