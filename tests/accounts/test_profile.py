"""One's own account: name, time zone, and what one's roles allow."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import DepartmentMiddleware
from accounts.models import DepartmentSettings
from accounts.models.department import check_time_zone
from accounts.zones import zone_choices
from tests.factories import ProgramFactory, UserFactory

pytestmark = pytest.mark.django_db

PROFILE, EDIT = reverse("accounts:profile"), reverse("accounts:profile-edit")


def form_of(page) -> dict:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.mark.parametrize("rows", [1, 3])
def test_profile_query_count(as_staff, staff, django_assert_num_queries, rows):
    staff.programs.set(ProgramFactory.create_batch(rows))

    with django_assert_num_queries(4):
        as_staff.get(PROFILE)


def test_profile_shows_ones_own(as_staff, staff):
    program = ProgramFactory(name="Healthy Homes")
    staff.programs.add(program)
    ProgramFactory(name="Somebody else's")

    page = as_staff.get(PROFILE)

    assert page.context["person"] == staff
    assert list(page.context["programs"]) == [program]
    assert page.context["zone"] == "America/Chicago"
    assert [ability.value for ability in page.context["abilities"]] == [
        "see_partners",
        "see_workgroups",
        "take_up_steps",
    ]


def test_edit_ones_own_name_and_time_zone(as_staff, staff):
    words = form_of(as_staff.get(EDIT)) | {"name": "Sam Lee", "time_zone": "Pacific/Honolulu"}

    answer = as_staff.post(EDIT, words)

    staff.refresh_from_db()
    assert answer.url == PROFILE
    assert (staff.name, staff.time_zone, staff.version) == ("Sam Lee", "Pacific/Honolulu", 2)


def test_nobody_gives_themselves_roles_or_programs(as_staff, staff):
    program = ProgramFactory()
    words = form_of(as_staff.get(EDIT)) | {
        "roles": ["administrator"],
        "programs": [program.pk],
        "is_active": "",
        "email": "other@county.test",
    }

    as_staff.post(EDIT, words)

    staff.refresh_from_db()
    assert (staff.roles, list(staff.programs.all()), staff.is_active, staff.email) == (
        ["staff"],
        [],
        True,
        "sam@county.test",
    )


def test_a_time_zone_that_is_none_is_refused(as_staff):
    words = form_of(as_staff.get(EDIT)) | {"time_zone": "Mars/Olympus"}

    page = as_staff.post(EDIT, words)

    assert list(page.context["form"].errors) == ["time_zone"]


def test_profile_saved_meanwhile_by_an_administrator_shows_both(as_staff, staff):
    words = form_of(as_staff.get(EDIT)) | {"name": "Sam Lee"}
    type(staff).objects.get_queryset().filter(pk=staff.pk).update(name="Samuel", version=2)

    page = as_staff.post(EDIT, words)

    assert [(c.mine, c.theirs) for c in page.context["form"].conflicts] == [("Sam Lee", "Samuel")]


# --- time zones ---------------------------------------------------------------------------


def test_every_zone_offered_exists_once():
    groups = [choices for _name, choices in zone_choices(default="America/Chicago")[1:]]
    zones = [zone for choices in groups for zone, _label in choices]

    assert len(zones) == len(set(zones)) > 300
    assert set(zones) <= zoneinfo.available_timezones()


def test_a_zone_chosen_before_stays_on_offer():
    choices = zone_choices(default="America/Chicago", chosen="US/Central")

    assert choices[-1][1][-1] == ("US/Central", "US/Central")


@pytest.mark.parametrize("name", ["", "America/Chicago"])
def test_time_zone_that_exists(name):
    check_time_zone(name)


@pytest.mark.parametrize("name", ["Mars/Olympus", "america", "../../etc/passwd", "\x00"])
def test_time_zone_that_does_not_exist(name):
    with pytest.raises(ValidationError):
        check_time_zone(name)


@pytest.mark.parametrize(
    ("own", "zone"), [("", "America/Denver"), ("Pacific/Honolulu", "Pacific/Honolulu")]
)
def test_a_request_runs_in_ones_own_zone_else_the_departments(rf, own, zone):
    DepartmentSettings.objects.update(time_zone="America/Denver")
    request = rf.get("/")
    request.user = UserFactory(time_zone=own)
    seen, before = [], timezone.get_current_timezone_name()

    def page(_request):
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    DepartmentMiddleware(page)(request)

    assert seen == [zone]
    assert timezone.get_current_timezone_name() == before


def test_times_on_a_page_are_the_readers(client):
    person = UserFactory(
        time_zone="Pacific/Auckland", joined_at=datetime(2026, 3, 12, 20, 0, tzinfo=UTC)
    )

    assert timezone.localtime(person.joined_at, person.zone("America/Chicago")).day == 13
    person.time_zone = ""
    assert timezone.localtime(person.joined_at, person.zone("America/Chicago")).day == 12
