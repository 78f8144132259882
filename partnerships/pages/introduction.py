from __future__ import annotations

from typing import TYPE_CHECKING

from partnerships.models import Introduction

if TYPE_CHECKING:
    from accounts.models import User
    from partnerships.models import PartnerOrganization


def introductions_of(partner: PartnerOrganization, *, reader: User) -> list[Introduction]:
    """Who introduced whom, those under way first; dropped ones are nobody's business any more.

    `is_readable` says whether the reader may read the one-to-one where it happened.
    """
    rows = Introduction.objects.visible_to(reader).filter(partner=partner, dropped_at=None)
    rows = rows.knowing_what_is_readable(reader).select_related(
        "colleague", "introduced_by", "contact", "one_to_one"
    )
    return list(rows.order_by("-happened_on", "due_on", "pk"))


def introductions_for(reader: User) -> list[Introduction]:
    """Those under way that somebody else arranges, for the reader to be introduced."""
    rows = Introduction.objects.visible_to(reader).open().filter(colleague=reader)
    rows = rows.select_related("introduced_by", "partner", "contact")
    return list(rows.order_by("due_on", "pk"))
