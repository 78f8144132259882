from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import Program, User
from accounts.roles import Role, abilities_of
from accounts.zones import zone_choices
from records.forms import (
    ConflictPanel,
    FilterForm,
    NewRecordForm,
    PortalFormHelper,
    RecordForm,
    with_chosen,
)

if TYPE_CHECKING:
    from accounts.models.user import UserQuerySet


class PersonFilterForm(FilterForm):
    STATE = [
        ("", _("Active")),
        ("expected", _("Invited, never signed in")),
        ("deactivated", _("Deactivated")),
    ]

    q = forms.CharField(label=_("Name or e-mail"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All roles")), *Role.choices], required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=STATE, required=False)

    def apply(self, people: UserQuerySet) -> UserQuerySet:
        chosen = self.chosen
        match chosen.get("state"):
            case "expected":
                people = people.expected()
            case "deactivated":
                people = people.filter(is_active=False)
            case _:
                people = people.active()
        if chosen.get("role"):
            people = people.filter(roles__contains=[chosen["role"]])
        return people.naming(self.words).order_by("name", "pk")


class RoleChoices(forms.CheckboxSelectMultiple):
    """Each role with what it may do, as the table in accounts.roles says it."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, label, *args, **kwargs)
        may_do = format_html_join(
            " ", "{}.", ((ability.label,) for ability in abilities_of([value]))
        )
        option["label"] = format_html('{}<br><span class="note">{}</span>', label, may_do)
        return option


class PersonFields(forms.ModelForm):
    """What an administrator says about somebody, when they are invited and later."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=RoleChoices,
        help_text=_("Roles add up. What none of them says, the person may not do."),
        error_messages={"required": _("Choose one role at least.")},
    )
    programs = forms.ModelMultipleChoiceField(
        label=_("Programs"),
        queryset=Program.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The units of the department they belong to."),
    )

    class Meta:
        model = User
        fields = ["name", "roles", "programs", "reports_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programs = with_chosen(Program.objects.current(), self.instance, "programs")
        leaders = with_chosen(User.objects.active(), self.instance, "reports_to")
        leaders = leaders.exclude(pk=self.instance.pk)
        self.fields["programs"].queryset = programs.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["reports_to"].empty_label = _("Nobody")  # type: ignore[attr-defined]
        self.fields["reports_to"].queryset = leaders.order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()

    def clean_roles(self) -> list[str]:
        return sorted(self.cleaned_data["roles"])


class InvitationForm(PersonFields, NewRecordForm):
    class Meta(PersonFields.Meta):
        fields = ["email", *PersonFields.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("The invitation goes here, and they sign in with it.")
        self.helper.layout = Layout(
            Fieldset(str(_("Who they are")), "name", "email", "reports_to"),
            Fieldset(str(_("What they may do")), "roles"),
            Fieldset(str(_("Where they belong")), "programs"),
            "submission_key",
        )

    def clean(self) -> dict[str, Any]:
        """An account of this e-mail is refused, unless this very form made it a moment ago."""
        cleaned = super().clean() or self.cleaned_data
        others = User.objects.filter(email=cleaned.get("email", ""))
        if self.key:
            others = others.exclude(submission_key=self.key)
        if others.exists():
            self.refuse_email()
        return cleaned

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def validate_unique(self) -> None:
        """`clean` has asked already, and knows of the form that came twice."""

    def refuse_email(self) -> None:
        self.add_error("email", _("Somebody has an account with this e-mail already."))

    def save_new(self) -> User:
        """Raises HasAnAccount."""
        return services.invite(
            email=self.cleaned_data["email"],
            name=self.cleaned_data["name"],
            roles=[Role(role) for role in self.cleaned_data["roles"]],
            programs=self.cleaned_data["programs"],
            reports_to=self.cleaned_data["reports_to"],
            key=self.key,
        )


class PersonForm(PersonFields, RecordForm):
    instance: User

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.helper.layout = Layout(
            ConflictPanel(),
            Fieldset(str(_("Who they are")), "name", "reports_to"),
            Fieldset(str(_("What they may do")), "roles"),
            Fieldset(str(_("Where they belong")), "programs"),
        )

    def context(self) -> dict[str, Any]:
        return super().context() | {"by": self.by}

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        """Raises LastAdministrator, NotYourself, ChangedMeanwhile."""
        with transaction.atomic():
            services.check_roles(person=self.instance, by=self.by)
            return super().save(commit)


class ProfileForm(RecordForm):
    """What people say about themselves. Roles and programs are given, not taken."""

    instance: User

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Times are shown, and reminders leave, by the clock of this place."),
    )

    class Meta:
        model = User
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, department_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department_zone = department_zone
        self.fields["time_zone"].choices = zone_choices(  # type: ignore[attr-defined]
            default=department_zone, chosen=self.instance.time_zone
        )
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(ConflictPanel(), "name", "time_zone")

    def context(self) -> dict[str, Any]:
        return super().context() | {"department_zone": self.department_zone}


# --- signing in: allauth's forms, whose fields are called as everywhere here ----------------

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "remember": _("Keep me signed in on this device"),
    "oldpassword": _("Your password until now"),
    "password1": _("New password"),
    "password2": _("The new password again"),
}


class OurWords(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)  # it only says the label again


class SignInForm(OurWords, allauth_forms.LoginForm):
    pass


class ConfirmItIsYouForm(OurWords, allauth_forms.ReauthenticateForm):
    pass


class AddAddressForm(OurWords, allauth_forms.AddEmailForm):
    pass


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    pass


class AskForPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    pass


class ChoosePasswordForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    pass
