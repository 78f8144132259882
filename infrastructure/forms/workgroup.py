from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from infrastructure.models import Membership, Workgroup
from infrastructure.services import add_workgroup
from records.forms import (
    ConflictPanel,
    FilterForm,
    NewRecordForm,
    PortalFormHelper,
    RecordForm,
    with_chosen,
)
from records.models import LONGEST_NOTE
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime

    from infrastructure.models.workgroup import WorkgroupQuerySet


class WorkgroupFilterForm(FilterForm):
    mine = forms.BooleanField(label=_("Only those I am in"), required=False)
    archived = forms.BooleanField(label=_("Archived"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def apply(self, workgroups: WorkgroupQuerySet) -> WorkgroupQuerySet:
        chosen = self.chosen
        workgroups = workgroups.archived() if chosen.get("archived") else workgroups.current()
        if chosen.get("mine"):
            workgroups = workgroups.joined_by(self.user)
        return workgroups.search(self.words) if self.words else workgroups.order_by("name", "pk")


class WorkgroupFields(forms.ModelForm):
    purpose = forms.CharField(
        label=_("What it is for"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_NOTE,
        help_text=_("A few lines: what it looks into, and what it may recommend."),
    )

    class Meta:
        model = Workgroup
        fields = ["name", "purpose", "sponsor"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.who_may(Ability.SEE_WORKGROUPS)
        sponsors = with_chosen(colleagues, self.instance, "sponsor")
        self.fields["sponsor"].empty_label = _("Choose a leader")  # type: ignore[attr-defined]
        self.fields["sponsor"].queryset = sponsors.order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(ConflictPanel(), "name", "purpose", "sponsor")

    def clean_name(self) -> str:
        """The database's own rule, asked here too: Django skips it, for it looks at the archive."""
        name = str(self.cleaned_data["name"])
        same = Workgroup.objects.current().filter(name=name).exclude(pk=self.instance.pk)
        key = self.data.get(self.add_prefix("submission_key"))
        if any(str(row.submission_key) != key for row in same):
            raise forms.ValidationError(name_is_taken())
        return name


def name_is_taken() -> str:
    return str(_("There is a workgroup of this name already."))


class NewWorkgroupForm(WorkgroupFields, NewRecordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("name", "purpose", "sponsor", "submission_key")

    def save_new(self, *, by: User, at: datetime) -> Workgroup:
        """Raises NameIsTaken."""
        return add_workgroup(workgroup=self.save(commit=False), by=by, at=at, key=self.key)


class WorkgroupForm(WorkgroupFields, RecordForm):
    pass


class MembershipForm(forms.ModelForm):
    """One more colleague in a workgroup."""

    class Meta:
        model = Membership
        fields = ["user", "role", "started_on"]
        widgets = {"started_on": DateInput}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        colleagues = User.objects.who_may(Ability.SEE_WORKGROUPS)
        self.fields["user"].empty_label = _("Choose somebody")  # type: ignore[attr-defined]
        self.fields["user"].queryset = colleagues.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["started_on"].initial = today
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(
            Row(
                Column("user", css_class="col-12"),
                Column("role", css_class="col-md-6"),
                Column("started_on", css_class="col-md-6"),
            )
        )

    def clean_started_on(self) -> date:
        started_on: date = self.cleaned_data["started_on"]
        if started_on > self.today:
            raise forms.ValidationError(_("Choose today or a day before it."))
        return started_on


class MembershipRoleForm(forms.Form):
    """What a member is from now on."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)
