"""Lets the history of the demo say when things happened, rather than when they were loaded."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pghistory
from django.apps import apps
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from accounts.models import User

AT = "told_at"


@contextmanager
def told(*, by: User, at: datetime) -> Iterator[None]:
    """What is written inside was done by somebody, at a moment in the past."""
    with pghistory.context(user=by.pk, **{AT: at.isoformat()}):
        yield


def date_the_history() -> None:
    """Give each event that `told` stands behind its own moment. The triggers only know today."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if hasattr(model, "pgh_tracked_model"):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(
                    f"UPDATE {table} e SET pgh_created_at = (c.metadata->>%s)::timestamptz"  # noqa: S608 (our own tables)
                    " FROM pghistory_context c WHERE c.id = e.pgh_context_id AND c.metadata ? %s",
                    [AT, AT],
                )
        cursor.execute(
            "UPDATE pghistory_context SET created_at = (metadata->>%s)::timestamptz,"
            " metadata = metadata - %s WHERE metadata ? %s",
            [AT, AT, AT],
        )
