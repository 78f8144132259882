from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class EquityPortalConfig(AppConfig):
    name = "equity_portal"
    verbose_name = _("Equity Portal")
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "equity_portal.admin_site.PortalAdminSite"
    default = False
