from infrastructure.models.adoption import Adoption
from infrastructure.models.workgroup import Membership, Workgroup

__all__ = ["Adoption", "Membership", "Workgroup"]
