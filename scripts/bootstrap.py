#!/usr/bin/env python3
"""The Makefile's one program: python3 scripts/bootstrap.py run.

It needs the standard library alone, and this file is in words that a Python too old for the
portal still reads: whoever has one is told so in a sentence.
"""

import os
import sys

NEEDED = (3, 11)


def refusal(version, platform):
    """What keeps the portal from running here, or nothing."""
    if tuple(version[:2]) < NEEDED:
        return (
            "Equity Portal needs Python {}.{} or newer, and this is Python {}.{}. "
            "Name a newer one, as in: make run PYTHON=python3.12".format(*(NEEDED + version[:2]))
        )
    if platform == "win32":
        return "Equity Portal runs on Linux and macOS. On Windows, start it inside WSL 2."
    return None


def main(arguments):
    refused = refusal(tuple(sys.version_info), sys.platform)
    if refused:
        sys.exit(refused)
    from verbs import CHECKOUT, VERBS  # noqa: PLC0415 (words that an old Python does not read)

    if len(arguments) != 1 or arguments[0] not in VERBS:
        sys.exit("Say what to do, as make does: {}".format(", ".join(VERBS)))
    os.chdir(str(CHECKOUT))
    try:
        VERBS[arguments[0]]()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Start again and it goes on from where it was.\n")
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
