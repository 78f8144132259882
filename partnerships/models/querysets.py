from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, When

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class MetQuerySet(models.QuerySet[M]):
    """For those one can have a one-to-one with."""

    def met_of_late(self, user: User) -> Self:
        """Whom the user logged a one-to-one with last comes first; then by name.

        The days are looked up for those whom the user met, not for everybody.
        """
        relation: Any = self.model._meta.get_field("one_to_ones")
        theirs = relation.field.name
        mine = relation.related_model._base_manager.filter(created_by=user)
        met = mine.filter(**{f"{theirs}__isnull": False}).values(theirs)
        latest = mine.filter(**{theirs: OuterRef("pk")}).order_by("-held_at").values("held_at")
        met_at = Case(When(pk__in=met, then=Subquery(latest[:1])))
        return self.annotate(met_at=met_at).order_by(
            F("met_at").desc(nulls_last=True), "name", "pk"
        )
