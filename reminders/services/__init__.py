from reminders.services.delivery import Delivered, deliver
from reminders.services.dispatch import ask_for_dispatch, carry_out_dispatch
from reminders.services.planning import plan

__all__ = ["Delivered", "ask_for_dispatch", "carry_out_dispatch", "deliver", "plan"]
