from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Ability
from partnerships import pages, services
from partnerships.forms import (
    AffiliationForm,
    ContactFilterForm,
    ContactForm,
    NewContactForm,
    ResumeForm,
)
from partnerships.models import Affiliation, Contact
from records.paging import keyset_page
from records.shortcuts import (
    archive_record,
    edit_record,
    get_changeable,
    restore_record,
    tell,
    tell_made,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


@require_GET
@requires(Ability.SEE_PARTNERS)
@vary_on_headers("HX-Request")
def contact_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    form = ContactFilterForm(request.GET, user=request.user, today=today)
    seen = Contact.objects.visible_to(request.user)
    rows = form.apply(seen).with_roles(on=today)
    context = {
        "form": form,
        "page_obj": keyset_page(request, rows),
        "just_archived": pages.just_archived(seen, by=request.user, at=timezone.now()),
    }
    template = "partnerships/contact_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, context)


@require_GET
@requires(Ability.SEE_PARTNERS)
def contact_detail(request: PortalRequest, pk: int) -> HttpResponse:
    contacts = Contact.objects.visible_to(request.user)
    contact = get_object_or_404(contacts.select_related("met_through", "archived_by"), pk=pk)
    context = {
        "contact": contact,
        "page": pages.contact_page(contact, reader=request.user, today=timezone.localdate()),
        "affiliation_form": AffiliationForm(user=request.user),
    }
    return render(request, "partnerships/contact_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.RECORD)
def contact_create(request: PortalRequest) -> HttpResponse:
    initial = {"partner": request.GET.get("partner")}
    form = NewContactForm(request.POST or None, user=request.user, initial=initial)
    now = timezone.localtime()
    if request.method == "POST" and form.is_valid() and not form.asks_first(request.user, at=now):
        contact = form.save_new(by=request.user, at=now)
        done = _("%(name)s is in the portal.") % {"name": contact.name}
        tell_made(request, contact, done, at=now, form=form)
        return redirect(contact)
    context = {
        "form": form,
        "title": _("Add a contact"),
        "submit": _("Add anyway") if form.alike else "",
        "cancel_url": reverse("partnerships:contact-list"),
    }
    return render(request, "records/form_page.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.SEE_PARTNERS)
def contact_edit(request: PortalRequest, pk: int) -> HttpResponse:
    contact = get_changeable(Contact.objects, request.user, pk=pk)
    return edit_record(
        request,
        form=ContactForm(request.POST or None, instance=contact, user=request.user),
        title=_("Edit %(name)s") % {"name": contact.name},
        saved=_("What you changed is saved."),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def contact_archive(request: PortalRequest, pk: int) -> HttpResponse:
    contact = get_changeable(Contact.objects, request.user, pk=pk)
    return archive_record(
        request,
        record=contact,
        done=_("%(name)s is archived. Their history is kept.") % {"name": contact.name},
        undo=reverse("partnerships:contact-restore", args=[pk]),
        then=reverse("partnerships:contact-list"),
    )


@require_POST
@requires(Ability.SEE_PARTNERS)
def contact_restore(request: PortalRequest, pk: int) -> HttpResponse:
    contact = get_changeable(Contact.objects, request.user, pk=pk)
    done = _("%(name)s is back.") % {"name": contact.name}
    return restore_record(request, record=contact, done=done)


@require_POST
@requires(Ability.SEE_PARTNERS)
def affiliation_create(request: PortalRequest, pk: int) -> HttpResponse:
    contact = get_changeable(Contact.objects, request.user, pk=pk)
    form = AffiliationForm(request.POST, user=request.user, instance=Affiliation(contact=contact))
    if form.is_valid():
        try:
            services.add_affiliation(affiliation=form.save(commit=False))
        except services.AlreadyThere:
            messages.info(request, _("They have a current role at this organization already."))
        else:
            tell(request, _("The organization is added."))
        return redirect(contact)
    page = pages.contact_page(contact, reader=request.user, today=timezone.localdate())
    context = {"contact": contact, "page": page, "affiliation_form": form}
    return render(request, "partnerships/contact_detail.html", context)


@require_POST
@requires(Ability.SEE_PARTNERS)
def affiliation_end(request: PortalRequest, pk: int, affiliation_pk: int) -> HttpResponse:
    contact = get_changeable(Contact.objects, request.user, pk=pk)
    affiliation = get_object_or_404(contact.affiliations, pk=affiliation_pk)
    until = affiliation.ended_on
    try:
        services.end_affiliation(affiliation=affiliation, on=timezone.localdate())
    except services.AlreadyEnded:
        messages.info(request, _("Somebody ended that role already."))
    else:
        query = {"until": until.isoformat()} if until else {}
        undo = reverse("partnerships:affiliation-resume", args=[pk, affiliation_pk], query=query)
        tell(request, _("The role has ended. It stays in the history."), undo=undo)
    return redirect(contact)


@require_POST
@requires(Ability.SEE_PARTNERS)
def affiliation_resume(request: PortalRequest, pk: int, affiliation_pk: int) -> HttpResponse:
    contact = get_changeable(Contact.objects, request.user, pk=pk)
    affiliation = get_object_or_404(contact.affiliations, pk=affiliation_pk)
    form = ResumeForm(request.GET)
    if not form.is_valid():
        raise Http404
    try:
        services.resume_affiliation(affiliation=affiliation, **form.cleaned_data)
    except services.AlreadyThere:
        messages.info(request, _("They have a current role at this organization already."))
    return redirect(contact)
