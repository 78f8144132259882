from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class OneToOneDraftQuerySet(models.QuerySet["OneToOneDraft"]):
    def of(self, user: User) -> Self:
        """A draft is its author's alone, whatever the author will share later."""
        return self.filter(author=user.pk)

    def kept(self) -> Self:
        return self.filter(thrown_away_at__isnull=True)


class OneToOneDraft(models.Model):
    """What somebody typed into the form of a one-to-one and has not saved yet.

    Kept without a history, and gone once the one-to-one is saved: it is nobody's record. One that
    was thrown away goes a day later, one that was left lying after `services.DRAFTS_STAY`.
    """

    # The submission key of the form: the one-to-one that comes of it carries the same.
    key = models.UUIDField(_("key"))
    author = models.ForeignKey(
        User, verbose_name=_("author"), on_delete=models.CASCADE, related_name="one_to_one_drafts"
    )
    # Field names, each with the values that a browser would send.
    words = models.JSONField(_("words"), default=dict)
    saved_at = models.DateTimeField(_("saved at"))
    # For as long as it can be brought back.
    thrown_away_at = models.DateTimeField(_("thrown away at"), null=True)

    objects = OneToOneDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a one-to-one")
        verbose_name_plural = _("drafts of one-to-ones")
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="one_to_one_draft_once")
        ]

    def __str__(self) -> str:
        return str(self.key)
