from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import (
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Least, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Program, User
from accounts.roles import Ability, may
from partnerships.models.alike import AlikeQuerySet, Digits, Host
from partnerships.models.querysets import MetQuerySet
from partnerships.models.terms import terms_field
from practices.models import Practice
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    SubmittedOnce,
    Versioned,
    archive_is_whole,
    search_vector,
)
from records.spans import A_WEEK

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser


class PartnerOrganizationQuerySet(
    SearchableQuerySet["PartnerOrganization"],
    ArchivableQuerySet["PartnerOrganization"],
    MetQuerySet["PartnerOrganization"],
    AlikeQuerySet["PartnerOrganization"],
):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if may(user, Ability.SEE_PARTNERS) else self.none()

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        return self.visible_to(user) if may(user, Ability.RECORD) else self.none()

    def owned_by(self, user: User) -> Self:
        return self.filter(pk__in=PartnerOwner.objects.filter(user=user).values("partner"))

    def with_owners(self) -> Self:
        """With whoever keeps each, by name, fetched along."""
        by_name = User.objects.get_queryset().order_by("name", "pk")
        return self.prefetch_related(Prefetch("owners", queryset=by_name))

    def with_last_touch(self, reader: User) -> Self:
        """Adds `last_touch_at`: the latest one-to-one among those the reader may see."""
        from partnerships.models.one_to_one import OneToOne  # noqa: PLC0415 (it points here)

        touches = (
            OneToOne.objects.visible_to(reader)
            .current()
            .filter(partners=OuterRef("pk"))
            .order_by("-held_at")
            .values("held_at")[:1]
        )
        return self.annotate(last_touch_at=Subquery(touches))

    def gone_quiet(self, reader: User, *, at: datetime) -> Self:
        """With a rhythm that has passed since the last touch, or since they were added."""
        rhythm = ExpressionWrapper(F("rhythm_weeks") * Value(A_WEEK), output_field=DurationField())
        due = ExpressionWrapper(
            Coalesce("last_touch_at", "created_at") + rhythm, output_field=DateTimeField()
        )
        return self.with_last_touch(reader).annotate(touch_due_at=due).filter(touch_due_at__lt=at)

    def hanging_on_one(self, reader: User) -> Self:
        """Known by exactly one colleague who is still here, as far as the reader may see."""
        lowest = [Subquery(keys.order_by("who")[:1]) for keys in _who_knows_them(reader)]
        highest = [Subquery(keys.order_by("-who")[:1]) for keys in _who_knows_them(reader)]
        # PostgreSQL leaves what is missing out of both.
        return self.annotate(first=Least(*lowest), last=Greatest(*highest)).filter(first=F("last"))


def _who_knows_them(reader: User) -> list[QuerySet]:
    """The keys (`who`) of those who logged a one-to-one, were there, or were introduced."""
    from partnerships.models.introduction import Introduction  # noqa: PLC0415 (it points here)
    from partnerships.models.one_to_one import OneToOne, OneToOneColleague  # noqa: PLC0415

    readable = OneToOne.objects.visible_to(reader).current()
    logged = readable.filter(partners=OuterRef("pk"), created_by__is_active=True)
    there = OneToOneColleague.objects.filter(
        one_to_one__in=readable, one_to_one__partners=OuterRef("pk"), user__is_active=True
    )
    brought = (
        Introduction.objects.visible_to(reader)
        .happened()
        .filter(partner=OuterRef("pk"), colleague__is_active=True)
    )
    return [
        logged.values(who=F("created_by")),
        there.values(who=F("user")),
        brought.values(who=F("colleague")),
    ]


