"""make reset: the try-out as it was before its first run."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from equity_portal.tryout.data_folder import MARKER, DataFolder
from equity_portal.tryout.locks import Lock
from equity_portal.tryout.portal_log import PortalLog
from equity_portal.tryout.problems import CannotStart, refuse_folder
from equity_portal.tryout.supervisor import reclaim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def reset(environ: Mapping[str, str]) -> str:
    """Delete what the try-out keeps, and say what that means. Raises CannotStart."""
    data = DataFolder.from_environment(environ)
    if not data.path.exists():
        return f"There is nothing to delete: {data.path} is made by make run."
    if not data.is_ours:
        raise CannotStart(
            f"{data.path} is no try-out's folder, so nothing in it was deleted. "
            "See what DATA_DIR says."
        )
    with Lock(data.run / "supervisor.lock") as turn:
        if not turn.take():
            raise CannotStart(
                f"The portal runs, at {turn.read().get('address')}. Stop it with Ctrl-C where it "
                "was started, then make reset."
            )
        reclaim(data.run, PortalLog(data.logs / "portal.log", screen=sys.stdout))
        # The services' folder is another only for root; sockets may be elsewhere too.
        _delete(data.services)
        if not data.sockets.is_relative_to(data.path):
            shutil.rmtree(data.sockets, ignore_errors=True)
        _delete(data.path)
    return _what_comes_back(data, environ)


def _delete(folder: Path) -> None:
    """Delete a folder that carries our marker; the marker goes last."""
    if not (folder / MARKER).is_file():
        return
    try:
        for found in folder.iterdir():
            if found.is_dir() and not found.is_symlink():
                shutil.rmtree(found)
            elif found.name != MARKER:
                found.unlink()
        (folder / MARKER).unlink()
        shutil.rmtree(folder, ignore_errors=True)
    except OSError as problem:
        refuse_folder(folder, problem)


def _what_comes_back(data: DataFolder, environ: Mapping[str, str]) -> str:
    kept = ""
    if environ.get("DATABASE_URL"):
        kept = " The database that DATABASE_URL names was left as it is."
    return (
        f"What was entered into the try-out is deleted from {data.path}.{kept} The next make run "
        "brings back the guide, the fictional department and its accounts."
    )


if __name__ == "__main__":
    sys.stdout.write(reset(os.environ) + "\n")
