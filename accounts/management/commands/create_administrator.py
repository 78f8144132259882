from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from records.services import save_version

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Make the first administrator's account, or make an account an administrator's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="Read the password from standard input instead of asking for it.",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(
                _("%(email)s is not an e-mail address.") % {"email": email}
            ) from error
        user = User.objects.select_for_update().filter(email=email).first()
        if user is None:
            user = self._create(email, options)
        else:
            self._promote(user)
        self.stdout.write(_("%(email)s is an administrator.") % {"email": user.email})

    def _promote(self, user: User) -> None:
        """Also the way back in when nobody else can open the door: a deactivated account opens."""
        user.roles = sorted({*user.roles, Role.ADMINISTRATOR})
        user.is_active = True
        save_version(record=user, fields=["roles", "is_active"])

    def _create(self, email: str, options: dict[str, Any]) -> User:
        user = User(
            email=email,
            name=options["name"] or email.partition("@")[0],
            roles=[Role.ADMINISTRATOR],
        )
        password = self._password(from_stdin=options["password_stdin"])
        try:
            user.clean_fields(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        user.save()
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user

    def _password(self, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass(_("Password: "))
        if first != getpass.getpass(_("Again: ")):
            raise CommandError(_("The two passwords differ."))
        return first
