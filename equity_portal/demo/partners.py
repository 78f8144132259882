"""Writes down the partner organizations and the people in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equity_portal.demo.telling import told
from partnerships import services
from partnerships.models import Affiliation, Contact, PartnerOrganization
from practices.models import Practice

if TYPE_CHECKING:
    from equity_portal.demo.data import Organization, Riverbend, Role, Somebody, Talk
    from equity_portal.demo.department import Department

# What a partner organization, and a contact, have under the same name in the files.
OF_PARTNER = (
    "name",
    "kind",
    "about",
    "geography",
    "website",
    "email",
    "phone",
    "offers",
    "needs",
    "access_needs",
    "rhythm_weeks",
)
LISTS_OF_PARTNER = ("issue_areas", "communities", "languages", "tags")
OF_CONTACT = (
    "name",
    "preferred_name",
    "pronouns",
    "language",
    "phone",
    "email",
    "reach_by",
    "access_needs",
    "do_not_contact",
)


def write_partners(department: Department, riverbend: Riverbend) -> None:
    """Everybody is written down the day before they were first met, by whoever met them."""
    first = riverbend.first_talks()
    for organization in riverbend.organizations:
        _organization(department, organization, first[organization.name])
    roles = riverbend.roles
    waiting = {who.name: who for who in riverbend.people}
    while waiting:
        for name, who in list(waiting.items()):
            if who.met_through not in waiting:
                _contact(department, who, roles[name], first[name])
                del waiting[name]


def _organization(department: Department, organization: Organization, first: Talk) -> None:
    by, at = department.users[first.by], department.moment(first.days_ago + 1)
    lists = {name: list(getattr(organization, name)) for name in LISTS_OF_PARTNER}
    with told(by=by, at=at):
        partner = services.add_partner(
            partner=PartnerOrganization(
                **{name: getattr(organization, name) for name in OF_PARTNER},
                **lists,
                parent=department.partners.get(organization.parent),
            ),
            owners=[department.users[login] for login in organization.owners],
            programs=[department.programs[name] for name in organization.programs],
            by=by,
            at=at,
        )
        # An editor may have retired a practice, or the guide was not loaded.
        partner.practices.set(Practice.objects.filter(slug__in=organization.practices))
    department.partners[organization.name] = partner


def _contact(department: Department, who: Somebody, roles: list[Role], first: Talk) -> None:
    by, at = department.users[first.by], department.moment(first.days_ago + 1)
    with told(by=by, at=at):
        department.contacts[who.name] = services.add_contact(
            contact=Contact(
                **{name: getattr(who, name) for name in OF_CONTACT},
                met_through=department.contacts.get(who.met_through),
            ),
            affiliations=[_affiliation(department, role) for role in roles],
            by=by,
            at=at,
        )


def _affiliation(department: Department, role: Role) -> Affiliation:
    since, until = role.since_days, role.until_days
    return Affiliation(
        partner=department.partners[role.partner],
        role=role.role,
        started_on=None if since is None else department.day(since),
        ended_on=None if until is None else department.day(until),
    )
