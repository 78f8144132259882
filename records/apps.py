from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from records import form_errors


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")

    def ready(self) -> None:
        form_errors.use()
