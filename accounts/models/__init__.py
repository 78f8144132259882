from accounts.models.department import DepartmentSettings, Program
from accounts.models.user import User

__all__ = ["DepartmentSettings", "Program", "User"]
