"""Where editors keep the guide: stable rows, their versions, and resources.

A guide has tens of steps, not thousands, so choices are plain lists: the admin's fields that
search as one types fail the accessibility rules that every page here keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices import services
from practices.models import (
    ActionStep,
    ActionStepRevision,
    Practice,
    PracticeGroup,
    PracticeRevision,
    Resource,
)
from records.admin import RetiredFilter, Tool, VersionedAdmin
from records.forms import RecordForm
from records.models import LONGEST_NOTE
from records.services import ChangedMeanwhile

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from practices.models.revision import Revision

LONG_TEXT = {"widget": AdminTextareaWidget(attrs={"rows": 12}), "max_length": LONGEST_NOTE}


@admin.register(PracticeGroup)
class PracticeGroupAdmin(VersionedAdmin):
    fields = ("name", "slug", "purpose", "place", "order")
    once = ("slug",)
    list_display = ("name", "place", "order")
    ordering = ("order", "pk")
    search_fields = ("name",)
    list_select_related = ()
    autocomplete_fields = ()


class StepField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.practice}: {obj}"


class StepsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.practice}: {obj}"


class ByName(admin.RelatedFieldListFilter):
    """Offers practices by the names that readers know."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        rows = field.related_model.objects.named().in_order()
        return [(str(row.pk), str(row)) for row in rows]


class GuideAdmin(VersionedAdmin):
    """What belongs to a practice or a step, which are called by their names and not addresses."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model in {Practice, ActionStep}:
            kwargs["queryset"] = db_field.related_model.objects.named().in_order()
        if db_field.related_model is ActionStep:
            kwargs["form_class"] = StepField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StableRowAdmin(GuideAdmin):
    """What has an address and a place, and whose words are versions."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).named()  # type: ignore[attr-defined]

    def tools(self, request: HttpRequest, record: Any) -> list[Tool]:
        versions = record.revisions.filter(status__in=["draft", "published"]).order_by("status")
        current = versions.first()  # a draft comes before what is published
        model = record.revisions.model._meta.model_name
        field = record.revisions.field.name
        if current is None:
            url = reverse(f"admin:practices_{model}_add", query={field: record.pk})
            words = [Tool(_("Write its words"), url, acts=False)]
        else:
            page = reverse(f"admin:practices_{model}_change", args=[current.pk])
            every = reverse(
                f"admin:practices_{model}_changelist", query={f"{field}__id__exact": record.pk}
            )
            words = [
                Tool(_("Edit its words"), page, acts=False),
                Tool(_("Every version"), every, acts=False),
            ]
        return [*words, *super().tools(request, record)]


@admin.register(Practice)
class PracticeAdmin(StableRowAdmin):
    fields = ("slug", "group", "order", "original")
    once = ("slug",)
    list_display = ("__str__", "group", "order", "archived_at")
    list_filter = ("group", RetiredFilter)
    list_select_related = ("group",)
    ordering = ("group__order", "order", "pk")
    search_fields = ("slug", "revisions__name")
    autocomplete_fields = ()

    def tools(self, request: HttpRequest, record: Practice) -> list[Tool]:
        steps = reverse(
            "admin:practices_actionstep_changelist", query={"practice__id__exact": record.pk}
        )
        preview = reverse("practices:practice-preview", args=[record.slug])
        return [
            Tool(_("Its steps"), steps, acts=False),
            Tool(_("Preview"), preview, acts=False),
            *super().tools(request, record),
        ]


@admin.register(ActionStep)
class ActionStepAdmin(StableRowAdmin):
    fields = ("practice", "slug", "order")
    once = ("practice", "slug")
    list_display = ("__str__", "practice", "order", "archived_at")
    list_filter = (("practice", ByName), RetiredFilter)
    list_select_related = ()
    ordering = ("practice__group__order", "practice__order", "order", "pk")
    search_fields = ("slug", "revisions__title")
    autocomplete_fields = ()


