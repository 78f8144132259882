from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime


class AttemptCounterQuerySet(models.QuerySet["AttemptCounter"]):
    def over(self, *, at: datetime) -> Self:
        return self.filter(expires_at__lt=at)


class AttemptCounter(models.Model):
    """How often somebody tried of late, which is what slows down guessing passwords.

    Rows are allauth's, written through Django's cache, which names the columns.
    """

    key = models.CharField(_("key"), max_length=255, primary_key=True, db_column="cache_key")
    value = models.TextField(_("value"))
    expires_at = models.DateTimeField(_("counts until"), db_column="expires", db_index=True)

    objects = AttemptCounterQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt counter")
        verbose_name_plural = _("attempt counters")

    def __str__(self) -> str:
        return self.key