@pghistory.track(exclude=["search_vector", "submission_key"])
class PartnerOrganization(Versioned, Archivable, SubmittedOnce):
    """An organization, or a resident leader in their own right, that we work with."""

    class Kind(models.TextChoices):
        RESIDENT_LEADER = "resident_leader", _("Resident leader")
        POWER_BUILDING = "power_building", _("Community power-building organization")
        COMMUNITY_BASED = "community_based", _("Community-based organization")
        GOVERNMENT = "government", _("Government agency")
        ELECTED = "elected", _("Elected office")
        FUNDER = "funder", _("Funder")
        ACADEMIC = "academic", _("Academic institution")
        HEALTH_CARE = "health_care", _("Health-care organization")
        FAITH = "faith", _("Faith organization")
        LABOR = "labor", _("Labor organization")
        BUSINESS = "business", _("Business")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    about = models.TextField(
        _("what they work for"),
        blank=True,
        help_text=_("In their own words where you can. It may be asked for as a public record."),
    )
    issue_areas = terms_field(_("issue areas"))
    communities = terms_field(_("communities served"))
    languages = terms_field(_("languages"))
    tags = terms_field(_("tags"))
    geography = models.CharField(_("where they work"), max_length=160, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )
    offers = models.TextField(_("what they offer"), blank=True)
    needs = models.TextField(_("what they need"), blank=True)
    access_needs = models.TextField(_("access needs"), blank=True)
    rhythm_weeks = models.PositiveSmallIntegerField(
        _("weeks between conversations"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(104)],
        help_text=_("How often you mean to talk. Leave empty where there is no rhythm."),
    )
    owners = models.ManyToManyField(
        User,
        through="PartnerOwner",
        verbose_name=_("who keeps the relationship"),
        related_name="partners_kept",
    )
    programs = models.ManyToManyField(
        Program,
        through="PartnerProgram",
        verbose_name=_("programs"),
        related_name="partners",
        blank=True,
    )
    practices = models.ManyToManyField(
        Practice,
        through="PartnerPractice",
        verbose_name=_("practices the relationship serves"),
        related_name="+",
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
    search_vector = search_vector(
        names=["name"],
        titles=[],
        terms=["issue_areas", "communities", "tags"],
        texts=["about", "geography", "offers", "needs"],
    )

    objects = PartnerOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner organization")
        verbose_name_plural = _("partner organizations")
        constraints = [
            archive_is_whole("partner_archive_is_whole"),
            models.CheckConstraint(
                name="partner_rhythm_is_weeks",
                condition=Q(rhythm_weeks__isnull=True) | Q(rhythm_weeks__range=(1, 104)),
                violation_error_message=_("A rhythm is between 1 and 104 weeks."),
            ),
            models.CheckConstraint(
                name="partner_is_not_part_of_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message=_("No organization is part of itself."),
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="partner_search"),
            GinIndex(fields=["issue_areas"], name="partner_issue_areas"),
            GinIndex(fields=["tags"], name="partner_tags"),
            # A list in the order of names, and names that are nearly the same.
            models.Index(fields=["name", "id"], name="partner_name"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="partner_name_is_like"),
            models.Index(Lower("email"), name="partner_email_lower"),
            models.Index(Digits("phone"), name="partner_phone_digits"),
            models.Index(Host("website"), name="partner_website_host"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:partner-detail", args=[self.pk])

    def is_within(self, other: PartnerOrganization) -> bool:
        """Whether this is a part of `other`, directly or through what stands between."""
        seen: set[int | None] = set()
        above = self.parent_id
        while above is not None and above not in seen:
            if above == other.pk:
                return True
            seen.add(above)
            rows = PartnerOrganization.objects.filter(pk=above)
            above = rows.values_list("parent", flat=True).first()
        return False


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PartnerOwner(models.Model):
    """A colleague who keeps the relationship with a partner organization."""

    partner = models.ForeignKey(
        PartnerOrganization, on_delete=models.CASCADE, related_name="ownerships"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "user"], name="partner_owner_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.user_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PartnerProgram(models.Model):
    partner = models.ForeignKey(PartnerOrganization, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "program"], name="partner_program_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.program_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PartnerPractice(models.Model):
    partner = models.ForeignKey(PartnerOrganization, on_delete=models.CASCADE, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "practice"], name="partner_practice_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.practice_id}"
