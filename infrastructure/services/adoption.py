from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from infrastructure.models import Adoption
from records.services import once

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from accounts.models import User


@transaction.atomic
def take_up_step(
    *, adoption: Adoption, by: User, at: datetime, key: UUID | None = None
) -> Adoption:
    def make() -> Adoption:
        adoption.created_at, adoption.created_by, adoption.submission_key = at, by, key
        adoption.save()
        return adoption

    return once(model=Adoption, key=key, made_by={"created_by": by}, make=make)
