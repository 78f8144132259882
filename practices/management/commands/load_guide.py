from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from practices.loader import MalformedContent, load, read_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser

BY_NAME = 2


class Command(BaseCommand):
    help = (
        "Loads the guide from its content files: makes what is missing, renews what nobody "
        "here has changed, and leaves what an editor wrote."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.PRACTICES_CONTENT)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}. Name another with --folder.")
        try:
            report = load(read_folder(folder), at=timezone.now())
        except MalformedContent as malformed:
            raise CommandError(f"Nothing was loaded.\n{malformed}") from None
        if options["verbosity"] >= BY_NAME:
            self.stdout.write("\n".join(report.by_name()))
        if options["verbosity"]:
            self.stdout.write(str(report))
