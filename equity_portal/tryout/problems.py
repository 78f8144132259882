"""What stops the try-out, said in one sentence to the person who started it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    from pathlib import Path


class CannotStart(SystemExit):
    """The start ends here: the sentence goes to standard error and the exit code is 1."""


class StopAsked(BaseException):
    """Somebody asked the portal to stop while it was busy with something else."""


def refuse_folder(folder: Path, problem: OSError) -> Never:
    """Say why a folder cannot be used, and what to do about it."""
    remedy = "Choose another folder with make run DATA_DIR=/path/to/a/folder."
    if problem.errno == errno.ENOSPC:
        raise CannotStart(
            f"The disk that holds {folder} is full. Free some space on it and start again."
        ) from None
    if isinstance(problem, FileExistsError | NotADirectoryError):
        raise CannotStart(f"{folder} is in the way: a file, not a folder. {remedy}") from None
    if isinstance(problem, PermissionError) or problem.errno == errno.EROFS:
        raise CannotStart(f"{folder} cannot be written by this user. {remedy}") from None
    raise CannotStart(f"{folder} cannot be used: {problem.strerror}. {remedy}") from None
