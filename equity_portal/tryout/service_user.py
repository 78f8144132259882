"""Whom PostgreSQL and Valkey run as when the portal was started by root."""

from __future__ import annotations

import os
import pwd
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from equity_portal.tryout.data_folder import MARKER, MARKER_TEXT, is_root, make_folder
from equity_portal.tryout.problems import CannotStart, refuse_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from equity_portal.tryout.data_folder import DataFolder

NOT_NEEDED = shutil.ignore_patterns("include", "__pycache__")
ANYBODY_MAY_READ = 0o005
# Debian's user for exactly this, and one that every Unix has.
CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class ServiceUser:
    name: str
    uid: int
    gid: int


def service_user(services: Path) -> ServiceUser | None:
    """Give the user that owns what is there already, else a candidate; None if not root."""
    if not is_root():
        return None
    for kept in [*services.glob("pg*"), services / "valkey"]:
        if kept.is_dir() and (owner := kept.stat().st_uid):
            found = pwd.getpwuid(owner)
            return ServiceUser(found.pw_name, found.pw_uid, found.pw_gid)
    for name in CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServiceUser(found.pw_name, found.pw_uid, found.pw_gid)
    raise CannotStart(
        "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as. "
        "Start the portal as an ordinary user."
    )


def private_folder(folder: Path, user: ServiceUser | None) -> None:
    """Make a folder that only its server may enter; a temporary one may not be a stranger's.

    Raises CannotStart.
    """
    uid = user.uid if user else os.geteuid()
    try:
        make_folder(folder.parent, 0o711)
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.lstat().st_uid not in {uid, os.geteuid()}:
            raise CannotStart(
                f"{folder} belongs to another user. Start the portal as that user, or choose "
                "another folder with make run DATA_DIR=/path/to/a/folder."
            )
        if user:
            os.chown(folder, user.uid, user.gid)
        folder.chmod(0o700)
    except OSError as problem:
        refuse_folder(folder, problem)


def claim_services_folder(data: DataFolder) -> bool:
    """Mark the services' folder as ours; say whether it is another than the data folder."""
    services = data.services
    try:
        make_folder(services, 0o711 if is_root() else 0o700)
        if not (services / MARKER).exists():
            (services / MARKER).write_text(f"{MARKER_TEXT}Its other part is in {data.path}\n")
    except OSError as problem:
        refuse_folder(services, problem)
    return services != data.path


def readable_home(parts: Sequence[Path], copies: Path, user: ServiceUser | None) -> Path:
    """Give the folder that holds these folders of programs, where the user may run them.

    That is where they are, or a copy: root's own folders are closed to the servers' user.
    """
    if user is None or all(_anybody_may_read(part) for part in parts):
        return parts[0].parent
    made_at = max(part.stat().st_mtime_ns for part in parts)
    copy = copies / f"{parts[0].stat().st_ino}-{made_at}"
    if not copy.is_dir():
        half = copies / "half"
        try:
            # Copies of earlier versions go too.
            shutil.rmtree(copies, ignore_errors=True)
            for folder in (copies.parent, copies, half):
                make_folder(folder, 0o755)
            for part in parts:
                shutil.copytree(part, half / part.name, ignore=NOT_NEEDED)
            for made in half.rglob("*"):
                made.chmod(0o755 if made.stat().st_mode & 0o100 else 0o644)
            half.replace(copy)
        except OSError as problem:
            refuse_folder(copies, problem)
    return copy


def _anybody_may_read(folder: Path) -> bool:
    readable = folder.stat().st_mode & ANYBODY_MAY_READ == ANYBODY_MAY_READ
    return readable and all(above.stat().st_mode & 0o001 for above in folder.parents)
