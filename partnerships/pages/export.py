"""What stands in the columns of each list's file. Each row came through `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.models import (
    Contact,
    FollowUp,
    OneToOne,
    PartnerOrganization,
    Promise,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from partnerships.models import Affiliation
    from partnerships.models.contact import ContactQuerySet
    from records.export import Column


def names(rows: Iterable[Any]) -> list[str]:
    return [str(row) for row in rows]


def by_name(model: Any, *, label: str = "name") -> QuerySet:
    rows: QuerySet = model.objects.get_queryset().order_by(label, "pk")
    return rows


# --- partner organizations --------------------------------------------------------------------


def partners_with_all(partners: QuerySet[PartnerOrganization]) -> QuerySet[PartnerOrganization]:
    return partners.select_related("parent").prefetch_related(
        Prefetch("owners", by_name(User)), "programs"
    )


def partner_columns() -> list[Column]:
    return [
        (_("Name"), lambda p: p.name),
        (_("Kind"), lambda p: p.get_kind_display()),
        (_("Part of"), lambda p: p.parent),
        (_("What they work for"), lambda p: p.about),
        (_("Issue areas"), lambda p: p.issue_areas),
        (_("Communities served"), lambda p: p.communities),
        (_("Languages"), lambda p: p.languages),
        (_("Tags"), lambda p: p.tags),
        (_("Where they work"), lambda p: p.geography),
        (_("Website"), lambda p: p.website),
        (_("E-mail"), lambda p: p.email),
        (_("Phone"), lambda p: p.phone),
        (_("What they offer"), lambda p: p.offers),
        (_("What they need"), lambda p: p.needs),
        (_("Access needs"), lambda p: p.access_needs),
        (_("Kept by"), lambda p: names(p.owners.all())),
        (_("Programs"), lambda p: names(p.programs.all())),
        (_("Weeks between conversations"), lambda p: p.rhythm_weeks),
        (_("Last contact that you can see"), lambda p: p.last_touch_at),
    ]


# --- contacts ---------------------------------------------------------------------------------


def contacts_with_all(contacts: ContactQuerySet, *, today: date) -> ContactQuerySet:
    return contacts.select_related("met_through").with_roles(on=today)


def contact_columns() -> list[Column]:
    return [
        (_("Name"), lambda c: c.name),
        (_("What they like to be called"), lambda c: c.preferred_name),
        (_("Pronouns"), lambda c: c.pronouns),
        (_("Preferred language"), lambda c: c.language),
        (_("Organizations"), lambda c: [_role(a) for a in c.roles]),
        (_("Do not contact"), lambda c: c.do_not_contact),
        (_("How they like to be reached"), lambda c: _reach(c, c.get_reach_by_display())),
        (_("E-mail"), lambda c: _reach(c, c.email)),
        (_("Phone"), lambda c: _reach(c, c.phone)),
        (_("Access needs"), lambda c: c.access_needs),
        (_("Who introduced us"), lambda c: c.met_through),
    ]


def _reach(contact: Contact, value: str) -> str:
    """Nothing that would let somebody reach a person who asked us not to."""
    return "" if contact.do_not_contact else value


def _role(affiliation: Affiliation) -> str:
    name, role = affiliation.partner.name, affiliation.role
    return f"{name} ({role})" if role else name


# --- one-to-ones ------------------------------------------------------------------------------


def one_to_ones_with_all(one_to_ones: QuerySet[OneToOne]) -> QuerySet[OneToOne]:
    return one_to_ones.select_related("created_by").prefetch_related(
        Prefetch("contacts", by_name(Contact)),
        Prefetch("partners", by_name(PartnerOrganization)),
        Prefetch("colleagues", by_name(User)),
    )


def one_to_one_columns() -> list[Column]:
    return [
        (_("When"), lambda o: o.held_at),
        (_("Kind"), lambda o: o.get_kind_display()),
        (_("What it was"), lambda o: o.title),
        (_("With whom"), lambda o: names(o.contacts.all())),
        (_("Organizations"), lambda o: names(o.partners.all())),
        (_("Logged by"), lambda o: o.created_by.name),
        (_("Colleagues who were there"), lambda o: names(o.colleagues.all())),
        (_("What mattered to them"), lambda o: o.what_mattered),
        (_("What it was for"), lambda o: o.purpose),
        (_("Issues and campaigns"), lambda o: o.issues),
        (_("Whom they answer to and are connected with"), lambda o: o.connections),
        (_("What they asked and offered"), lambda o: o.asked_and_offered),
        (_("What we said we can and cannot do"), lambda o: o.can_and_cannot),
        (_("Where, or by what means"), lambda o: o.place),
        (_("Language"), lambda o: o.language),
        (_("Access needs"), lambda o: o.access_needs),
        (_("Was their time paid"), lambda o: o.get_time_paid_display()),
        (_("Who may read it"), lambda o: o.get_readers_display()),
    ]


# --- follow-ups -------------------------------------------------------------------------------


def follow_ups_with_all(follow_ups: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    return follow_ups.select_related("assignee", "partner", "contact", "completed_by")


def follow_up_columns() -> list[Column]:
    return [
        (_("What"), lambda f: f.what),
        (_("By when"), lambda f: f.due_on),
        (_("Whose it is"), lambda f: f.assignee.name),
        (_("Organization"), lambda f: f.partner),
        (_("Person"), lambda f: f.contact),
        (_("Note"), lambda f: f.note),
        (_("Again every … weeks"), lambda f: f.repeat_weeks),
        (_("State"), _state),
        (_("Done on"), lambda f: _day(f.completed_at)),
        (_("Why not"), lambda f: f.cancel_reason),
        (_("Who may read it"), lambda f: f.get_readers_display()),
    ]


def _state(follow_up: FollowUp) -> str:
    if follow_up.is_archived:
        return _("Archived")
    if follow_up.completed_at:
        return _("Done")
    return _("Cancelled") if follow_up.cancelled_at else _("Open")


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None


# --- promises ---------------------------------------------------------------------------------


def promises_with_all(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    return promises.select_related("partner", "contact", "owner", "program")


def promise_columns() -> list[Column]:
    return [
        (_("Who promised"), lambda p: p.get_direction_display()),
        (_("What"), lambda p: p.what),
        (_("Organization"), lambda p: p.partner),
        (_("Person"), lambda p: p.contact),
        (_("Who of us"), lambda p: p.owner.name),
        (_("Program"), lambda p: p.program),
        (_("Promised on"), lambda p: p.promised_on),
        (_("First date"), lambda p: p.first_due_on),
        (_("By when"), lambda p: p.due_on),
        (_("The date that counts"), lambda p: p.counts_on),
        (_("State"), lambda p: p.get_state_display()),
        (_("Kept or broken on"), lambda p: p.settled_on),
        (_("How one can see that it was kept"), lambda p: p.evidence),
        (_("Why it was broken"), lambda p: p.reason),
        (_("Who may read it"), lambda p: p.get_readers_display()),
    ]
