from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "careerforge.assistant"
    label = "assistant"
