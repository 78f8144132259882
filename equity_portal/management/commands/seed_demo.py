from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts.models import DepartmentSettings
from equity_portal.demo.load import is_loaded, load

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Write the fictional department of the try-out: the same from the same seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_TRYOUT:
            raise CommandError(_("Demo accounts belong in a try-out. Set MODE=tryout."))
        if is_loaded():
            self.stdout.write(_("The fictional department is here already; nothing was changed."))
            return
        with timezone.override(DepartmentSettings.objects.load().time_zone):
            # Where other machines can reach the try-out, serve_local gives each account its own.
            password = settings.TRYOUT_PASSWORD or get_random_string(24)
            load(now=timezone.localtime(), seed=options["seed"], password=password)
        self.stdout.write(
            _("Riverbend County is here: people, partners, one-to-ones, follow-ups.")
        )
