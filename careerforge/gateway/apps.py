from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "careerforge.gateway"
    label = "gateway"
