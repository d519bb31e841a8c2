from django.apps import AppConfig


class StartingConfig(AppConfig):
    name = "careerforge.starting"
    label = "starting"
