from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.department import Program, check_time_zone
from accounts.roles import ADMIN_PERMISSIONS, MAY, Ability, Role, may
from records.models import SubmittedOnce, Versioned

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def expected(self) -> Self:
        """Who may come in and never has."""
        return self.active().filter(last_login__isnull=True)

    def called(self, words: str) -> Self:
        """People in whose name each of the words stands; nobody without a word."""
        rows = self if words.split() else self.none()
        for word in words.split():
            rows = rows.filter(name__icontains=word)
        return rows

    def naming(self, words: str) -> Self:
        """People in whose name or e-mail each of the words stands."""
        rows = self
        for word in words.split():
            rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
        return rows

    def who_may(self, ability: Ability) -> Self:
        """Active people who have a role that may do this."""
        return self.active().filter(roles__overlap=[r for r in Role if ability in MAY[r]])

    def team_of(self, user: User) -> Self:
        """Colleagues in one of the user's programs, and those who report to the user."""
        programs = Program.objects.filter(people=user.pk)
        in_them = User.programs.through.objects.filter(program__in=programs).values("user")
        return self.filter(Q(pk__in=in_them) | Q(reports_to=user.pk)).exclude(pk=user.pk)

    def manageable_by(self, user: User | AnonymousUser) -> Self:
        return self if may(user, Ability.MANAGE_PEOPLE) else self.none()


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def who_may(self, ability: Ability) -> UserQuerySet:
        return self.get_queryset().who_may(ability)

    def team_of(self, user: User) -> UserQuerySet:
        return self.get_queryset().team_of(user)

    def manageable_by(self, user: User | AnonymousUser) -> UserQuerySet:
        return self.get_queryset().manageable_by(user)

    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(fields=["email", "name", "roles", "is_active", "reports_to"])
class User(AbstractBaseUser, Versioned, SubmittedOnce):
    """Somebody who signs in. E-mail is the login; roles say what they may do."""

    email = models.EmailField(
        _("e-mail"),
        unique=True,
        error_messages={"unique": _("Somebody has an account with this e-mail already.")},
    )
    name = models.CharField(_("name"), max_length=120)
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    programs = models.ManyToManyField(
        Program, verbose_name=_("programs"), blank=True, related_name="people"
    )
    reports_to = models.ForeignKey(
        "self",
        verbose_name=_("reports to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[check_time_zone],
        help_text=_("Leave empty for the department's."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)
    # When the latest invitation left; empty for somebody whom nobody invited by mail.
    invited_at = models.DateTimeField(_("invited at"), null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            # Kept in lower case, so that unique means unique to a person too.
            models.CheckConstraint(
                name="user_email_is_lower_case", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="user_roles_are_known", condition=Q(roles__contained_by=Role.values)
            ),
            models.CheckConstraint(
                name="user_reports_to_somebody_else",
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=F("pk")),
                violation_error_message=_("Nobody reports to themselves."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The administrators' page about the person; nobody else can open it."""
        return reverse("accounts:person-detail", args=[self.pk])

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def get_full_name(self) -> str:
        return self.name

    def may(self, ability: Ability) -> bool:
        return may(self, ability)

    @property
    def role_names(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.roles]

    @property
    def is_expected(self) -> bool:
        """Whether they may come in and never have."""
        return self.is_active and self.last_login is None

    def zone(self, default: str) -> zoneinfo.ZoneInfo:
        """The person's time zone, else `default`, the department's."""
        return zoneinfo.ZoneInfo(self.time_zone or default)

    # --- what Django's admin asks; the answer is the table's ---------------------------------

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """`perm` as Django names it, such as practices.change_resource."""
        return any(
            perm.startswith(allowed) if allowed.endswith(".") else perm == allowed
            for ability, permissions in ADMIN_PERMISSIONS.items()
            if self.may(ability)
            for allowed in permissions
        )

    def has_module_perms(self, app_label: str) -> bool:
        return any(
            allowed.startswith(f"{app_label}.")
            for ability, permissions in ADMIN_PERMISSIONS.items()
            if self.may(ability)
            for allowed in permissions
        )

    @property
    def may_use_admin(self) -> bool:
        return any(self.may(ability) for ability in ADMIN_PERMISSIONS)
