from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from accounts.models import DepartmentSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class DepartmentMiddleware:
    """Gives each request its department, and the person's own time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/health/"):
            return self.get_response(request)  # answers even when the database does not
        request.department = SimpleLazyObject(DepartmentSettings.objects.load)  # type: ignore[attr-defined]
        own_zone = getattr(request.user, "time_zone", "")
        with timezone.override(own_zone or request.department.time_zone):  # type: ignore[attr-defined]
            response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Back, on a shared desk after somebody signed out, shows nothing of theirs.
            patch_cache_control(response, private=True, no_store=True)
        return response
