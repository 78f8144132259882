"""The admin: where editors keep the guide and administrators the settings. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.db.models.base import ModelBase
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

KEPT_HERE = {"practices", "accounts"}


class PortalAdminSite(admin.AdminSite):
    site_title = _("Equity Portal")
    site_header = _("Equity Portal: the guide and the settings")
    index_title = _("What you keep")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Packages bring admin pages of their own, e-mail addresses and events among them: not here."""
        models: Iterable[Any] = (
            [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        )
        ours = [model for model in models if model._meta.app_label in KEPT_HERE]
        super().register(ours, admin_class, **options)

    def get_urls(self) -> list[Any]:
        """With our own way to a record's page before Django's, which tells of any row there is."""
        address = "r/<int:content_type_id>/<int:object_id>/"
        return [
            path(address, self.admin_view(self.view_on_site), name="view_on_site"),
            *(row for row in super().get_urls() if getattr(row, "name", "") != "view_on_site"),
        ]

    def view_on_site(
        self, request: HttpRequest, content_type_id: int, object_id: int
    ) -> HttpResponseBase:
        """The page of a record that is kept here; of no other is it said whether it exists."""
        kind = ContentType.objects.filter(pk=content_type_id).first()
        if kind is None or kind.model_class() not in self._registry:
            raise Http404
        return shortcut(request, content_type_id, object_id)

    def has_permission(self, request: HttpRequest) -> bool:
        return getattr(request.user, "may_use_admin", False)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The portal's own sign-in page; a second one would have rules of its own."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method == "POST":
            logout(request)
        return redirect("home")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return redirect("account_change_password")
