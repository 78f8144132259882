from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def beat(self, *, at: datetime) -> None:
        self.update_or_create(pk=Heartbeat.ONLY, defaults={"beat_at": at})

    def latest_moment(self) -> datetime | None:
        return self.filter(pk=Heartbeat.ONLY).values_list("beat_at", flat=True).first()


class Heartbeat(models.Model):
    """When a worker last did what beat had asked: proof that both, and the broker, are there."""

    ONLY = 1

    beat_at = models.DateTimeField(_("last beat at"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        constraints = [models.CheckConstraint(name="heartbeat_is_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.beat_at:%Y-%m-%d %H:%M:%S}"
