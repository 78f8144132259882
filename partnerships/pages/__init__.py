"""What the pages about a relationship gather: one question each, all through `visible_to`."""

from partnerships.pages.contact import ContactPage, contact_page
from partnerships.pages.follow_up import (
    WEEK,
    FollowUpPage,
    Section,
    by_urgency,
    changeable_keys,
    follow_up_page,
    next_step_of,
    next_steps_of,
    open_follow_ups,
)
from partnerships.pages.introduction import introductions_for, introductions_of
from partnerships.pages.kept_rate import KeptRatePage, kept_rate_page
from partnerships.pages.one_to_one import OneToOnePage, one_to_one_page, recent_one_to_ones
from partnerships.pages.partner import PartnerPage, partner_page
from partnerships.pages.promise import KeptLine, PromisesOf, promises_of

__all__ = [
    "WEEK",
    "ContactPage",
    "FollowUpPage",
    "KeptLine",
    "OneToOnePage",
    "PartnerPage",
    "PromisesOf",
    "Section",
    "by_urgency",
    "changeable_keys",
    "contact_page",
    "follow_up_page",
    "one_to_one_page",
    "open_follow_ups",
    "partner_page",
    "promises_of",
    "recent_one_to_ones",
]
    "introductions_for",
    "introductions_of",
    "kept_rate_page",
    "next_step_of",
    "next_steps_of",
