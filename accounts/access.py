from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from accounts.roles import Ability
    from accounts.types import PortalRequest

P = ParamSpec("P")


def requires(
    ability: Ability,
) -> Callable[
    [Callable[Concatenate[PortalRequest, P], HttpResponse]],
    Callable[Concatenate[PortalRequest, P], HttpResponse],
]:
    """Keep a whole section for people whose role may use it; others get a 403 with a way out."""

    def decorate(
        view: Callable[Concatenate[PortalRequest, P], HttpResponse],
    ) -> Callable[Concatenate[PortalRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: PortalRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.may(ability):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
