from accounts.models.attempt_counter import AttemptCounter
from accounts.models.department import DepartmentSettings, Program
from accounts.models.sharing import Readers, Shared, shared_with
from accounts.models.user import User

__all__ = [
    "AttemptCounter",
    "DepartmentSettings",
    "Program",
    "Readers",
    "Shared",
    "User",
    "shared_with",
]
