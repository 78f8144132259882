from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts import services
from accounts.access import requires
from accounts.forms import InvitationForm, PersonFilterForm, PersonForm, ProfileForm
from accounts.models import User
from accounts.roles import Ability, abilities_of
from records.shortcuts import edit_record, paginate, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.types import PortalRequest


# --- one's own ----------------------------------------------------------------------------


@require_GET
def profile(request: PortalRequest) -> HttpResponse:
    context = {
        "person": request.user,
        "programs": request.user.programs.current().order_by("name", "pk"),
        "abilities": abilities_of(request.user.roles),
        "zone": request.user.zone(request.department.time_zone).key,
    }
    return render(request, "accounts/profile.html", context)


@require_http_methods(["GET", "POST"])
def profile_edit(request: PortalRequest) -> HttpResponse:
    person = User.objects.get_queryset().get(pk=request.user.pk)
    zone = request.department.time_zone
    return edit_record(
        request,
        form=ProfileForm(request.POST or None, instance=person, department_zone=zone),
        title=_("Your name and time zone"),
        saved=_("What you changed is saved."),
        then=reverse("accounts:profile"),
    )


# --- everybody's, for administrators ------------------------------------------------------


@require_GET
@requires(Ability.MANAGE_PEOPLE)
@vary_on_headers("HX-Request")
def person_list(request: PortalRequest) -> HttpResponse:
    form = PersonFilterForm(request.GET)
    people = form.apply(User.objects.manageable_by(request.user)).prefetch_related("programs")
    template = "accounts/person_list.html"
    if request.htmx:
        template += "#rows"
    return render(request, template, {"form": form, "page_obj": paginate(request, people)})


@require_GET
@requires(Ability.MANAGE_PEOPLE)
def person_detail(request: PortalRequest, pk: int) -> HttpResponse:
    people = User.objects.manageable_by(request.user).select_related("reports_to")
    person = get_object_or_404(people.prefetch_related("programs"), pk=pk)
    context = {
        "person": person,
        "abilities": abilities_of(person.roles),
        "reports": User.objects.active().filter(reports_to=person).order_by("name", "pk"),
    }
    return render(request, "accounts/person_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Ability.MANAGE_PEOPLE)
def person_invite(request: PortalRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = form.save_new()
        except services.HasAnAccount:
            form.refuse_email()
        else:
            if person.invited_at is None:
                _mail_invitation(request, person)
            return redirect(person)
    return _form_page(
        request,
        form=form,
        title=_("Invite somebody"),
        lede=_("They get a mail with a link, choose a password, and are in."),
        submit=_("Send the invitation"),
        cancel_url=reverse("accounts:person-list"),
    )


@require_http_methods(["GET", "POST"])
@requires(Ability.MANAGE_PEOPLE)
def person_edit(request: PortalRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    title = _("Edit %(name)s") % {"name": person.name}
    form = PersonForm(request.POST or None, instance=person, by=request.user)
    try:
        return edit_record(request, form=form, title=title, saved=_("What you changed is saved."))
    except services.LastAdministrator:
        form.add_error("roles", _last_administrator())
    except services.NotYourself:
        form.add_error("roles", _("Ask another administrator to take this role from you."))
    return _form_page(request, form=form, title=title, cancel_url=person.get_absolute_url())


@require_POST
@requires(Ability.MANAGE_PEOPLE)
def person_deactivate(request: PortalRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    try:
        services.deactivate(person=person, by=request.user)
    except services.NotYourself:
        text = _("You cannot deactivate your own account. Ask another administrator.")
        messages.error(request, text)
    except services.LastAdministrator:
        messages.error(request, _last_administrator())
    else:
        done = _("%(name)s is deactivated, and signed out everywhere.") % {"name": person.name}
        tell(request, done, undo=reverse("accounts:person-reactivate", args=[pk]))
    return redirect(person)


@require_POST
@requires(Ability.MANAGE_PEOPLE)
def person_reactivate(request: PortalRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    services.reactivate(person=person)
    tell(request, _("%(name)s may sign in again.") % {"name": person.name})
    return redirect(person)


@require_POST
@requires(Ability.MANAGE_PEOPLE)
def person_invite_again(request: PortalRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    if person.is_expected:
        _mail_invitation(request, person)
    elif person.is_active:
        text = _("%(name)s has signed in before, and can ask for a new password when signing in.")
        messages.info(request, text % {"name": person.name})
    else:
        text = _("%(name)s is deactivated. Reactivate them first.")
        messages.error(request, text % {"name": person.name})
    return redirect(person)


def _mail_invitation(request: PortalRequest, person: User) -> None:
    try:
        services.send_invitation(person=person, by=request.user, at=timezone.now())
    except services.MailNotSent:
        text = _("The invitation to %(email)s could not be mailed. Send it again in a while.")
        messages.error(request, text % {"email": person.email})
    else:
        tell(request, _("An invitation is on its way to %(email)s.") % {"email": person.email})


def _last_administrator() -> str:
    return _("This is the only administrator. Give somebody else that role first.")


def _form_page(request: PortalRequest, **context: object) -> HttpResponse:
    return render(request, "records/form_page.html", context)
