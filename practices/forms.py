from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import PracticeRevision, Resource
from records.forms import FilterForm

if TYPE_CHECKING:
    from practices.models.resource import ResourceQuerySet


class ResourceFilterForm(FilterForm):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Resource.Kind.choices]
    )
    practice = forms.ChoiceField(label=_("Practice"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = (
            PracticeRevision.objects.readable().in_order().values_list("practice__slug", "name")
        )
        self.fields["practice"].choices = [("", _("All practices")), *named]  # type: ignore[attr-defined]

    def apply(self, resources: ResourceQuerySet) -> ResourceQuerySet:
        chosen = self.chosen
        if chosen.get("kind"):
            resources = resources.filter(kind=chosen["kind"])
        if chosen.get("practice"):
            resources = resources.filter(practices__slug=chosen["practice"])
        return resources.search(self.words) if self.words else resources.order_by("title", "pk")
