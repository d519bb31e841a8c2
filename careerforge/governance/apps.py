from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class GovernanceConfig(AppConfig):
    name = "careerforge.governance"
    label = "governance"

    def ready(self) -> None:
        """Read what each app says it keeps about people."""
        autodiscover_modules("personal_data")
