from __future__ import annotations

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.sharing import Readers
from records.models import Archivable, ArchivableQuerySet, Versioned, archive_is_whole


def check_time_zone(name: str) -> None:
    if name and name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("There is no time zone called %(name)s. A good value: America/Chicago."),
            params={"name": name},
        )


class Program(Versioned, Archivable):
    """A unit of the department, to which people belong."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [archive_is_whole("program_archive_is_whole")]

    def __str__(self) -> str:
        return self.name


class DepartmentSettingsQuerySet(models.QuerySet["DepartmentSettings"]):
    def load(self) -> DepartmentSettings:
        """The one row; it makes itself, with its defaults, when first asked for."""
        return self.get_or_create(pk=DepartmentSettings.ONLY)[0]


class DepartmentSettings(Versioned):
    """What an administrator may change without a shell."""

    ONLY = 1

    department_name = models.CharField(
        _("department"), max_length=120, default="Your health department"
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="America/Chicago",
        validators=[check_time_zone],
        help_text=_("Where the department is; each person may choose another."),
    )
    guide_is_public = models.BooleanField(
        _("anyone may read the guide"),
        default=True,
        help_text=_("Without this, the guide asks visitors to sign in."),
    )
    reminder_hour = models.PositiveSmallIntegerField(
        _("reminders leave at"),
        default=7,
        help_text=_("Hour of the day, 0 to 23, in each person's own time zone."),
    )
    default_readers = models.CharField(
        _("who reads a new one-to-one"),
        max_length=12,
        choices=Readers.choices,
        default=Readers.EQUITY_TEAM,
        help_text=_("Whoever logs one may choose otherwise each time."),
    )
    ask_for_help = models.EmailField(
        _("whom to ask for help"),
        blank=True,
        help_text=_("Shown on the help page and where somebody may not go further."),
    )

    objects = DepartmentSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("department settings")
        verbose_name_plural = _("department settings")
        constraints = [
            models.CheckConstraint(name="department_settings_is_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="department_reminder_hour_is_an_hour",
                condition=Q(reminder_hour__lte=23),
                violation_error_message=_("An hour is a number from 0 to 23."),
            ),
        ]

    def __str__(self) -> str:
        return self.department_name
