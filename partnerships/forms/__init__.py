from partnerships.forms.contact import (
    AffiliationForm,
    ContactFilterForm,
    ContactForm,
    NewContactForm,
)
from partnerships.forms.follow_up import (
    FollowUpFilterForm,
    FollowUpForm,
    NewFollowUpForm,
    PutOffForm,
)
from partnerships.forms.introduction import NewIntroductionForm
from partnerships.forms.note import Note, NoteLine, sensitive_words
from partnerships.forms.one_to_one import NewOneToOneForm, OneToOneFilterForm, OneToOneForm
from partnerships.forms.partner import NewPartnerForm, PartnerFilterForm, PartnerForm

__all__ = [
    "AffiliationForm",
    "ContactFilterForm",
    "ContactForm",
    "FollowUpFilterForm",
    "FollowUpForm",
    "NewContactForm",
    "NewFollowUpForm",
    "NewOneToOneForm",
    "NewPartnerForm",
    "Note",
    "NoteLine",
    "OneToOneFilterForm",
    "NewIntroductionForm",
    "OneToOneForm",
    "PartnerFilterForm",
    "PartnerForm",
    "PutOffForm",
    "sensitive_words",
]
