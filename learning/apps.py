from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        """A first sign-in ends in a path, whether a worker runs or not; a model's path waits for a coach."""
        from careerforge.assistant import feedback, replaying, reviewing
        from careerforge.people.sign_in import at_sign_in
        from learning import rated
        from learning.paths.path import greet
        from learning.replaying import find
        from learning.words import drafts
        from learning.words.reviewed import PathInWords

        at_sign_in(greet)
        reviewing.register(drafts.TARGET, PathInWords())
        feedback.register(rated.PATH, rated.path)
        feedback.register(rated.SUGGESTIONS, rated.offered)
        feedback.register(rated.GAP, rated.gap)
        replaying.register(find)
