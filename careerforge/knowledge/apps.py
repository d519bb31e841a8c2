from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "careerforge.knowledge"
    label = "knowledge"
