from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "careerforge.governance"
    label = "governance"
