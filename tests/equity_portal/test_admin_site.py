"""The admin: what is registered, who sees it, and how one gets in and out."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import DepartmentSettings, Program
from practices.models import (
    ActionStep,
    ActionStepRevision,
    Practice,
    PracticeGroup,
    PracticeRevision,
    Resource,
)
from tests.factories import (
    ActionStepFactory,
    ActionStepRevisionFactory,
    OneToOneFactory,
    ProgramFactory,
    ResourceFactory,
)
from tests.pages import form_with

pytestmark = pytest.mark.django_db

REGISTERED = admin.site._registry  # noqa: SLF001 (Django says it nowhere else)

EDITORS = {ActionStep, ActionStepRevision, Practice, PracticeGroup, PracticeRevision, Resource}
ADMINISTRATORS = {DepartmentSettings, Program}


def address(model, page, **lookup):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", **lookup)


def test_what_is_kept_in_the_admin_and_nothing_else():
    assert set(REGISTERED) == EDITORS | ADMINISTRATORS


@pytest.mark.parametrize("model_admin", REGISTERED.values(), ids=str)
def test_every_admin_class_states_how_it_lists(model_admin):
    stated = vars(type(model_admin)).keys() | {
        name for base in type(model_admin).__mro__[1:3] for name in vars(base)
    }

    assert {"ordering", "list_select_related", "search_fields", "autocomplete_fields"} <= stated


def test_the_admin_says_of_no_record_that_is_kept_elsewhere_whether_it_exists(client, editor):
    """Not even of a table that is none, such as pghistory's view of all events."""
    client.force_login(editor)
    secret, step = OneToOneFactory(readers="author"), ActionStepRevisionFactory().step

    def asked(model, pk):
        kind = ContentType.objects.get_for_model(model)
        return client.get(reverse("admin:view_on_site", args=[kind.pk, pk])).status_code

    kinds = {asked(model, secret.pk) for model in apps.get_models() if model not in REGISTERED}
    assert kinds == {404}
    assert asked(ActionStep, step.pk) == 302


@pytest.fixture
def one_of_each():
    ActionStepRevisionFactory(step=ActionStepFactory())
    ResourceFactory()
    ProgramFactory()


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("model", EDITORS | ADMINISTRATORS)
@pytest.mark.parametrize(
    ("person", "own"), [("editor", EDITORS), ("administrator", ADMINISTRATORS)]
)
def test_lists_and_forms_open_for_those_who_keep_them(client, request, person, own, model):
    client.force_login(request.getfixturevalue(person))
    one = model._default_manager.first()
    pages = [
        address(model, "changelist"),
        address(model, "changelist") + "?q=a",
        address(model, "add"),
        address(model, "change", args=[one.pk]),
        address(model, "history", args=[one.pk]),
    ]

    opened = [client.get(page).status_code for page in pages]

    if model not in own:
        assert opened == [403, 403, 403, 403, 403]
    elif model is DepartmentSettings:
        assert opened == [302, 302, 403, 200, 200]
    else:
        assert opened == [200, 200, 200, 200, 200]


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("model", EDITORS | ADMINISTRATORS)
def test_nothing_is_deleted_here(client, editor, administrator, model):
    client.force_login(editor if model in EDITORS else administrator)
    one = model._default_manager.first()

    response = client.post(address(model, "delete", args=[one.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert model._default_manager.filter(pk=one.pk).exists()


def test_each_sees_only_their_own_on_the_first_page(client, editor, administrator):
    shown = {}
    for person in (editor, administrator):
        client.force_login(person)
        apps = client.get(reverse("admin:index")).context["app_list"]
        shown[person] = {model["model"] for app in apps for model in app["models"]}

    assert shown == {editor: EDITORS, administrator: ADMINISTRATORS}


@pytest.mark.parametrize("person", ["staff", "lead"])
def test_others_are_turned_away(client, request, person):
    client.force_login(request.getfixturevalue(person))

    refused = client.get(reverse("admin:index"))
    at_the_door = client.get(refused["Location"])

    assert (refused.status_code, at_the_door.status_code) == (302, 403)


def test_signing_in_is_the_portals_own_page(client, editor):
    at_the_door = client.get(reverse("admin:login"), {"next": "/admin/practices/"})
    visited = client.get(reverse("admin:index"), follow=True)
    client.force_login(editor)
    inside = client.get(reverse("admin:login"))

    login = reverse("account_login")
    assert at_the_door["Location"] == f"{login}?next=/admin/practices/"
    assert visited.redirect_chain[-1] == (f"{login}?next=/admin/", 302)
    assert inside["Location"] == reverse("admin:index")


def test_signing_out_and_the_password_lead_to_the_portals_own_pages(client, editor):
    client.force_login(editor)

    password = client.get(reverse("admin:password_change"))
    left = client.post(reverse("admin:logout"))

    assert password["Location"] == reverse("account_change_password")
    assert left["Location"] == reverse("home")
    assert "_auth_user_id" not in client.session


def test_the_settings_open_at_once_and_are_saved_over_the_version_that_was_seen(
    client, administrator
):
    client.force_login(administrator)
    page = client.get(address(DepartmentSettings, "changelist"), follow=True)
    form = page.context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}

    client.post(page.request["PATH_INFO"], {**data, "department_name": "Riverbend County"})

    settings = DepartmentSettings.objects.load()
    assert (settings.department_name, settings.version) == ("Riverbend County", 2)


def test_an_administrator_says_who_reads_a_new_one_to_one(client, administrator):
    client.force_login(administrator)
    settings = address(DepartmentSettings, "change", args=[DepartmentSettings.ONLY])

    page = client.get(settings)
    answers = form_with("default_readers", page)
    client.post(settings, answers | {"default_readers": ["staff"]})

    offered = [
        one for one, _label in page.context["adminform"].form.fields["default_readers"].choices
    ]
    assert offered == ["author", "equity_team", "staff"]  # named colleagues: nobody, until named
    assert answers["default_readers"] == ["equity_team"]
    assert DepartmentSettings.objects.get().default_readers == "staff"
