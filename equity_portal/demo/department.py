from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from datetime import date
    from zoneinfo import ZoneInfo

    from accounts.models import Program, User
    from infrastructure.models import Workgroup
    from partnerships.models import Contact, PartnerOrganization

WORKING_HOURS = [9, 10, 11, 13, 14, 15]


@dataclass
class Department:
    """What has been written so far, by the names the demo data use."""

    now: datetime
    chance: random.Random
    users: dict[str, User] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    partners: dict[str, PartnerOrganization] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    groups: dict[str, Workgroup] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def moment(self, days_ago: int, hour: int | None = None) -> datetime:
        """A moment of a working day, that many days ago; never later than now."""
        drawn, minute = self.chance.choice(WORKING_HOURS), self.chance.choice([0, 15, 30])
        zone: ZoneInfo = self.now.tzinfo  # type: ignore[assignment]
        at = time(drawn if hour is None else hour, minute)
        return min(datetime.combine(self.day(-days_ago), at, tzinfo=zone), self.now)
