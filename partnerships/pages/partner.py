"""A relationship in one screen: who knows them, what we owe them, where we stand, what comes next.

Whatever the history, the same number of questions: what is many is gathered by sub-selects in the
rows it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from partnerships.models import (
    PartnerOrganization,
    PartnerOwner,
    PartnerPractice,
    PartnerProgram,
    Promise,
)
from partnerships.pages.follow_up import open_follow_ups
from partnerships.pages.introduction import introductions_of
from partnerships.pages.line import Line, Told, line
from partnerships.pages.one_to_one import new_one_to_one, recent_one_to_ones
from partnerships.pages.promise import PromisesOf, promises_of
from partnerships.pages.touches import (
    Knowing,
    Met,
    Named,
    Rhythm,
    Spoken,
    knowing,
    rhythm,
    spoken_with,
    touches,
)
from practices.models import PracticeRevision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from accounts.models import User
    from partnerships.models import Affiliation, FollowUp, Introduction, OneToOne
    from partnerships.models.partner import PartnerOrganizationQuerySet


# --- what is recorded of them ------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    label: str
    url: str = ""


@dataclass(frozen=True)
class About:
    """What stands beside the organization's own row."""

    owners: Sequence[Named]
    programs: Sequence[Link]
    parts: Sequence[Link]
    practices: Sequence[Link]
    may_change: bool

    @property
    def keepers(self) -> str:
        return get_text_list([owner.name for owner in self.owners], _("and"))


def described(
    partners: PartnerOrganizationQuerySet, *, reader: User
) -> PartnerOrganizationQuerySet:
    """With all that `about` reads, in the same question."""
    me = OuterRef("pk")
    parts = PartnerOrganization.objects.visible_to(reader).current().filter(parent=me)
    guide = PracticeRevision.objects.readable().filter(
        practice__in=PartnerPractice.objects.filter(partner=OuterRef(me)).values("practice")
    )
    changeable = PartnerOrganization.objects.changeable_by(reader).filter(pk=me)
    return partners.select_related("parent", "archived_by").annotate(
        owner_rows=ArraySubquery(
            PartnerOwner.objects.filter(partner=me)
            .order_by("user__name", "user")
            .values(
                row=JSONObject(pk=F("user"), name=F("user__name"), is_active=F("user__is_active"))
            )
        ),
        program_rows=ArraySubquery(
            PartnerProgram.objects.filter(partner=me)
            .order_by("program__name", "program")
            .values(row=JSONObject(pk=F("program"), name=F("program__name")))
        ),
        part_rows=ArraySubquery(
            parts.order_by("name", "pk").values(row=JSONObject(pk=F("pk"), name=F("name")))
        ),
        practice_rows=ArraySubquery(
            guide.in_order().values(row=JSONObject(slug=F("practice__slug"), name=F("name")))
        ),
        is_changeable=Exists(changeable),
    )


def about(partner: PartnerOrganization) -> About:
    """Of a partner from `described`."""
    rows = partner.__dict__
    listed = reverse("partnerships:partner-list")
    return About(
        owners=[Named(**row) for row in rows["owner_rows"]],
        programs=[
            Link(row["name"], f"{listed}?program={row['pk']}") for row in rows["program_rows"]
        ],
        parts=[
            Link(row["name"], reverse("partnerships:partner-detail", args=[row["pk"]]))
            for row in rows["part_rows"]
        ],
        practices=[
            Link(row["name"], reverse("practices:practice-detail", args=[row["slug"]]))
            for row in rows["practice_rows"]
        ],
        may_change=rows["is_changeable"],
    )


# --- the page ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """One of their people, and how it stands between us and them."""

    affiliation: Affiliation
    spoken: Spoken | None


@dataclass(frozen=True)
class PartnerPage:
    about: About
    promises: PromisesOf
    follow_ups: Sequence[FollowUp]
    one_to_ones: Sequence[OneToOne]
    touches_total: int
    last: Met | None
    rhythm: Rhythm | None
    line: Line | None
    knowing: Knowing
    introductions: Sequence[Introduction]
    people: Sequence[Person]
    gone: Sequence[Affiliation]
    new_one_to_one_url: str
    # Where every touch with them is listed.
    touches_url: str

    @property
    def next_step(self) -> FollowUp | None:
        """As pages.next_step_of says it."""
        return self.follow_ups[0] if self.follow_ups else None

    @property
    def beside(self) -> Sequence[FollowUp]:
        """What else is open."""
        return self.follow_ups[1:]

    @property
    def is_empty(self) -> bool:
        """Nothing has happened yet, as far as the reader may see."""
        return not (self.last or self.follow_ups or self.line or self.promises.are_any)

    @property
    def earlier(self) -> int:
        """Touches that are not in the ledger of the page."""
        return self.touches_total - len(self.one_to_ones)


def partner_page(partner: PartnerOrganization, *, reader: User, at: datetime) -> PartnerPage:
    today = timezone.localtime(at).date()
    mets = touches(reader, partners=partner)
    introductions = introductions_of(partner, reader=reader)
    known = knowing(mets, introductions)
    spoken = spoken_with(mets)
    here, gone = _affiliations(partner, today=today)
    last = mets[-1] if mets else None
    told = Told(
        mets=mets,
        promises=_promises(partner, reader=reader),
        introductions=introductions,
        knowing=known,
        rhythm_weeks=partner.rhythm_weeks,
        today=today,
    )
    return PartnerPage(
        about=about(partner),
        promises=promises_of(partner=partner, reader=reader, today=today),
        follow_ups=open_follow_ups(reader, partner=partner),
        one_to_ones=recent_one_to_ones(reader, partners=partner),
        touches_total=len(mets),
        last=last,
        rhythm=rhythm(partner, last, at=at),
        line=line(told),
        knowing=known,
        introductions=introductions,
        people=[Person(row, spoken.get(row.contact_id)) for row in here],
        gone=gone,
        new_one_to_one_url=new_one_to_one(partner=partner.pk),
        touches_url=reverse("partnerships:one-to-one-list", query={"partner": partner.pk}),
    )


def _promises(partner: PartnerOrganization, *, reader: User) -> list[Promise]:
    """All of them, open and settled, for the line; without their longer words."""
    rows = Promise.objects.visible_to(reader).filter(partner=partner).select_related("owner")
    return list(rows.defer("evidence", "reason").order_by("promised_on", "pk"))


def _affiliations(
    partner: PartnerOrganization, *, today: date
) -> tuple[list[Affiliation], list[Affiliation]]:
    """Who is there now, by name, and who was, the latest first."""
    rows = list(
        partner.affiliations.filter(contact__archived_at__isnull=True)
        .select_related("contact")
        .order_by("contact__name", "pk")
    )
    here = [row for row in rows if row.is_current(on=today)]
    keys = {row.contact_id for row in here}
    gone = [row for row in rows if row not in here and row.contact_id not in keys]
    return here, sorted(gone, key=lambda row: row.ended_on or today, reverse=True)
