from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from equity_portal.celery import app
from reminders.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_live_answers_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_when_everything_answers(client):
    Heartbeat.objects.beat(at=timezone.now())

    response = client.get(reverse("health-ready"))

    checks = {"database": "ok", "migrations": "ok", "broker": "ok", "worker": "ok"}
    assert (response.status_code, response.json()) == (200, {"status": "ok", "checks": checks})


@pytest.mark.parametrize(
    ("silence", "answer"),
    [(None, "has not been seen yet"), (timedelta(minutes=3), "has gone silent")],
)
def test_not_ready_when_no_worker_is_heard(client, silence, answer):
    if silence:
        Heartbeat.objects.beat(at=timezone.now() - silence)

    response = client.get("/health/ready")

    assert (response.status_code, response.json()["checks"]["worker"]) == (503, answer)


def test_not_ready_when_the_broker_is_gone(client, tmp_path):
    Heartbeat.objects.beat(at=timezone.now())
    kept = app.conf.broker_url
    app.conf.broker_url = f"redis+socket://{tmp_path}/nobody.sock"
    try:
        response = client.get("/health/ready")
    finally:
        app.conf.broker_url = kept

    assert (response.status_code, response.json()["checks"]["broker"]) == (503, "does not answer")
