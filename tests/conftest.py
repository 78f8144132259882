"""What every test may use."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import DepartmentSettings
from tests.factories import (
    AdministratorFactory,
    EditorFactory,
    EquityLeadFactory,
    UserFactory,
)


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(autouse=True)
def _plain_static_files(settings, empty_folder):
    """No manifest: the test client asks for pages, not for what collectstatic made."""
    settings.STATIC_ROOT = empty_folder
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _department(request):
    """The settings row is there as after migrating, also when an earlier test emptied the tables."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        DepartmentSettings.objects.load()


@pytest.fixture(autouse=True)
def _the_departments_day():
    """Today is the department's, as on its pages; in UTC it is another day for part of each night."""
    with timezone.override(DepartmentSettings._meta.get_field("time_zone").default):
        yield


@pytest.fixture
def staff(db):
    return UserFactory(name="Sam Staff", email="sam@county.test")


@pytest.fixture
def lead(db):
    return EquityLeadFactory(name="Ana Lead", email="ana@county.test")


@pytest.fixture
def other_lead(db):
    return EquityLeadFactory(name="Joy Lead", email="joy@county.test")


@pytest.fixture
def editor(db):
    return EditorFactory(name="Ed Editor", email="ed@county.test")


@pytest.fixture
def administrator(db):
    return AdministratorFactory(name="Ada Administrator", email="ada@county.test")


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client
