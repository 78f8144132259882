from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Max, Q

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class MetQuerySet(models.QuerySet[M]):
    """For those one can have a one-to-one with."""

    def met_of_late(self, user: User) -> Self:
        """Whom the user logged a one-to-one with last comes first; then by name."""
        met_at = Max("one_to_ones__held_at", filter=Q(one_to_ones__created_by=user))
        return self.annotate(met_at=met_at).order_by(
            F("met_at").desc(nulls_last=True), "name", "pk"
        )
