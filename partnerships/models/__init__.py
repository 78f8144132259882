from partnerships.models.contact import Affiliation, Contact
from partnerships.models.follow_up import FollowUp
from partnerships.models.one_to_one import (
    OneToOne,
    OneToOneColleague,
    OneToOneContact,
    OneToOnePartner,
    OneToOneStep,
)
from partnerships.models.partner import PartnerOrganization, PartnerOwner, PartnerProgram

__all__ = [
    "Affiliation",
    "Contact",
    "FollowUp",
    "OneToOne",
    "OneToOneColleague",
    "OneToOneContact",
    "OneToOnePartner",
    "OneToOneStep",
    "PartnerOrganization",
    "PartnerOwner",
    "PartnerProgram",
]
