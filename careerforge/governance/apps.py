from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "careerforge.governance"
    label = "governance"
    verbose_name = _("Audit")

    def ready(self) -> None:
        """Read what each app says it keeps about people."""
        autodiscover_modules("personal_data")
