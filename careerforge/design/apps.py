from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "careerforge.design"
    label = "design"
