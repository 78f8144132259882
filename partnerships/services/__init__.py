from partnerships.services.follow_up import (
    AlreadyCompleted,
    NotCompleted,
    add_follow_up,
    complete_follow_up,
    put_off_follow_up,
    reopen_follow_up,
)
from partnerships.services.one_to_one import (
    NextStep,
    Participants,
    log_one_to_one,
    set_participants,
)
from partnerships.services.partner import (
    AlreadyThere,
    add_affiliation,
    add_contact,
    add_partner,
    end_affiliation,
    resume_affiliation,
)

__all__ = [
    "AlreadyCompleted",
    "AlreadyThere",
    "NextStep",
    "NotCompleted",
    "Participants",
    "add_affiliation",
    "add_contact",
    "add_follow_up",
    "add_partner",
    "complete_follow_up",
    "end_affiliation",
    "log_one_to_one",
    "put_off_follow_up",
    "reopen_follow_up",
    "resume_affiliation",
    "set_participants",
]
