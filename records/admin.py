"""What every admin page here keeps to: versions, both authors' words, nothing deleted.

Saving goes through `save_version`. Whoever is second sees both versions on the same page,
and so does whoever loses by the width of a transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminURLFieldWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from records import services
from records.forms import RecordForm
from records.models import Archivable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

    Press = Callable[[HttpRequest, Any], HttpResponse]

# Fields of the form alone: what it was opened over, and what two people dispute.
CARRIED = ("version", "seen", "disputed")


@dataclass(frozen=True)
class Tool:
    """Something to do beside the form: a link that goes, or a button that acts."""

    label: str
    url: str
    acts: bool = True


class RetiredFilter(admin.SimpleListFilter):
    title = gettext_lazy("whether retired")
    parameter_name = "retired"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("In use")), ("yes", _("Retired"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(archived_at__isnull=self.value() == "no") if self.value() else None


class VersionedAdmin(admin.ModelAdmin):
    """The base of every admin class. Subclasses list `fields`; `once` are set when added."""

    form = RecordForm
    actions = None
    once: Sequence[str] = ()
    formfield_overrides = {
        models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
    }
    view_on_site = False

    class Media:
        css = {"all": ["css/admin_records.css"]}

    # --- the form ---------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = list(super().get_fieldsets(request, obj))
        if obj is None or self.has_change_permission(request, obj):
            shown.append((None, {"fields": CARRIED}))
        return shown

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002 (Django's signature)
        **kwargs: Any,
    ) -> Any:
        read_only = {*CARRIED, *self.get_readonly_fields(request, obj)}
        kwargs["fields"] = [name for name in kwargs.get("fields") or () if name not in read_only]
        return super().get_form(request, obj, change=change, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plain choice; its icons open windows with forms that have addresses of their own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = self.once if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *kept)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # --- saving -----------------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except services.ChangedMeanwhile:
            # Rolled back; the same words over the row as it stands now show both versions.
            return self.changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        if change:
            services.save_version(record=obj, fields=self.saved(form))
        else:
            super().save_model(request, obj, form, change)

    def saved(self, form: RecordForm) -> list[str]:
        """The columns that an edit writes."""
        return list(form.columns())

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        add: bool = False,  # noqa: FBT001, FBT002 (Django's signature)
    ) -> Any:
        form.changed_data = [name for name in form.changed_data if name not in CARRIED]
        return super().construct_change_message(request, form, formsets, add)

    def response_add(
        self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("It is saved."))
        return redirect(self.page_url(obj))

    # --- beside the form --------------------------------------------------------------------

    def tools(self, request: HttpRequest, record: Any) -> list[Tool]:
        """What the page of a record offers; only asked of those who may change such records."""
        if not isinstance(record, Archivable):
            return []
        if record.is_archived:
            return [Tool(_("Bring it back"), self.press_url("restore", record))]
        return [Tool(_("Retire it"), self.press_url("retire", record))]

    def presses(self) -> dict[str, Press]:
        """What the buttons do, by the last part of their address."""
        if not issubclass(self.model, Archivable):
            return {}
        return {"retire": self.retire, "restore": self.restore}

    def retire(self, request: HttpRequest, record: Any) -> HttpResponse:
        try:
            services.archive(record=record, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except services.ArchivedAlready:
            messages.info(request, _("Somebody retired it already."))
        else:
            self.log_change(request, record, _("Retired."))
            messages.success(request, _("It is retired. It can be brought back here."))
        return redirect(self.page_url(record))

    def restore(self, request: HttpRequest, record: Any) -> HttpResponse:
        try:
            services.restore(record=record)
        except services.ArchivedAlready:
            messages.info(request, _("Somebody brought it back already."))
        else:
            self.log_change(request, record, _("Brought back."))
            messages.success(request, _("It is back."))
        return redirect(self.page_url(record))

    def page_url(self, record: models.Model) -> str:
        return reverse(f"{self._names}_change", args=[record.pk])

    def press_url(self, press: str, record: models.Model) -> str:
        return reverse(f"{self._names}_{press}", args=[record.pk])

    @property
    def _names(self) -> str:
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"

    def may_press(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(self._view(press))),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}",
            )
            for name, press in self.presses().items()
        ]
        return own + super().get_urls()

    def _view(self, press: Press) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            if not self.may_press(request):
                raise PermissionDenied
            record = self.get_object(request, unquote(str(pk)))
            if record is None:
                raise Http404
            return press(request, record)

        return view

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        words = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return super().changelist_view(request, words)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        words = {"title": _("Who changed what"), **(extra_context or {})}
        return super().history_view(request, object_id, words)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        is_known = record is not None and self.may_press(request)
        context["tools"] = self.tools(request, record) if is_known else []
        if record is not None:
            context["title"], context["subtitle"] = str(record), None
        context["errors"] = None  # the template says them as every form here does
        context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)
