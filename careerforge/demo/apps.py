from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "careerforge.demo"
    label = "demo"
