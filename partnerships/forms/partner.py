from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Program, User
from accounts.roles import Ability
from partnerships.forms.alike import AsksWhetherAlike, PartnerAlikeForm, PlaceForAlike
from partnerships.forms.note import MAY_BE_ASKED_FOR, Note
from partnerships.forms.one_row import offer, organization
from partnerships.forms.parts import Part, half
from partnerships.forms.terms import TermsField
from partnerships.models import PartnerOrganization
from partnerships.services import add_partner
from practices.models import Practice, PracticeRevision
from records.forms import ConflictPanel, PortalFormHelper, RecordForm, with_chosen
from records.models import LONGEST_NOTE

if TYPE_CHECKING:
    from datetime import datetime


class WebsiteField(forms.URLField):
    """An address as one would say it: with its scheme, its host in small letters, no fragment."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if not address:
            return ""
        parts = urlsplit(address)
        path = "" if parts.path == "/" and not parts.query else parts.path
        return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, parts.query, ""))


class PracticeChoices(forms.ModelMultipleChoiceField):
    """Practices, by the names readers know them by."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Practice.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def offer_readable(self, partner: PartnerOrganization) -> None:
        """Those a reader finds in the guide, and those the relationship served before."""
        readable = PracticeRevision.objects.readable().in_order()
        names = dict(readable.values_list("practice_id", "name"))
        if partner.pk:
            retired = partner.practices.exclude(pk__in=names).order_by("pk")
            names |= {practice.pk: str(practice) for practice in retired}
        self.queryset = Practice.objects.filter(pk__in=names)
        self.choices = list(names.items())


class PartnerFields(forms.ModelForm):
    """What is asked about a partner organization, when it is new and later."""

    about = forms.CharField(
        label=_("What they work for"),
        widget=Note(attrs={"rows": 4}),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("In their own words where you can. It may be asked for as a public record."),
    )
    issue_areas = TermsField(label=_("Issue areas"), of="issue_areas")
    communities = TermsField(label=_("Communities they serve"), of="communities")
    languages = TermsField(label=_("Languages they work in"), of="languages")
    tags = TermsField(label=_("Tags of your own"), of="tags")
    website = WebsiteField(label=_("Website"), required=False)
    parent = organization(
        label=_("Part of"), help_text=_("A coalition, a league, an agency above them.")
    )
    offers = forms.CharField(
        label=_("What they offer"), widget=Note, max_length=LONGEST_NOTE, required=False
    )
    needs = forms.CharField(
        label=_("What they need"), widget=Note, max_length=LONGEST_NOTE, required=False
    )
    access_needs = forms.CharField(
        label=_("What they ask for, to take part"),
        widget=Note,
        max_length=LONGEST_NOTE,
        required=False,
        help_text=MAY_BE_ASKED_FOR,
    )
    owners = forms.ModelMultipleChoiceField(
        label=_("Who keeps the relationship"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Two people are safer than one: a relationship should outlast a resignation."),
    )
    programs = forms.ModelMultipleChoiceField(
        label=_("Programs it concerns"),
        queryset=Program.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    practices = PracticeChoices(label=_("Practices the relationship serves"))

    class Meta:
        model = PartnerOrganization
        fields = [
            "name",
            "kind",
            "about",
            "issue_areas",
            "communities",
            "languages",
            "tags",
            "geography",
            "website",
            "email",
            "phone",
            "parent",
            "offers",
            "needs",
            "access_needs",
            "rhythm_weeks",
            "owners",
            "programs",
            "practices",
        ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        owners = with_chosen(User.objects.who_may(Ability.RECORD), self.instance, "owners")
        programs = with_chosen(Program.objects.current(), self.instance, "programs")
        self.fields["owners"].queryset = owners.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["programs"].queryset = programs.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["practices"].offer_readable(self.instance)  # type: ignore[attr-defined]
        offer(self, "parent", PartnerOrganization.objects.visible_to(user), user)
        kinds = [("", _("Choose a kind")), *PartnerOrganization.Kind.choices]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.usual = {"owners": [user.pk]}
        self.helper = PortalFormHelper()
        self.helper.layout = Layout(ConflictPanel(), half("name", "kind"), *self.parts())

    def parts(self) -> list[Any]:
        """Folded until wanted: a name and a kind are enough."""
        return [
            Part(
                _("What they work for"),
                "about",
                half("issue_areas", "communities"),
                half("languages", "tags"),
                hint=_("in their words, issues, communities, languages"),
            ),
            Part(
                _("Where they are"),
                "geography",
                "website",
                half("email", "phone"),
                "parent",
                hint=_("website, e-mail, phone, what they are part of"),
            ),
            Part(
                _("Giving and asking"),
                "offers",
                "needs",
                "access_needs",
                hint=_("what they offer, need, and ask for to take part"),
            ),
            Part(
                _("How the relationship is kept"),
                "owners",
                "rhythm_weeks",
                "programs",
                "practices",
                hint=_("by whom, how often, for which programs and practices"),
            ),
        ]

    def clean_parent(self) -> PartnerOrganization | None:
        parent: PartnerOrganization | None = self.cleaned_data["parent"]
        if parent and self.instance.pk:
            if parent.pk == self.instance.pk:
                raise forms.ValidationError(_("No organization is part of itself."))
            if parent.is_within(self.instance):
                raise forms.ValidationError(
                    _("%(parent)s is itself a part of this one.") % {"parent": parent}
                )
        return parent


class NewPartnerForm(PartnerFields, AsksWhetherAlike):
    alike_form = PartnerAlikeForm
    alike_url = "partnerships:partner-alike"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout.insert(2, PlaceForAlike())

    def save_new(self, *, by: User, at: datetime) -> PartnerOrganization:
        return add_partner(
            partner=self.save(commit=False),
            owners=self.cleaned_data["owners"],
            programs=self.cleaned_data["programs"],
            practices=self.cleaned_data["practices"],
            by=by,
            at=at,
            key=self.key,
        )


class PartnerForm(PartnerFields, RecordForm):
    def context(self) -> dict[str, Any]:
        return super().context() | {"user": self.user}
