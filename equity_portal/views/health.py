"""For load balancers and monitors: alive says the process answers, ready says all of it works."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from kombu.exceptions import KombuError

from equity_portal.celery import app
from reminders.models import Heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

# Beat speaks every twenty seconds; this much silence means that it, a worker or the broker is gone.
LONGEST_SILENCE = timedelta(minutes=2)


@never_cache
@login_not_required
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    found = {name: check() for name, check in CHECKS.items()}
    is_ready = all(answer == "ok" for answer in found.values())
    body = {"status": "ok" if is_ready else "not ready", "checks": found}
    return JsonResponse(body, status=200 if is_ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "does not answer"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        wanted = executor.loader.graph.leaf_nodes()
        return "not applied" if executor.migration_plan(wanted) else "ok"
    except Error:
        return "unknown"


def _broker() -> str:
    try:
        with app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0)
    except (KombuError, OSError):
        return "does not answer"
    return "ok"


def _worker() -> str:
    try:
        beat_at = Heartbeat.objects.latest_moment()
    except Error:
        return "unknown"
    if beat_at is None:
        return "has not been seen yet"
    return "ok" if timezone.now() - beat_at < LONGEST_SILENCE else "has gone silent"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "worker": _worker,
}
