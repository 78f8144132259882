from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from practices.models.practice import Practice
from practices.models.revision import Revision, RevisionQuerySet, revision_constraints, words_stay
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    Versioned,
    archive_is_whole,
    search_vector,
)

WORDS = ["title", "short_title", "what_to_do", "why", "begin_this_week", "what_it_takes", "traps"]


class ActionStepQuerySet(ArchivableQuerySet["ActionStep"]):
    def named(self) -> Self:
        """Adds `title`, as a practice's `name`, and each one's practice with its own."""
        words = ActionStepRevision.objects.naming().filter(step=OuterRef("pk"))
        practices = Prefetch("practice", queryset=Practice.objects.named())
        return self.annotate(title=Subquery(words.values("title")[:1])).prefetch_related(practices)

    def in_order(self) -> Self:
        return self.order_by("practice__group__order", "practice__order", "order", "pk")


class ActionStep(Versioned, Archivable):
    """One thing a department can do within a practice. Records point here, never to words."""

    practice = models.ForeignKey(
        Practice, verbose_name=_("practice"), on_delete=models.PROTECT, related_name="steps"
    )
    slug = models.SlugField(_("address"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = ActionStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("action step")
        verbose_name_plural = _("action steps")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "slug"], name="action_step_address_is_unique"
            ),
            archive_is_whole("action_step_archive_is_whole"),
        ]

    def __str__(self) -> str:
        """Its title where the rows are `named()`, else the address in words."""
        return getattr(self, "title", None) or self.slug.replace("-", " ").capitalize()

    def get_absolute_url(self) -> str:
        """The step's place on its practice's page. Needs `practice`."""
        return f"{reverse('practices:practice-detail', args=[self.practice.slug])}#{self.slug}"


class ActionStepRevisionQuerySet(
    RevisionQuerySet["ActionStepRevision"], SearchableQuerySet["ActionStepRevision"]
):
    def readable(self) -> Self:
        """What a reader sees: published, of current steps, on a practice's page that is open."""
        return self.published().filter(
            step__archived_at__isnull=True, step__practice__in=Practice.objects.published()
        )

    def in_order(self) -> Self:
        return self.order_by(
            "step__practice__group__order", "step__practice__order", "step__order", "pk"
        )


class ActionStepRevision(Revision):
    STABLE = "step"
    WORDS = WORDS

    step = models.ForeignKey(
        ActionStep, verbose_name=_("step"), on_delete=models.PROTECT, related_name="revisions"
    )
    title = models.CharField(_("title"), max_length=160)
    short_title = models.CharField(
        _("short title"), max_length=60, help_text=_("For the list of contents.")
    )
    what_to_do = models.TextField(_("what to do"))
    why = models.TextField(_("why"), blank=True)
    begin_this_week = models.TextField(_("begin this week"), blank=True)
    what_it_takes = models.TextField(_("what it takes"), blank=True)
    traps = models.TextField(_("common traps"), blank=True)
    search_vector = search_vector(
        titles=["title", "short_title"],
        texts=["what_to_do", "why", "begin_this_week", "what_it_takes", "traps"],
    )

    objects = ActionStepRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a step")
        verbose_name_plural = _("versions of steps")
        indexes = [GinIndex(fields=["search_vector"], name="action_step_revision_search")]
        constraints = revision_constraints("action_step_revision", "step")
        triggers = words_stay("action_step_revision", *WORDS)

    def __str__(self) -> str:
        return self.title
