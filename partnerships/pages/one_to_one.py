from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from partnerships.models import FollowUp, OneToOne, Promise
from practices.models import ActionStepRevision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User

RECENT = 20


def new_one_to_one(**about: int) -> str:
    """Where a one-to-one is logged, with whom already filled in."""
    return reverse("partnerships:one-to-one-create", query=about)


@dataclass(frozen=True)
class OneToOnePage:
    promises: Sequence[Promise]
    follow_ups: Sequence[FollowUp]
    steps: Sequence[ActionStepRevision]
    may_change: bool


def one_to_one_page(one_to_one: OneToOne, *, reader: User) -> OneToOnePage:
    return OneToOnePage(
        promises=list(
            Promise.objects.visible_to(reader)
            .filter(one_to_one=one_to_one)
            .select_related("owner", "contact", "partner")
            .order_by("direction", "due_on", "pk")
        ),
        follow_ups=list(
            FollowUp.objects.visible_to(reader)
            .current()
            .filter(one_to_one=one_to_one)
            .select_related("assignee")
            .order_by("due_on", "pk")
        ),
        steps=list(
            ActionStepRevision.objects.readable()
            .filter(step__in=one_to_one.steps_served.all())
            .select_related("step__practice")
            .in_order()
        ),
        may_change=OneToOne.objects.changeable_by(reader).filter(pk=one_to_one.pk).exists(),
    )


def recent_one_to_ones(reader: User, **of: object) -> list[OneToOne]:
    rows = OneToOne.objects.visible_to(reader).current().filter(**of)
    rows = rows.select_related("created_by").prefetch_related("contacts")
    return list(rows.order_by("-held_at", "-pk")[:RECENT])
