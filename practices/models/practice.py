from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from practices.models.revision import Revision, RevisionQuerySet, revision_constraints, words_stay
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    Versioned,
    archive_is_whole,
    search_vector,
)

WORDS = ["name", "purpose", "what_it_is", "why_it_matters", "what_it_needs", "signs", "questions"]


class PracticeGroup(Versioned):
    """Practices that belong together, such as the strategic and the foundational."""

    class Place(models.TextChoices):
        GROWS = "grows", _("Grows above the ground")
        GROUND = "ground", _("Is the ground")

    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=80)
    purpose = models.TextField(_("purpose"), blank=True)
    place = models.CharField(
        _("place in the figure"), max_length=6, choices=Place.choices, default=Place.GROWS
    )
    # A digest of the name and purpose that the loader last wrote; others are an editor's.
    loaded_from = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("practice group")
        verbose_name_plural = _("practice groups")

    def __str__(self) -> str:
        return self.name


class PracticeQuerySet(ArchivableQuerySet["Practice"]):
    def published(self) -> Self:
        """Practices that a reader may open, in the order of the guide."""
        published = PracticeRevision.objects.published().filter(practice=OuterRef("pk"))
        return self.current().filter(Exists(published))

    def named(self) -> Self:
        """Adds `name`: what readers know it by, else what its draft calls it."""
        words = PracticeRevision.objects.naming().filter(practice=OuterRef("pk"))
        return self.annotate(name=Subquery(words.values("name")[:1]))

    def in_order(self) -> Self:
        return self.order_by("group__order", "order", "pk")


class Practice(Versioned, Archivable):
    """One of the guide's practices: its address, its group and its place in the order."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    group = models.ForeignKey(
        PracticeGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="practices"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    original = models.URLField(
        _("original page"),
        blank=True,
        help_text=_("The page of the Health Equity Guide that this practice follows."),
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = [archive_is_whole("practice_archive_is_whole")]

    def __str__(self) -> str:
        """Its name where the rows are `named()`, else the address in words."""
        return getattr(self, "name", None) or self.slug.replace("-", " ").capitalize()

    def get_absolute_url(self) -> str:
        return reverse("practices:practice-detail", args=[self.slug])


class PracticeRevisionQuerySet(
    RevisionQuerySet["PracticeRevision"], SearchableQuerySet["PracticeRevision"]
):
    def readable(self) -> Self:
        """What a reader sees: published, of practices that are not retired."""
        return self.published().filter(practice__archived_at__isnull=True)

    def in_order(self) -> Self:
        return self.order_by("practice__group__order", "practice__order", "pk")


class PracticeRevision(Revision):
    STABLE = "practice"
    WORDS = WORDS

    practice = models.ForeignKey(
        Practice, verbose_name=_("practice"), on_delete=models.PROTECT, related_name="revisions"
    )
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=240, help_text=_("One line."))
    what_it_is = models.TextField(_("what this is"), blank=True)
    why_it_matters = models.TextField(_("why it matters"), blank=True)
    what_it_needs = models.TextField(
        _("more to know"),
        blank=True,
        help_text=_("A part only this practice has. Begin it with a heading: ## Heading"),
    )
    signs = models.TextField(_("signs that it is working"), blank=True)
    questions = models.TextField(_("questions for a team meeting"), blank=True)
    search_vector = search_vector(
        titles=["name", "purpose"],
        texts=["what_it_is", "why_it_matters", "what_it_needs", "signs", "questions"],
    )

    objects = PracticeRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a practice")
        verbose_name_plural = _("versions of practices")
        indexes = [GinIndex(fields=["search_vector"], name="practice_revision_search")]
        constraints = revision_constraints("practice_revision", "practice")
        triggers = words_stay("practice_revision", *WORDS)

    def __str__(self) -> str:
        return self.name

    @property
    def is_being_written(self) -> bool:
        """Whether there is no more yet than a name and a purpose."""
        return not self.what_it_is
