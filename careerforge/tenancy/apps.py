from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "careerforge.tenancy"
    label = "tenancy"
