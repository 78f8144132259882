from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from accounts.models import DepartmentSettings, Program, Readers
from records.admin import RetiredFilter, VersionedAdmin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@admin.register(DepartmentSettings)
class DepartmentSettingsAdmin(VersionedAdmin):
    """One row, made by a migration: its list is its page."""

    fields = (
        "department_name",
        "time_zone",
        "guide_is_public",
        "reminder_hour",
        "default_readers",
        "ask_for_help",
    )
    ordering = ("pk",)
    search_fields = ("department_name",)
    list_select_related = ()
    autocomplete_fields = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_choice_field(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Named colleagues are nobody until somebody names them: that is no default."""
        if db_field.name == "default_readers":
            kwargs["choices"] = [one for one in Readers.choices if one[0] != Readers.NAMED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(self.page_url(DepartmentSettings(pk=DepartmentSettings.ONLY)))


@admin.register(Program)
class ProgramAdmin(VersionedAdmin):
    fields = ("name",)
    list_display = ("name", "archived_at")
    list_filter = (RetiredFilter,)
    ordering = ("name", "pk")
    search_fields = ("name",)
    list_select_related = ()
    autocomplete_fields = ()
