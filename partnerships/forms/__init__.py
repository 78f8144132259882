from partnerships.forms.alike import AsksWhetherAlike, ContactAlikeForm, PartnerAlikeForm
from partnerships.forms.bulk import HandOverSeveralForm, PutOffSeveralForm, ticked
from partnerships.forms.contact import (
    AffiliationForm,
    ContactForm,
    NewContactForm,
    ResumeForm,
)
from partnerships.forms.filters import ContactFilterForm, OneToOneFilterForm, PartnerFilterForm
from partnerships.forms.follow_up import (
    FollowUpFilterForm,
    FollowUpForm,
    GoingColdFilterForm,
    NewFollowUpForm,
)
from partnerships.forms.follow_up_steps import CancelForm, GoOnForm, HandOverForm, PutOffForm
from partnerships.forms.introduction import NewIntroductionForm
from partnerships.forms.note import Note, NoteLine
from partnerships.forms.one_to_one import NewOneToOneForm, OneToOneForm
from partnerships.forms.partner import NewPartnerForm, PartnerForm
from partnerships.forms.promise import NewPromiseForm, PromiseForm
from partnerships.forms.promise_filter import PromiseFilterForm
from partnerships.forms.promise_settling import BreakForm, ChangeForm, KeepForm
from partnerships.forms.terms import TermsOfForm

__all__ = [
    "AffiliationForm",
    "AsksWhetherAlike",
    "BreakForm",
    "CancelForm",
    "ChangeForm",
    "ContactAlikeForm",
    "ContactFilterForm",
    "ContactForm",
    "FollowUpFilterForm",
    "FollowUpForm",
    "GoOnForm",
    "GoingColdFilterForm",
    "HandOverForm",
    "HandOverSeveralForm",
    "KeepForm",
    "NewContactForm",
    "NewFollowUpForm",
    "NewIntroductionForm",
    "NewOneToOneForm",
    "NewPartnerForm",
    "NewPromiseForm",
    "Note",
    "NoteLine",
    "OneToOneFilterForm",
    "OneToOneForm",
    "PartnerAlikeForm",
    "PartnerFilterForm",
    "PartnerForm",
    "PromiseFilterForm",
    "PromiseForm",
    "PutOffForm",
    "PutOffSeveralForm",
    "ResumeForm",
    "TermsOfForm",
    "ticked",
]
