"""What lists say before they say what there is: who goes cold, and what was just put away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F

from partnerships.models import PartnerOrganization

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from accounts.models import User

# As long as what was archived stands above its list, with Undo.
UNDO_LASTS = timedelta(minutes=10)
MOST_UNDONE = 5
MOST_COLD = 3


def just_archived(rows: Any, *, by: User, at: datetime) -> Sequence[Any]:
    """What the person put away in the last minutes, the latest first."""
    mine = rows.filter(archived_by=by, archived_at__gt=at - UNDO_LASTS)
    return list(mine.order_by("-archived_at", "-pk")[:MOST_UNDONE])


def going_cold(reader: User, *, at: datetime) -> Sequence[PartnerOrganization]:
    """Those the reader keeps, longest past their rhythm first."""
    kept = PartnerOrganization.objects.visible_to(reader).current().owned_by(reader)
    return list(kept.gone_quiet(reader, at=at).order_by(F("touch_due_at"), "pk")[:MOST_COLD])
