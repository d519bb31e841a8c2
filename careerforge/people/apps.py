from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "careerforge.people"
    label = "people"
