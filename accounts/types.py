"""What a view gets: a request by somebody who is signed in, with htmx's questions answered."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import DepartmentSettings, User


class PortalRequest(HttpRequest):
    user: User  # LoginRequiredMiddleware lets nobody else through
    htmx: HtmxDetails
    department: DepartmentSettings
