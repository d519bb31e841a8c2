import os
import sys

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewayConfig(AppConfig):
    name = "careerforge.gateway"
    label = "gateway"
    verbose_name = _("Language models")

    def ready(self) -> None:
        """The worker loads the providers' SDKs before its first job; the web server does so by itself."""
        if "qcluster" in sys.argv:
            from careerforge.gateway.providers import loading

            loading.load(os.environ)
