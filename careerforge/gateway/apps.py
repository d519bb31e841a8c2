from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewayConfig(AppConfig):
    name = "careerforge.gateway"
    label = "gateway"
    verbose_name = _("Language models")
