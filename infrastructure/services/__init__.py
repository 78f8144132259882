from infrastructure.services.adoption import take_up_step
from infrastructure.services.workgroup import (
    AlreadyMember,
    MembershipEnded,
    NameIsTaken,
    add_member,
    add_workgroup,
    change_role,
    end_membership,
    restore_workgroup,
    resume_membership,
)

__all__ = [
    "AlreadyMember",
    "MembershipEnded",
    "NameIsTaken",
    "add_member",
    "add_workgroup",
    "change_role",
    "end_membership",
    "restore_workgroup",
    "resume_membership",
    "take_up_step",
]
