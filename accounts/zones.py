"""Time zones as a person chooses them: those of the United States by name, then all others."""

from __future__ import annotations

import zoneinfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UNITED_STATES = [
    ("America/New_York", gettext_lazy("Eastern time")),
    ("America/Chicago", gettext_lazy("Central time")),
    ("America/Denver", gettext_lazy("Mountain time")),
    ("America/Phoenix", gettext_lazy("Mountain time, without daylight saving (Arizona)")),
    ("America/Los_Angeles", gettext_lazy("Pacific time")),
    ("America/Anchorage", gettext_lazy("Alaska time")),
    ("Pacific/Honolulu", gettext_lazy("Hawaii time")),
    ("America/Puerto_Rico", gettext_lazy("Atlantic time (Puerto Rico)")),
    ("Pacific/Guam", gettext_lazy("Chamorro time (Guam)")),
]


def zone_choices(*, default: str, chosen: str = "") -> list[tuple[str, object]]:
    """Choices for a field that may stay empty; `chosen` is among them, whatever it is."""
    named = {name for name, _label in UNITED_STATES}
    others = sorted(name for name in zoneinfo.available_timezones() if _is_a_place(name))
    others = [name for name in others if name not in named]
    if chosen and chosen not in named and chosen not in others:
        others.append(chosen)
    return [
        ("", _("The department's: %(zone)s") % {"zone": default.replace("_", " ")}),
        (_("United States"), UNITED_STATES),
        (_("Elsewhere"), [(name, name.replace("_", " ")) for name in others]),
    ]


def _is_a_place(name: str) -> bool:
    """Whether this is a region and a place, not an abbreviation or an old spelling's folder."""
    region, _slash, place = name.partition("/")
    return bool(place) and region not in {"Etc", "SystemV", "posix", "right", "US"}
