from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from accounts.models import User
from equity_portal.demo.load import load
from partnerships.models import (
    Contact,
    FollowUp,
    Introduction,
    OneToOne,
    PartnerOrganization,
    Promise,
)

pytestmark = pytest.mark.django_db
SIZE = {
    "organizations": 60,
    "contacts": 150,
    "touches": 400,
    "follow-ups done": 134,
    "follow-ups cancelled": 3,
    "follow-ups open": 37,
    "our promises kept": 50,
    "our promises broken": 7,
    "our promises open": 13,
    "our promises late": 3,
    "their promises": 30,
    "introductions held": 6,
    "introductions to come": 4,
}
NOW = datetime(2026, 3, 12, 15, 0, tzinfo=ZoneInfo("America/Chicago"))


def written() -> list[object]:
    return [
        list(PartnerOrganization.objects.order_by("name").values_list("name", "created_at")),
        list(Contact.objects.order_by("name").values_list("name", "phone")),
        list(OneToOne.objects.order_by("held_at", "what_mattered").values_list("held_at")),
        list(FollowUp.objects.order_by("due_on", "what").values_list("due_on", "completed_at")),
        list(Promise.objects.order_by("what").values_list("what", "due_on", "settled_at")),
    ]


def test_the_same_seed_writes_the_same_department():
    def once():
        with transaction.atomic():
            load(now=NOW, seed=3, password="a-long-enough-password")
            result = written()
            transaction.set_rollback(True)
        return result

    assert once() == once()


def test_the_department_is_whole_and_has_something_late_today_and_to_come():
    load(now=NOW, seed=1, password="a-long-enough-password")

    today = NOW.date()
    lead = User.objects.get_queryset().get(email="lead@riverbend.example")
    mine = FollowUp.objects.open().assigned_to(lead)
    assert mine.filter(due_on__lt=today).exists()
    assert mine.filter(due_on=today).exists()
    assert mine.filter(due_on__gt=today).exists()
    ours = Promise.objects.ours()
    assert {
        "organizations": PartnerOrganization.objects.count(),
        "contacts": Contact.objects.count(),
        "touches": OneToOne.objects.count(),
        "follow-ups done": FollowUp.objects.done().count(),
        "follow-ups cancelled": FollowUp.objects.cancelled().count(),
        "follow-ups open": FollowUp.objects.open().count(),
        "our promises kept": ours.kept().count(),
        "our promises broken": ours.broken().count(),
        "our promises open": ours.open().count(),
        "our promises late": ours.late(today=today).count(),
        "their promises": Promise.objects.theirs().count(),
        "introductions held": Introduction.objects.happened().count(),
        "introductions to come": Introduction.objects.open().count(),
    } == SIZE
    no_moment_is_out_of_order()


def no_moment_is_out_of_order():
    """Nothing happened after now, nor before it was written down, nor before people were met."""
    assert not OneToOne.objects.filter(held_at__gt=NOW).exists()
    assert not OneToOne.objects.filter(created_at__lt=F("held_at")).exists()
    assert not OneToOne.objects.filter(contacts__created_at__gt=F("held_at")).exists()
    assert not OneToOne.objects.filter(partners__created_at__gt=F("held_at")).exists()
    assert not FollowUp.objects.filter(completed_at__lt=F("created_at")).exists()
    assert not FollowUp.objects.filter(completed_at__gt=NOW).exists()
    assert not Promise.objects.filter(settled_at__lt=F("created_at")).exists()
    assert not Promise.objects.filter(settled_at__gt=NOW).exists()
    for noun in (PartnerOrganization, Contact, OneToOne, FollowUp, Promise):
        told = noun.pgh_event_model.objects
        first = told.filter(pgh_label="insert")
        assert not first.exclude(pgh_created_at=F("created_at")).exists()
        assert not told.filter(pgh_created_at__gt=NOW).exists()


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
