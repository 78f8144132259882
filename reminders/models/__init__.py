from reminders.models.dispatch import Dispatch
from reminders.models.heartbeat import Heartbeat
from reminders.models.reminder import Reminder

__all__ = ["Dispatch", "Heartbeat", "Reminder"]
