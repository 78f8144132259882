"""The try-out: database, broker, web server, worker and beat from one command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from equity_portal.tryout.serve import serve
from reminders.models import Heartbeat

if TYPE_CHECKING:
    from datetime import datetime


def last_heartbeat() -> datetime | None:
    try:
        return Heartbeat.objects.latest_moment()
    finally:
        # Asked now and then: no session waits meanwhile.
        connection.close()


class Command(BaseCommand):
    help = "Runs the whole portal on this machine, with services of its own, to try it out."
    # The programs that it starts check themselves.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_TRYOUT:
            raise CommandError(
                _("serve_local is for trying the portal out. Start it with MODE=tryout.")
            )
        serve(os.environ, last_heartbeat=last_heartbeat)
