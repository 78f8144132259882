"""What the database promises about people and the department, whoever writes."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import DepartmentSettings, User
from accounts.roles import Role
from tests.factories import NOON, ProgramFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_email_is_kept_in_lower_case():
    assert UserFactory(email="Rosa.Diaz@COUNTY.test").email == "rosa.diaz@county.test"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"email": "Rosa@county.test"}, id="user_email_is_lower_case"),
        pytest.param({"roles": ["staff", "emperor"]}, id="user_roles_are_known"),
    ],
)
def test_person_is_refused(values, request):
    person = UserFactory()

    with pytest.raises(IntegrityError, match=request.node.callspec.id), transaction.atomic():
        User.objects.filter(pk=person.pk).update(**values)


def test_nobody_reports_to_themselves():
    person = UserFactory()
    person.reports_to = person

    with pytest.raises(ValidationError, match="Nobody reports to themselves"):
        person.validate_constraints()
    with (
        pytest.raises(IntegrityError, match="user_reports_to_somebody_else"),
        transaction.atomic(),
    ):
        person.save()


def test_every_role_of_the_table_is_accepted():
    assert UserFactory(roles=list(Role)).roles == list(Role)


def test_two_accounts_of_one_address_are_refused():
    UserFactory(email="rosa@county.test")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(email="ROSA@county.test", name="Rosa")


def test_there_is_one_row_of_settings():
    settings = DepartmentSettings.objects.load()

    with (
        pytest.raises(IntegrityError, match="department_settings_is_one_row"),
        transaction.atomic(),
    ):
        DepartmentSettings.objects.create(pk=2)
    assert list(DepartmentSettings.objects.all()) == [settings]


def test_reminders_leave_at_an_hour_of_the_day():
    with pytest.raises(IntegrityError, match="department_reminder_hour"), transaction.atomic():
        DepartmentSettings.objects.update(reminder_hour=24)


@pytest.mark.parametrize("whole", [True, False])
def test_program_archive_is_whole(whole):
    program = ProgramFactory()
    program.archived_at = NOON
    program.archived_by = UserFactory() if whole else None

    if whole:
        program.save()
    else:
        with pytest.raises(IntegrityError, match="program_archive_is_whole"), transaction.atomic():
            program.save()
