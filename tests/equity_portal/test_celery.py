"""Beat's clock: what it asks for, and that somebody answers to the name."""

from __future__ import annotations

from equity_portal.celery import app


def test_what_beat_asks_for_and_how_often():
    asked = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}

    assert asked == {
        "reminders.tasks.plan_reminders": 60.0,
        "reminders.tasks.deliver_reminders": 30.0,
        "reminders.tasks.beat_heart": 20.0,
        "accounts.tasks.forget_what_is_over": 3600.0,
        "partnerships.tasks.forget_old_drafts": 3600.0,
    }


def test_a_worker_knows_every_task_that_beat_names():
    app.loader.import_default_modules()

    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named - set(app.tasks) == set()
