"""Signing in: what it needs to work, and what slows down guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AttemptCounter
from accounts.tasks import forget_what_is_over
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "four-good-words-here"


@pytest.fixture
def rosa(db):
    rosa = UserFactory(email="rosa@county.test")
    rosa.set_password(PASSWORD)
    rosa.save(update_fields=["password"])
    return rosa


def sign_in(password=PASSWORD):
    """A visitor of their own each time: what one browser remembers does not count."""
    words = {"login": "rosa@county.test", "password": password}
    return Client().post(reverse("account_login"), words)


def code(errors):
    (error,) = errors["__all__"].data
    return error.code


def test_signing_in_needs_no_broker(rosa, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise redis.ConnectionError("Error 111 connecting. Connection refused.")

    monkeypatch.setattr(redis.connection.AbstractConnection, "connect", refuse)

    answer = sign_in()

    assert (answer.status_code, answer.url) == (302, "/")


def test_after_five_wrong_passwords_the_right_one_waits_too(rosa):
    wrong = [sign_in("not-these-good-words").context["form"].errors for _attempt in range(5)]

    answer = sign_in()

    assert [code(errors) for errors in [*wrong, answer.context["form"].errors]] == [
        *["email_password_mismatch"] * 5,
        "too_many_login_attempts",
    ]


def test_attempts_are_counted_where_every_web_worker_counts_them(rosa):
    sign_in("not-these-good-words")

    counted = AttemptCounter.objects.values_list("key", flat=True).order_by("key")
    assert [key.split(":")[5:7] for key in counted] == [
        ["login", "30/60/ip"],
        ["login_failed", "10/60/ip"],
        ["login_failed", "5/300.0/key"],
    ]


def test_a_counter_is_the_row_that_the_cache_reads():
    cache.set("tried", [1.0], timeout=60)

    (counter,) = AttemptCounter.objects.all()
    assert settings.CACHES["default"]["LOCATION"] == AttemptCounter._meta.db_table
    assert timedelta(seconds=58) < counter.expires_at - timezone.now() <= timedelta(seconds=60)


def test_what_is_over_is_forgotten_and_what_counts_stays(rosa):
    now = timezone.now()
    earlier, later = now - timedelta(minutes=1), now + timedelta(minutes=1)
    for name, moment in (("over", earlier), ("counts", later)):
        AttemptCounter.objects.create(key=name, value="", expires_at=moment)
        Session.objects.create(session_key=name, session_data="", expire_date=moment)

    forget_what_is_over()

    assert list(AttemptCounter.objects.values_list("key", flat=True)) == ["counts"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["counts"]
