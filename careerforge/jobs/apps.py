from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "careerforge.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        """Load every app's ``tasks`` module, so that its jobs and schedules are known."""
        for config in apps.get_app_configs():
            if config.name.startswith(("careerforge.", "learning", "coaching", "market", "connectors")):
                tasks = f"{config.name}.tasks"
                if find_spec(tasks):
                    import_module(tasks)
