"""Changes to people that may be refused or that send word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from accounts.models import AttemptCounter, User
from accounts.roles import Ability
from records.services import once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from accounts.models import Program
    from accounts.roles import Role


class HasAnAccount(Exception):
    """Somebody was given an account with this e-mail before."""


class MailNotSent(Exception):
    """The mail server did not take the message; nobody was invited."""


class LastAdministrator(Exception):
    """Without this person, nobody could invite people or give roles any more."""


class NotYourself(Exception):
    """Nobody ends their own access: a slip would lock them out."""


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    roles: Iterable[Role],
    programs: Iterable[Program] = (),
    reports_to: User | None = None,
    key: UUID | None = None,
) -> User:
    """Make an account without a password; `send_invitation` then mails the way to set one.

    Raises HasAnAccount.
    """

    def make() -> User:
        person = User.objects.create_user(
            email=email, name=name, roles=sorted(roles), reports_to=reports_to, submission_key=key
        )
        person.programs.set(programs)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    try:
        with transaction.atomic():
            return once(model=User, key=key, made_by={}, make=make)
    except IntegrityError as error:
        raise HasAnAccount from error


def send_invitation(*, person: User, by: User, at: datetime) -> None:
    """Mail a link with which the person sets a password. It works once, for a few days.

    The moment is written down first, so that a press that came twice mails once.
    Raises MailNotSent.
    """
    same = User.objects.filter(pk=person.pk)
    if not same.filter(invited_at=person.invited_at).update(invited_at=at):
        return
    try:
        get_adapter().send_mail(
            "account/email/invitation",
            person.email,
            {"user": person, "invited_by": by, "set_password_url": _set_password_url(person)},
        )
    except OSError as error:  # an SMTPException is one too
        same.update(invited_at=person.invited_at)
        raise MailNotSent from error
    person.invited_at = at


def _set_password_url(person: User) -> str:
    token = default_token_generator.make_token(person)
    names = {"uidb36": user_pk_to_url_str(person), "key": token}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=names)


@transaction.atomic
def deactivate(*, person: User, by: User) -> None:
    """End somebody's access at once. Raises NotYourself, LastAdministrator."""
    if person.pk == by.pk:
        raise NotYourself
    _keep_another_administrator(person)
    User.objects.filter(pk=person.pk).update(is_active=False, version=F("version") + 1)
    _end_sessions(person)


def reactivate(*, person: User) -> None:
    """Let somebody in again; they sign in anew."""
    User.objects.filter(pk=person.pk).update(is_active=True, version=F("version") + 1)


def check_roles(*, person: User, by: User) -> None:
    """Refuse the roles that `person` now carries, unsaved, if they leave nobody to manage people.

    Call it in the transaction that saves them. Raises LastAdministrator, NotYourself.
    """
    if person.may(Ability.MANAGE_PEOPLE) or not person.is_active:
        return
    _keep_another_administrator(person)
    if person.pk == by.pk:
        raise NotYourself


def _keep_another_administrator(person: User) -> None:
    """Locks the administrators' rows, so that two cannot remove each other at once."""
    administrators = User.objects.who_may(Ability.MANAGE_PEOPLE).select_for_update()
    if [row.pk for row in administrators.order_by("pk")] == [person.pk]:
        raise LastAdministrator


def _end_sessions(person: User) -> None:
    """An inactive person is turned away anyway; without this, reactivating would revive old visits."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def forget_what_is_over(*, at: datetime) -> None:
    """Nothing reads a session or a counter that has run out; both hold what is personal."""
    Session.objects.filter(expire_date__lt=at).delete()
    AttemptCounter.objects.over(at=at).delete()
