from accounts.models.attempt_counter import AttemptCounter
from accounts.models.department import DepartmentSettings, Program
from accounts.models.user import User

__all__ = ["AttemptCounter", "DepartmentSettings", "Program", "User"]
