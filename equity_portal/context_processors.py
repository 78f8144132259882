from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from accounts.roles import Ability, may

if TYPE_CHECKING:
    from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs; nothing here asks the database by itself."""
    user = getattr(request, "user", None)
    return {
        "department": getattr(request, "department", None),
        "is_tryout": settings.IS_TRYOUT,
        "tryout_password": settings.TRYOUT_PASSWORD,
        "portal_version": settings.PORTAL_VERSION,
        "may": {ability.value: user is not None and may(user, ability) for ability in Ability},
    }
