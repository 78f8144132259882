from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability, may
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
    from django.contrib.auth.models import AnonymousUser


class WorkgroupQuerySet(SearchableQuerySet["Workgroup"], ArchivableQuerySet["Workgroup"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if may(user, Ability.SEE_WORKGROUPS) else self.none()

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Its chairs and its sponsor; whoever may start workgroups may change any."""
        if may(user, Ability.START_WORKGROUPS):
            return self.visible_to(user)
        chaired = Membership.objects.current().chairs().filter(user=user.pk).values("workgroup")
        return self.visible_to(user).filter(Q(sponsor=user.pk) | Q(pk__in=chaired))

    def joined_by(self, user: User) -> Self:
        """Those the user is in now."""
        mine = Membership.objects.current().filter(user=user).values("workgroup")
        return self.filter(pk__in=mine)

    def with_people(self) -> Self:
        """Adds `size`, and for each group its current chairs as `chairs`."""
        here = Membership.objects.current().filter(workgroup=OuterRef("pk")).order_by()
        size = here.values("workgroup").annotate(size=Count("pk")).values("size")
        chairs = Membership.objects.current().chairs().select_related("user").in_order()
        return self.annotate(size=Coalesce(Subquery(size), 0)).prefetch_related(
            Prefetch("memberships", queryset=chairs, to_attr="chairs")
        )


class Workgroup(Versioned, Archivable, SubmittedOnce):
    """Equity champions with a sponsor and authority to make recommendations."""

    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), help_text=_("What it is for, in a few lines."))
    sponsor = models.ForeignKey(
        User,
        verbose_name=_("sponsor"),
        on_delete=models.PROTECT,
        related_name="workgroups_sponsored",
        help_text=_("The leader who clears the way and sees that answers come."),
    )
    members = models.ManyToManyField(
        User, through="Membership", verbose_name=_("members"), related_name="workgroups"
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    search_vector = search_vector(titles=["name"], texts=["purpose"])

    objects = WorkgroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("workgroup")
        verbose_name_plural = _("workgroups")
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(archived_at__isnull=True),
                name="workgroup_name_is_unique",
                violation_error_message=_("There is a workgroup of this name already."),
            ),
            archive_is_whole("workgroup_archive_is_whole"),
        ]
        indexes = [GinIndex(fields=["search_vector"], name="workgroup_search")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("infrastructure:workgroup-detail", args=[self.pk])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def chairs(self) -> Self:
        return self.filter(role__in=[Membership.Role.CHAIR, Membership.Role.CO_CHAIR])

    def ended(self) -> Self:
        return self.filter(ended_on__isnull=False)

    def in_order(self) -> Self:
        """Chairs first, then as the roles are listed; within a role by name."""
        places = [When(role=role, then=place) for place, role in enumerate(Membership.Role)]
        return self.order_by(Case(*places, default=len(places)), "user__name", "pk")


class Membership(models.Model):
    """A colleague's part in a workgroup, from a date until one; the past is kept."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        CO_CHAIR = "co_chair", _("Co-chair")
        CHAMPION = "champion", _("Champion")
        MEMBER = "member", _("Member")

    workgroup = models.ForeignKey(Workgroup, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        User, verbose_name=_("colleague"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    started_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["workgroup", "user"],
                condition=Q(ended_on__isnull=True),
                name="membership_is_current_once",
                violation_error_message=_("This colleague is a member already."),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("This ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())

    @property
    def other_roles(self) -> list[tuple[str, str]]:
        """What this member could become, as (value, label)."""
        return [(role.value, str(role.label)) for role in self.Role if role.value != self.role]
