from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models.action_step import ActionStep
from practices.models.practice import Practice
from records.models import (
    Archivable,
    ArchivableQuerySet,
    SearchableQuerySet,
    Versioned,
    archive_is_whole,
    search_vector,
)


class ResourceQuerySet(SearchableQuerySet["Resource"], ArchivableQuerySet["Resource"]):
    def published(self) -> Self:
        return self.current().filter(status=Resource.Status.PUBLISHED)


class Resource(Versioned, Archivable):
    """A report, toolkit, video or article, as an annotated bibliography lists it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        TOOLKIT = "toolkit", _("Toolkit")
        GUIDE = "guide", _("Guide")
        ARTICLE = "article", _("Article")
        VIDEO = "video", _("Video")
        WEB_PAGE = "web page", _("Web page")
        CASE_STUDY = "case study", _("Case study")
        ASSESSMENT = "assessment", _("Assessment")

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=240)
    authors = models.CharField(_("authors"), max_length=240, blank=True)
    publisher = models.CharField(_("publisher"), max_length=160)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    url = models.URLField(
        _("link"), max_length=500, blank=True, help_text=_("Also the address of a DOI.")
    )
    annotation = models.TextField(
        _("what it is good for"), blank=True, help_text=_("One or two sentences.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    practices = models.ManyToManyField(
        Practice,
        through="PracticeResource",
        verbose_name=_("practices"),
        related_name="resources",
        blank=True,
    )
    steps = models.ManyToManyField(
        ActionStep,
        through="StepResource",
        verbose_name=_("action steps"),
        related_name="resources",
        blank=True,
    )
    # A digest of what the loader last wrote; anything else in the row is an editor's.
    loaded_from = models.CharField(max_length=64, blank=True, editable=False)
    search_vector = search_vector(titles=["title"], texts=["authors", "publisher", "annotation"])

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        indexes = [GinIndex(fields=["search_vector"], name="resource_search")]
        constraints = [
            models.CheckConstraint(
                name="resource_published_has_link",
                condition=~Q(status="published") | ~Q(url=""),
                violation_error_message=_("A published resource needs a link that was confirmed."),
            ),
            archive_is_whole("resource_archive_is_whole"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def by(self) -> str:
        """Whom a bibliography names first, with its full stop."""
        return f"{(self.authors or self.publisher).removesuffix('.')}."


class PracticeResource(models.Model):
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("practice it serves")
        verbose_name_plural = _("practices it serves")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "resource"], name="practice_lists_resource_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.resource_id}"


class StepResource(models.Model):
    step = models.ForeignKey(ActionStep, on_delete=models.CASCADE, related_name="+")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("step it serves")
        verbose_name_plural = _("steps it serves")
        constraints = [
            models.UniqueConstraint(fields=["step", "resource"], name="step_lists_resource_once")
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.resource_id}"
