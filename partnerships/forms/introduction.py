from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from partnerships.models import Contact, Introduction
from partnerships.services import introduce_colleague
from records.forms import NewRecordForm, PortalFormHelper, check_to_come, check_year
from records.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date, datetime

    from partnerships.models import PartnerOrganization

# Two busy people and somebody outside find a day within two weeks, or not soon.
TWO_WEEKS = timedelta(weeks=2)


class NewIntroductionForm(NewRecordForm):
    """A colleague, whom they are to meet, and by when."""

    class Meta:
        model = Introduction
        fields = ["colleague", "contact", "due_on"]
        widgets = {"due_on": DateInput}
        labels = {
            "colleague": _("Which colleague do you bring along?"),
            "contact": _("To whom?"),
            "due_on": _("By when do you meet together?"),
        }

    def __init__(
        self, *args: Any, partner: PartnerOrganization, user: User, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.partner, self.today = partner, today
        self.fields["due_on"].initial = today + TWO_WEEKS
        self.fields["due_on"].help_text = _("It becomes a follow-up of yours, and reminds you.")
        others = User.objects.who_may(Ability.SEE_PARTNERS).exclude(pk=user.pk)
        self.fields["colleague"].queryset = others.order_by("name", "pk")  # type: ignore[attr-defined]
        people = Contact.objects.visible_to(user).current().filter(do_not_contact=False)
        here = partner.affiliations.current(on=today).values("contact")
        self.fields["colleague"].empty_label = _("Choose a colleague")  # type: ignore[attr-defined]
        self.fields["contact"].empty_label = _("The organization as a whole")  # type: ignore[attr-defined]
        self.fields["contact"].queryset = people.filter(pk__in=here).order_by("name", "pk")  # type: ignore[attr-defined]
        self.helper = PortalFormHelper()
        self.helper.layout = Layout("colleague", "contact", "due_on")

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        check_to_come(due_on, today=self.today)
        check_year(due_on)
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        colleague = cleaned.get("colleague")
        same = Introduction.objects.open().filter(partner=self.partner, colleague=colleague)
        # A form sent twice finds its own; the service knows it by its key.
        if (
            colleague
            and same.exclude(submission_key=self.key, submission_key__isnull=False).exists()
        ):
            already = _("%(name)s is being introduced there already.")
            self.add_error("colleague", already % {"name": colleague.name})
        return cleaned

    def save_new(self, *, by: User, at: datetime) -> Introduction:
        introduction: Introduction = self.save(commit=False)
        introduction.partner = self.partner
        return introduce_colleague(introduction=introduction, by=by, at=at, key=self.key)
