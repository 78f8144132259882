from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from equity_portal.demo.load import load
from partnerships.models import Contact, FollowUp, OneToOne, PartnerOrganization

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 12, 15, 0, tzinfo=ZoneInfo("America/Chicago"))


def written() -> list[object]:
    return [
        list(PartnerOrganization.objects.order_by("name").values_list("name", "created_at")),
        list(Contact.objects.order_by("name").values_list("name", "phone")),
        list(OneToOne.objects.order_by("held_at", "what_mattered").values_list("held_at")),
        list(FollowUp.objects.order_by("due_on", "what").values_list("due_on", "what")),
    ]


def test_the_same_seed_writes_the_same_department():
    def once():
        with transaction.atomic():
            load(now=NOW, seed=3, password="a-long-enough-password")
            result = written()
            transaction.set_rollback(True)
        return result

    assert once() == once()


def test_every_page_has_something_late_today_and_to_come():
    load(now=NOW, seed=1, password="a-long-enough-password")

    lead = User.objects.get_queryset().get(email="lead@riverbend.example")
    mine = FollowUp.objects.open().assigned_to(lead)
    today = NOW.date()
    assert mine.filter(due_on__lt=today).exists()
    assert mine.filter(due_on=today).exists()
    assert mine.filter(due_on__gt=today).exists()


def test_the_tryout_accounts_are_those_of_the_contract():
    load(now=NOW, seed=1, password="a-long-enough-password")

    roles = dict(User.objects.get_queryset().values_list("email", "roles"))
    accounts = ["staff", "lead", "lead2", "editor", "director", "admin"]
    assert [roles[f"{login}@riverbend.example"] for login in accounts] == [
        ["staff"],
        ["equity_lead"],
        ["equity_lead"],
        ["content_editor"],
        ["director"],
        ["administrator"],
    ]


def test_seed_demo_twice_changes_nothing(capsys):
    call_command("seed_demo")
    first = written()

    call_command("seed_demo")

    assert written() == first


def test_seed_demo_refuses_outside_the_tryout(settings):
    settings.IS_TRYOUT = False

    with pytest.raises(CommandError, match="Demo accounts belong in a try-out"):
        call_command("seed_demo")

    assert not User.objects.get_queryset().exists()
