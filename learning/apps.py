from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        """A first sign-in ends in a path, whether a worker runs or not."""
        from careerforge.people.sign_in import at_sign_in
        from learning.path import greet

        at_sign_in(greet)
