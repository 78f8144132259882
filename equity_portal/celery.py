"""The Celery app and its schedule. Beat says "look now"; what is owed stands in the database."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equity_portal.settings")

app = Celery("equity_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "plan-reminders": {"task": "reminders.tasks.plan_reminders", "schedule": 60.0},
    "deliver-reminders": {"task": "reminders.tasks.deliver_reminders", "schedule": 30.0},
    "beat-heart": {"task": "reminders.tasks.beat_heart", "schedule": 20.0},
}


@beat_init.connect
def beat_at_once(**kwargs: object) -> None:
    """Say that beat is there without waiting for the first tick."""
    app.send_task("reminders.tasks.beat_heart")
