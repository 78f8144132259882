#!/usr/bin/env python3
"""Django's entry point."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["serve_local"]:
        # Production is the default everywhere; only the try-out says otherwise.
        os.environ.setdefault("MODE", "tryout")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equity_portal.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (after the environment)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
