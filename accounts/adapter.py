from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import DepartmentSettings

if TYPE_CHECKING:
    from allauth.account.models import EmailConfirmation
    from django.core.mail import EmailMessage
    from django.http import HttpRequest

SECONDS_IN_A_DAY = 24 * 60 * 60


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; an administrator invites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is deactivated. Ask an administrator of the portal."),
        "cannot_remove_primary_email": _(
            "You sign in with this address. Make another the first, then remove this one."
        ),
        "duplicate_email": _("This address is yours already."),
        "email_password_mismatch": _(
            "No account has this e-mail and this password. Check both, or ask for a new password."
        ),
        "email_taken": _("Somebody has an account with this e-mail already."),
        "enter_current_password": _("This is not your password. Type the one you sign in with."),
        "incorrect_password": _("This is not your password. Type the one you sign in with."),
        "max_email_addresses": _("You can have %d addresses. Remove one first."),
        "too_many_login_attempts": _(
            "Signing in failed too often. Wait a few minutes, then try again."
        ),
        "unverified_primary_email": _("Confirm this address first: the link is in its mail."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Account mails name the department and link to the portal's own address."""
        context["department"] = DepartmentSettings.objects.load()
        context["base_url"] = settings.BASE_URL
        context["days"] = settings.PASSWORD_RESET_TIMEOUT // SECONDS_IN_A_DAY
        super().send_mail(template_prefix, email, context)

    def render_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """An answer to an invitation goes to whoever sent it, and not to the portal."""
        if "invited_by" in context:
            headers = {**(headers or {}), "Reply-To": context["invited_by"].email}
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        return message

    def get_reset_password_from_key_url(self, key: str) -> str:
        """`key` is "<who>-<token>"; a link never takes its host from the request."""
        who, _, token = key.partition("-")
        names = {"uidb36": who, "key": token}
        return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=names)

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation
    ) -> str:
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return settings.BASE_URL + path
