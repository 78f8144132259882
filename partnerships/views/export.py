"""Each list as a file for a spreadsheet: the filters of the address, and what the reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.roles import Ability
from partnerships.forms import (
    ContactFilterForm,
    FollowUpFilterForm,
    OneToOneFilterForm,
    PartnerFilterForm,
    PromiseFilterForm,
)
from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization, Promise
from partnerships.pages import export
from records.export import csv_file

if TYPE_CHECKING:
    from django.http import StreamingHttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_PARTNERS)
def partner_export(request: PortalRequest) -> StreamingHttpResponse:
    form = PartnerFilterForm(request.GET, user=request.user, at=timezone.now())
    rows = export.partners_with_all(
        form.apply(PartnerOrganization.objects.visible_to(request.user))
    )
    return csv_file(rows, export.partner_columns(), name=_("partners"))


@require_GET
@requires(Ability.SEE_PARTNERS)
def contact_export(request: PortalRequest) -> StreamingHttpResponse:
    today = timezone.localdate()
    form = ContactFilterForm(request.GET, user=request.user, today=today)
    found = form.apply(Contact.objects.visible_to(request.user))
    rows = export.contacts_with_all(found, today=today)
    return csv_file(rows, export.contact_columns(), name=_("contacts"))


@require_GET
@requires(Ability.SEE_PARTNERS)
def one_to_one_export(request: PortalRequest) -> StreamingHttpResponse:
    form = OneToOneFilterForm(request.GET, user=request.user)
    rows = export.one_to_ones_with_all(form.apply(OneToOne.objects.visible_to(request.user)))
    return csv_file(rows, export.one_to_one_columns(), name=_("one-to-ones"))


@require_GET
@requires(Ability.SEE_PARTNERS)
def follow_up_export(request: PortalRequest) -> StreamingHttpResponse:
    form = FollowUpFilterForm(request.GET, user=request.user, today=timezone.localdate())
    rows = export.follow_ups_with_all(form.apply(FollowUp.objects.visible_to(request.user)))
    return csv_file(rows, export.follow_up_columns(), name=_("follow-ups"))


@require_GET
@requires(Ability.SEE_PARTNERS)
def promise_export(request: PortalRequest) -> StreamingHttpResponse:
    form = PromiseFilterForm(request.GET, user=request.user, today=timezone.localdate())
    rows = export.promises_with_all(form.apply(Promise.objects.visible_to(request.user)))
    return csv_file(rows, export.promise_columns(), name=_("promises"))
