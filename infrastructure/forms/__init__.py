from infrastructure.forms.adoption import AdoptionFilterForm, AdoptionForm, NewAdoptionForm
from infrastructure.forms.workgroup import (
    MembershipForm,
    MembershipRoleForm,
    NewWorkgroupForm,
    WorkgroupFilterForm,
    WorkgroupForm,
)

__all__ = [
    "AdoptionFilterForm",
    "AdoptionForm",
    "MembershipForm",
    "MembershipRoleForm",
    "NewAdoptionForm",
    "NewWorkgroupForm",
    "WorkgroupFilterForm",
    "WorkgroupForm",
]
