"""What the pages about a relationship gather: one question each, all through `visible_to`."""

from partnerships.pages.contact import ContactPage, contact_page
from partnerships.pages.draft import DraftLine, draft_lines, draft_of, drafts_of
from partnerships.pages.follow_up import (
    FollowUpPage,
    Section,
    TickedPage,
    by_urgency,
    changeable_keys,
    follow_up_page,
    next_step_of,
    next_steps_of,
    open_follow_ups,
    ticked_page,
)
from partnerships.pages.going_cold import ColdPartner, cold_partners
from partnerships.pages.introduction import introductions_for, introductions_of
from partnerships.pages.kept_rate import KeptRatePage, kept_rate_page
from partnerships.pages.lists import going_cold, just_archived
from partnerships.pages.one_to_one import OneToOnePage, one_to_one_page, recent_one_to_ones
from partnerships.pages.partner import PartnerPage, described, partner_page
from partnerships.pages.promise import (
    KeptLine,
    PromisePage,
    PromiseSection,
    PromisesOf,
    promise_page,
    promise_sections,
    promises_of,
)

__all__ = [
    "ColdPartner",
    "ContactPage",
    "DraftLine",
    "FollowUpPage",
    "KeptLine",
    "KeptRatePage",
    "OneToOnePage",
    "PartnerPage",
    "PromisePage",
    "PromiseSection",
    "PromisesOf",
    "Section",
    "TickedPage",
    "by_urgency",
    "changeable_keys",
    "cold_partners",
    "contact_page",
    "described",
    "draft_lines",
    "draft_of",
    "drafts_of",
    "follow_up_page",
    "going_cold",
    "introductions_for",
    "introductions_of",
    "just_archived",
    "kept_rate_page",
    "next_step_of",
    "next_steps_of",
    "one_to_one_page",
    "open_follow_ups",
    "partner_page",
    "promise_page",
    "promise_sections",
    "promises_of",
    "recent_one_to_ones",
    "ticked_page",
]
