"""Rows for tests: each factory makes the least that is whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from accounts.models import Program, Readers, User
from accounts.roles import Role
from infrastructure.models import Adoption, Membership, Workgroup
from partnerships.models import (
    Affiliation,
    Contact,
    FollowUp,
    Introduction,
    OneToOne,
    PartnerOrganization,
    Promise,
)
from practices.models import (
    ActionStep,
    ActionStepRevision,
    Practice,
    PracticeGroup,
    PracticeRevision,
    Resource,
)
from reminders.models import Reminder

NOON = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
PASSWORD = "a-long-enough-password"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@county.test")
    name = factory.Sequence(lambda n: f"Person {n}")
    roles = [Role.STAFF]

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        user = User.objects.create_user(*args, **{"password": PASSWORD, **kwargs})
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class EquityLeadFactory(UserFactory):
    roles = [Role.EQUITY_LEAD]


class EditorFactory(UserFactory):
    roles = [Role.CONTENT_EDITOR]


class AdministratorFactory(UserFactory):
    roles = [Role.ADMINISTRATOR]


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = Program

    name = factory.Sequence(lambda n: f"Program {n}")


class PracticeGroupFactory(DjangoModelFactory):
    class Meta:
        model = PracticeGroup

    slug = factory.Sequence(lambda n: f"group-{n}")
    name = factory.Sequence(lambda n: f"Group {n}")


class PracticeFactory(DjangoModelFactory):
    class Meta:
        model = Practice

    group = factory.SubFactory(PracticeGroupFactory)
    slug = factory.Sequence(lambda n: f"practice-{n}")
    order = factory.Sequence(lambda n: n)
    original = "https://healthequityguide.org/"


class PracticeRevisionFactory(DjangoModelFactory):
    class Meta:
        model = PracticeRevision

    practice = factory.SubFactory(PracticeFactory)
    number = 1
    status = PracticeRevision.Status.PUBLISHED
    name = factory.Sequence(lambda n: f"Practice {n}")
    purpose = "Say what this is for."
    what_it_is = "What this is."
    written_at = NOON
    published_at = NOON


class ActionStepFactory(DjangoModelFactory):
    class Meta:
        model = ActionStep

    practice = factory.SubFactory(PracticeFactory)
    slug = factory.Sequence(lambda n: f"step-{n}")
    order = factory.Sequence(lambda n: n)


class ActionStepRevisionFactory(DjangoModelFactory):
    class Meta:
        model = ActionStepRevision

    step = factory.SubFactory(ActionStepFactory)
    number = 1
    status = ActionStepRevision.Status.PUBLISHED
    title = factory.Sequence(lambda n: f"Do step {n}")
    short_title = factory.Sequence(lambda n: f"Step {n}")
    what_to_do = "Do this."
    written_at = NOON
    published_at = NOON

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """A step is read on its practice's page, so there is one."""
        practice = kwargs["step"].practice
        if not practice.revisions.exists():
            PracticeRevisionFactory(practice=practice)
        return super()._create(model_class, *args, **kwargs)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    slug = factory.Sequence(lambda n: f"resource-{n}")
    title = factory.Sequence(lambda n: f"Resource {n}")
    publisher = "A publisher"
    year = 2020
    kind = Resource.Kind.REPORT
    url = factory.Sequence(lambda n: f"https://publisher.test/{n}")
    status = Resource.Status.PUBLISHED


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = PartnerOrganization

    name = factory.Sequence(lambda n: f"Partner {n}")
    kind = PartnerOrganization.Kind.COMMUNITY_BASED
    created_at = NOON
    created_by = factory.SubFactory(EquityLeadFactory)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    name = factory.Sequence(lambda n: f"Contact {n}")
    created_at = NOON
    created_by = factory.SubFactory(EquityLeadFactory)


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = Affiliation

    contact = factory.SubFactory(ContactFactory)
    partner = factory.SubFactory(PartnerFactory)
    role = "Organizer"


class OneToOneFactory(DjangoModelFactory):
    class Meta:
        model = OneToOne

    held_at = NOON
    what_mattered = "Interpreters at the forum."
    readers = Readers.EQUITY_TEAM
    created_at = NOON
    created_by = factory.SubFactory(EquityLeadFactory)


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    what = factory.Sequence(lambda n: f"Call somebody {n}")
    due_on = date(2026, 3, 12)
    assignee = factory.SubFactory(EquityLeadFactory)
    created_at = NOON
    created_by = factory.SelfAttribute("assignee")


class PromiseFactory(DjangoModelFactory):
    class Meta:
        model = Promise

    direction = Promise.Direction.OURS
    what = factory.Sequence(lambda n: f"Send the forms {n}")
    partner = factory.SubFactory(PartnerFactory)
    owner = factory.SubFactory(EquityLeadFactory)
    promised_on = date(2026, 3, 2)
    due_on = date(2026, 3, 12)
    first_due_on = factory.SelfAttribute("due_on")
    counts_on = factory.SelfAttribute("first_due_on")
    created_at = NOON
    created_by = factory.SelfAttribute("owner")


class IntroductionFactory(DjangoModelFactory):
    class Meta:
        model = Introduction

    partner = factory.SubFactory(PartnerFactory)
    colleague = factory.SubFactory(EquityLeadFactory)
    introduced_by = factory.SubFactory(EquityLeadFactory)
    due_on = date(2026, 3, 26)
    created_at = NOON
    created_by = factory.SelfAttribute("introduced_by")


class ReminderFactory(DjangoModelFactory):
    class Meta:
        model = Reminder

    key = factory.Sequence(lambda n: f"follow-up:{n}")
    source = "follow-up"
    subject_id = factory.Sequence(lambda n: n)
    recipient = factory.SubFactory(EquityLeadFactory)
    due_at = NOON
    try_at = NOON
    planned_at = NOON


class WorkgroupFactory(DjangoModelFactory):
    class Meta:
        model = Workgroup

    name = factory.Sequence(lambda n: f"Workgroup {n}")
    purpose = "Make hiring fair."
    sponsor = factory.SubFactory(UserFactory)
    created_at = NOON
    created_by = factory.SubFactory(EquityLeadFactory)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    workgroup = factory.SubFactory(WorkgroupFactory)
    user = factory.SubFactory(UserFactory)
    started_on = date(2026, 1, 5)


class AdoptionFactory(DjangoModelFactory):
    class Meta:
        model = Adoption

    step = factory.SubFactory(ActionStepFactory)
    person = factory.SubFactory(UserFactory)
    intent = "Hold four one-to-ones a month."
    created_at = NOON
    created_by = factory.SelfAttribute("person")
