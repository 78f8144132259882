from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Program, User
from accounts.roles import Ability, may
from infrastructure.models.workgroup import Membership, Workgroup
from practices.models import ActionStep, ActionStepRevision
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SubmittedOnce,
    Versioned,
    archive_is_whole,
)

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser


class AdoptionQuerySet(ArchivableQuerySet["Adoption"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if may(user, Ability.SEE_WORKGROUPS) else self.none()

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Whoever took it up, and the person, program or workgroup it is for."""
        if not may(user, Ability.TAKE_UP_STEPS):
            return self.none()
        return self.visible_to(user).concerning(user)

    def concerning(self, user: User | AnonymousUser) -> Self:
        """What the user took up, or is the user's by their programs and workgroups."""
        programs = Program.objects.filter(people=user.pk).values("pk")
        groups = Membership.objects.current().filter(user=user.pk).values("workgroup")
        return self.filter(
            Q(created_by=user.pk)
            | Q(person=user.pk)
            | Q(program__in=programs)
            | Q(workgroup__in=groups)
        )

    def open(self) -> Self:
        """Meant or under way: what somebody still has to look back on."""
        return self.current().filter(
            status__in=[Adoption.Status.PLANNED, Adoption.Status.UNDER_WAY]
        )

    def live(self) -> Self:
        """Not set aside: what fills a leaf in the figure."""
        return self.current().exclude(status=Adoption.Status.SET_ASIDE)

    def with_words(self) -> Self:
        """Adds `step_title`, as readers of the guide see it; None where the step is retired."""
        words = ActionStepRevision.objects.readable().filter(step=OuterRef("step"))
        rows = self.annotate(step_title=Subquery(words.values("title")[:1]))
        return rows.select_related("step__practice", "person", "program", "workgroup")


class Adoption(Versioned, Archivable, SubmittedOnce):
    """An action step that a person, a program or a workgroup has taken up."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        SET_ASIDE = "set_aside", _("Set aside")

    step = models.ForeignKey(
        ActionStep, verbose_name=_("action step"), on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    program = models.ForeignKey(
        Program,
        verbose_name=_("program"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
    )
    workgroup = models.ForeignKey(
        Workgroup,
        verbose_name=_("workgroup"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    intent = models.CharField(
        _("what you mean to do"), max_length=240, help_text=_("One line, in your own words.")
    )
    due_on = models.DateField(_("look back on"), null=True, blank=True)
    reason_set_aside = models.CharField(_("why it was set aside"), max_length=240, blank=True)
    created_at = models.DateTimeField(_("taken up at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken up by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("step taken up")
        verbose_name_plural = _("steps taken up")
        constraints = [
            models.CheckConstraint(
                name="adoption_is_one_persons_programs_or_groups",
                condition=Q(person__isnull=False, program__isnull=True, workgroup__isnull=True)
                | Q(person__isnull=True, program__isnull=False, workgroup__isnull=True)
                | Q(person__isnull=True, program__isnull=True, workgroup__isnull=False),
                violation_error_message=_(
                    "Choose a person, a program or a workgroup: one of them."
                ),
            ),
            models.CheckConstraint(
                name="adoption_set_aside_has_a_reason",
                condition=~Q(status="set_aside") | ~Q(reason_set_aside=""),
                violation_error_message=_("Say why it is set aside."),
            ),
            archive_is_whole("adoption_archive_is_whole"),
        ]

    def __str__(self) -> str:
        return self.intent

    def get_absolute_url(self) -> str:
        return reverse("infrastructure:adoption-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return not self.is_archived and self.status in {
            Adoption.Status.PLANNED,
            Adoption.Status.UNDER_WAY,
        }

    def is_overdue(self, *, today: date) -> bool:
        """Whether the day to look back on it has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today

    @property
    def team(self) -> User | Program | Workgroup | None:
        """Who took it up. Needs the three selected beforehand."""
        return self.person or self.program or self.workgroup
