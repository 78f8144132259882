"""What a revision of the guide's words is, whatever it is a revision of.

A stable row (a practice, an action step) has an address and a place in the order. Its words are
revisions: at most one draft, at most one published, those that were published before, and drafts
that were set aside. Once published, words never change: a trigger in the database refuses it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import operator
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models import Versioned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

R = TypeVar("R", bound="Revision")


class RevisionQuerySet(models.QuerySet[R]):
    def published(self) -> Self:
        return self.filter(status=Revision.Status.PUBLISHED)

    def drafts(self) -> Self:
        return self.filter(status=Revision.Status.DRAFT)

    def naming(self) -> Self:
        """The versions that may give a row its name, what is published before a draft."""
        return self.filter(status__in=["published", "draft"]).order_by("-status")

    def siblings(self, revision: Revision) -> Self:
        """Every version of what this is a version of."""
        return self.filter(**{revision.STABLE: revision.stable_id})


class Revision(Versioned):
    # The field of the stable row, and the fields that hold words.
    STABLE: ClassVar[str]
    WORDS: ClassVar[Sequence[str]]

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Earlier version")
        SET_ASIDE = "set_aside", _("Draft set aside")

    number = models.PositiveIntegerField(_("number"), editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    change_note = models.CharField(
        _("change note"),
        max_length=200,
        blank=True,
        help_text=_("What changed, for somebody who has read the page before."),
    )
    # Empty when the loader wrote it.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    written_at = models.DateTimeField(_("written at"), editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    # Empty when the loader published it.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    # A digest of the content file this came from; empty when a person wrote it.
    loaded_from = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def stable_id(self) -> int:
        return int(getattr(self, f"{self.STABLE}_id"))

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.WORDS}


def digest(words: Mapping[str, object]) -> str:
    """One value for all the words, to tell whether any differs."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def revision_constraints(model: str, of: str) -> list[models.BaseConstraint]:
    """The promises every kind of revision keeps; `of` is the field of its stable row."""
    return [
        models.UniqueConstraint(fields=[of, "number"], name=f"{model}_number_is_unique"),
        models.UniqueConstraint(
            fields=[of], condition=Q(status="published"), name=f"{model}_one_is_published"
        ),
        models.UniqueConstraint(
            fields=[of], condition=Q(status="draft"), name=f"{model}_one_is_a_draft"
        ),
        models.CheckConstraint(
            name=f"{model}_published_has_a_moment",
            condition=Q(status__in=["draft", "set_aside"], published_at__isnull=True)
            | Q(status__in=["published", "superseded"], published_at__isnull=False),
        ),
    ]


def words_stay(model: str, *words: str) -> list[pgtrigger.Trigger]:
    """Published words are not edited in place, and no revision once published is deleted."""
    was_published = pgtrigger.Q(old__status__in=["published", "superseded"])
    differs = (pgtrigger.Q(**{f"old__{word}__df": pgtrigger.F(f"new__{word}")}) for word in words)
    return [
        pgtrigger.Protect(
            name=f"{model}_words_stay",
            operation=pgtrigger.Update,
            condition=was_published & functools.reduce(operator.or_, differs),
        ),
        pgtrigger.Protect(
            name=f"{model}_is_kept", operation=pgtrigger.Delete, condition=was_published
        ),
    ]
