"""The Celery app and its schedule. Beat says "look now"; what is owed stands in the database."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equity_portal.settings")

app = Celery("equity_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def every(seconds: float, task: str) -> dict[str, object]:
    """A call that is worth nothing once the next is due: a worker that was away finds no heap."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


app.conf.beat_schedule = {
    "plan-reminders": every(60.0, "reminders.tasks.plan_reminders"),
    "deliver-reminders": every(30.0, "reminders.tasks.deliver_reminders"),
    "beat-heart": every(20.0, "reminders.tasks.beat_heart"),
    "forget-what-is-over": every(3600.0, "accounts.tasks.forget_what_is_over"),
    "forget-old-drafts": every(3600.0, "partnerships.tasks.forget_old_drafts"),
}


@beat_init.connect
def beat_at_once(**kwargs: object) -> None:
    """Say that beat is there without waiting for the first tick."""
    app.send_task("reminders.tasks.beat_heart")
