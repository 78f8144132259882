from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from accounts.roles import Ability
    from accounts.types import PortalRequest

P = ParamSpec("P")
Answer = TypeVar("Answer", bound="HttpResponseBase")


def requires(
    ability: Ability,
) -> Callable[
    [Callable[Concatenate[PortalRequest, P], Answer]],
    Callable[Concatenate[PortalRequest, P], Answer],
]:
    """Keep a whole section for people whose role may use it; others get a 403 with a way out."""

    def decorate(
        view: Callable[Concatenate[PortalRequest, P], Answer],
    ) -> Callable[Concatenate[PortalRequest, P], Answer]:
        @wraps(view)
        def guarded(request: PortalRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            if not request.user.may(ability):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
