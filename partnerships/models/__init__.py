from partnerships.models.calendar import CalendarAddress
from partnerships.models.contact import Affiliation, Contact
from partnerships.models.draft import OneToOneDraft
from partnerships.models.follow_up import FollowUp, FollowUpReader
from partnerships.models.introduction import Introduction
from partnerships.models.one_to_one import (
    OneToOne,
    OneToOneColleague,
    OneToOneContact,
    OneToOnePartner,
    OneToOneReader,
    OneToOneStep,
)
from partnerships.models.partner import (
    PartnerOrganization,
    PartnerOwner,
    PartnerPractice,
    PartnerProgram,
)
from partnerships.models.promise import Promise, PromiseChange, PromiseReader

__all__ = [
    "Affiliation",
    "CalendarAddress",
    "Contact",
    "FollowUp",
    "FollowUpReader",
    "Introduction",
    "OneToOne",
    "OneToOneColleague",
    "OneToOneContact",
    "OneToOneDraft",
    "OneToOnePartner",
    "OneToOneReader",
    "OneToOneStep",
    "PartnerOrganization",
    "PartnerOwner",
    "PartnerPractice",
    "PartnerProgram",
    "Promise",
    "PromiseChange",
    "PromiseReader",
]
