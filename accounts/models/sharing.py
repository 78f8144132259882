from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Ability, may

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models.user import User

M = TypeVar("M", bound=models.Model)


class Readers(models.TextChoices):
    """Who reads a record beside whoever wrote it and whoever it is about or belongs to."""

    AUTHOR = "author", _("Only me")
    NAMED = "named", _("Named colleagues")
    EQUITY_TEAM = "equity_team", _("Equity leads")
    STAFF = "staff", _("All staff")


class Shared(models.Model):
    """A record that its author shares: each has `named_readers`, through a model of its own."""

    readers = models.CharField(
        _("who may read this"),
        max_length=12,
        choices=Readers.choices,
        default=Readers.EQUITY_TEAM,
    )

    class Meta:
        abstract = True

    @property
    def is_private(self) -> bool:
        """For no group of people: only for those it is about, and whom its author names."""
        return self.readers in {Readers.AUTHOR, Readers.NAMED}


def shared_with(user: User | AnonymousUser, *, own: Q, named: Q) -> Q:
    """What makes a shared record, or an earlier version of it, one that the user may read.

    `own` says which are the user's whatever `readers` says; `named` which name the user.
    """
    readable = own | Q(readers=Readers.STAFF) | (Q(readers=Readers.NAMED) & named)
    if may(user, Ability.SEE_EQUITY_NOTES):
        readable |= Q(readers=Readers.EQUITY_TEAM)
    return readable
