from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "careerforge.skills"
    label = "skills"