class RevisionForm(RecordForm):
    """Words of the guide; there is one draft at a time."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        of = cleaned.get(self.instance.STABLE)  # type: ignore[attr-defined]  # a Revision
        if self.instance.pk is None and of and of.revisions.drafts().exists():
            raise ValidationError(
                gettext_lazy("It has a draft already. Edit that one, or set it aside first."),
                code="draft_exists",
            )
        return cleaned


# What a version says of itself, beside its words.
FACTS = ("number", "status", "written_by", "written_at", "published_by", "published_at")


class RevisionAdmin(GuideAdmin):
    """Drafts are edited and published; every other version is read, and can be begun from."""

    form = RevisionForm
    formfield_overrides = {**VersionedAdmin.formfield_overrides, models.TextField: LONG_TEXT}
    list_display = ("__str__", "number", "status", "written_at", "written_by", "published_at")
    ordering = ("-written_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        stable: Any = self.model._meta.get_field(self.model.STABLE).related_model
        named = models.Prefetch(self.model.STABLE, queryset=stable.objects.named())
        return super().get_queryset(request).prefetch_related(named)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*(self.fields or ()), *(FACTS if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(FACTS if obj else ()))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except services.DraftExists:
            # Rolled back; the form finds the draft that was first, and says so.
            return self.changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        if not change:
            services.write_draft(revision=obj, by=request.user, at=timezone.now())  # type: ignore[arg-type]
            return
        obj.written_by, obj.written_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    def saved(self, form: RecordForm) -> list[str]:
        return [*super().saved(form), "written_by", "written_at"]

    # --- publishing -------------------------------------------------------------------------

    def response_add(
        self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if "_publish" in request.POST:
            return self.publish(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST:
            return self.publish(request, obj)
        return super().response_change(request, obj)

    def publish(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        services.publish_revision(revision=revision, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        self.log_change(request, revision, _("Published."))
        messages.success(request, _("It is published. Readers see it now."))
        return redirect(self.page_url(revision))

    def presses(self) -> dict[str, Any]:
        return {**super().presses(), "draft": self.start_draft, "set-aside": self.set_aside}

    def start_draft(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        try:
            draft: Revision = services.start_draft(
                revision=revision,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except services.DraftExists as refusal:
            draft = refusal.draft
            messages.info(request, _("There is a draft already: this is it."))
        else:
            self.log_addition(request, draft, [{"added": {}}])
        return redirect(self.page_url(draft))

    def set_aside(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        try:
            services.set_draft_aside(revision=revision)
        except (services.NotADraft, ChangedMeanwhile):
            messages.info(request, _("Somebody published it, or set it aside, before you."))
        else:
            self.log_change(request, revision, _("Set aside."))
            messages.success(
                request, _("The draft is set aside. A new one can be started from it.")
            )
        return redirect(self.page_url(revision))

    def tools(self, request: HttpRequest, record: Any) -> list[Tool]:
        if record.is_draft:
            press = Tool(_("Set this draft aside"), self.press_url("set-aside", record))
        else:
            press = Tool(_("Start a draft from this version"), self.press_url("draft", record))
        return [press, Tool(_("Preview"), self.preview_url(record), acts=False)]

    def preview_url(self, revision: Any) -> str:
        """Where one sees a version on its page: a draft with the other drafts."""
        raise NotImplementedError

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        revision = kwargs.get("obj")
        context["can_publish"] = revision is None or revision.is_draft
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(PracticeRevision)
class PracticeRevisionAdmin(RevisionAdmin):
    fields = ("practice", *PracticeRevision.WORDS, "change_note")
    once = ("practice",)
    list_filter = ("status", ("practice", ByName))
    list_select_related = ("written_by",)
    search_fields = ("name", "practice__slug")
    autocomplete_fields = ()

    def preview_url(self, revision: PracticeRevision) -> str:
        slug = revision.practice.slug
        if revision.is_draft:
            return reverse("practices:practice-preview", args=[slug])
        return reverse("practices:practice-version-preview", args=[slug, revision.number])


@admin.register(ActionStepRevision)
class ActionStepRevisionAdmin(RevisionAdmin):
    fields = ("step", *ActionStepRevision.WORDS, "change_note")
    once = ("step",)
    list_filter = ("status", ("step__practice", ByName))
    list_select_related = ("written_by",)
    search_fields = ("title", "step__slug")
    autocomplete_fields = ()

    def preview_url(self, revision: ActionStepRevision) -> str:
        step = revision.step
        if revision.is_draft:
            return reverse("practices:practice-preview", args=[step.practice.slug])
        names = [step.practice.slug, step.slug, revision.number]
        return reverse("practices:step-version-preview", args=names)


class ResourceForm(RecordForm):
    practices = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Practices it serves"),
        queryset=Practice.objects.named().in_order(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    steps = StepsField(
        label=gettext_lazy("Action steps it serves"),
        queryset=ActionStep.objects.named().in_order(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@admin.register(Resource)
class ResourceAdmin(VersionedAdmin):
    form = ResourceForm
    once = ("slug",)
    list_display = ("title", "publisher", "year", "kind", "status", "archived_at")
    list_filter = ("status", "kind", RetiredFilter)
    list_select_related = ()
    ordering = ("title", "pk")
    search_fields = ("title", "authors", "publisher")
    autocomplete_fields = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Said here, since Django's checks refuse fields with a table of their own."""
        words = ["title", "slug", "authors", "publisher", "year", "kind", "url", "annotation"]
        return [*words, "practices", "steps", "status"]
