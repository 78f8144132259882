from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from accounts.models import DepartmentSettings

if TYPE_CHECKING:
    from allauth.account.models import EmailConfirmation
    from django.http import HttpRequest

SECONDS_IN_A_DAY = 24 * 60 * 60


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; an administrator invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Account mails name the department and link to the portal's own address."""
        context["department"] = DepartmentSettings.objects.load()
        context["base_url"] = settings.BASE_URL
        context["days"] = settings.PASSWORD_RESET_TIMEOUT // SECONDS_IN_A_DAY
        super().send_mail(template_prefix, email, context)

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
