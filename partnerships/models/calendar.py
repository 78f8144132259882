from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class CalendarAddress(models.Model):
    """The private address at which somebody's calendar reads their follow-ups.

    Only a digest of its secret part is kept: whoever reads the database cannot read the calendar.
    A new address takes the place of the old one; no row means no address.
    """

    user = models.OneToOneField(
        User, verbose_name=_("whose"), on_delete=models.CASCADE, related_name="calendar_address"
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user_id)
