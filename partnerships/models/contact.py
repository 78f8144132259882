from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Ability, may
from partnerships.models.alike import AlikeQuerySet, Digits
from partnerships.models.partner import PartnerOrganization
from partnerships.models.querysets import MetQuerySet
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    SubmittedOnce,
    Versioned,
    archive_is_whole,
    search_vector,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User


class ContactQuerySet(
    SearchableQuerySet["Contact"],
    ArchivableQuerySet["Contact"],
    MetQuerySet["Contact"],
    AlikeQuerySet["Contact"],
):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if may(user, Ability.SEE_PARTNERS) else self.none()

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        return self.visible_to(user) if may(user, Ability.RECORD) else self.none()

    def at_any_of(self, partners: QuerySet | Iterable[int], *, on: date) -> Self:
        """With a role at one of these organizations on that day."""
        roles = Affiliation.objects.current(on=on).filter(partner__in=partners)
        return self.filter(pk__in=roles.values("contact"))

    def with_roles(self, *, on: date) -> Self:
        """With `roles`: what they are that day, and where."""
        roles = Affiliation.objects.current(on=on).select_related("partner")
        roles = roles.order_by("partner__name", "pk")
        return self.prefetch_related(Prefetch("affiliations", roles, to_attr="roles"))


@pghistory.track(exclude=["search_vector", "submission_key"])
class Contact(Versioned, Archivable, SubmittedOnce):
    """A person, at any number of partner organizations or at none."""

    class ReachBy(models.TextChoices):
        EMAIL = "email", _("E-mail")
        CALL = "call", _("A call")
        TEXT = "text", _("A text message")
        IN_PERSON = "in_person", _("In person")
        THROUGH_SOMEBODY = "through_somebody", _("Through somebody they trust")

    name = models.CharField(_("name"), max_length=120)
    preferred_name = models.CharField(_("what they like to be called"), max_length=60, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    language = models.CharField(_("preferred language"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    reach_by = models.CharField(
        _("how they like to be reached"), max_length=20, choices=ReachBy.choices, blank=True
    )
    access_needs = models.TextField(
        _("access needs"),
        blank=True,
        help_text=_("What they asked for: an interpreter, a step-free room, evenings."),
    )
    met_through = models.ForeignKey(
        "self",
        verbose_name=_("who introduced us"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="introduced_us_to",
    )
    do_not_contact = models.BooleanField(
        _("asked us not to contact them"),
        default=False,
        help_text=_("Their e-mail and phone are then shown nowhere."),
    )
    partners = models.ManyToManyField(
        PartnerOrganization,
        through="Affiliation",
        verbose_name=_("organizations"),
        related_name="contacts",
        blank=True,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    search_vector = search_vector(names=["name", "preferred_name"], titles=[], texts=[])

    roles: list[Affiliation]  # of rows `with_roles`

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            archive_is_whole("contact_archive_is_whole"),
            models.CheckConstraint(
                name="contact_was_met_through_somebody_else",
                condition=Q(met_through__isnull=True) | ~Q(met_through=F("pk")),
                violation_error_message=_("Nobody introduced themselves here."),
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="contact_search"),
            models.Index(fields=["name", "id"], name="contact_name"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="contact_name_is_like"),
            models.Index(Lower("email"), name="contact_email_lower"),
            models.Index(Digits("phone"), name="contact_phone_digits"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:contact-detail", args=[self.pk])

    def where(self) -> str:
        """Their organizations, in a line; of rows `with_roles`."""
        return ", ".join(dict.fromkeys(role.partner.name for role in self.roles))


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def current(self, *, on: date) -> Self:
        """Those that have not ended by that day: whoever leaves some day is there until then."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Affiliation(models.Model):
    """What a contact is at a partner organization, and from when to when."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="affiliations")
    partner = models.ForeignKey(
        PartnerOrganization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="affiliations",
    )
    role = models.CharField(_("role"), max_length=100, blank=True)
    started_on = models.DateField(_("since"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("role at an organization")
        verbose_name_plural = _("roles at organizations")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "partner"],
                condition=Q(ended_on__isnull=True),
                name="affiliation_is_current_once",
                violation_error_message=_("This organization is listed twice."),
            ),
            models.CheckConstraint(
                name="affiliation_ends_after_it_starts",
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("This ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.role

    def is_current(self, *, on: date) -> bool:
        """As `AffiliationQuerySet.current` has it."""
        return self.ended_on is None or self.ended_on > on
