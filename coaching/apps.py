from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"

    def ready(self) -> None:
        """Say to the layers below what coaching can do for them."""
        from careerforge.assistant import feedback, replaying, reviewing
        from coaching import rated
        from coaching.advising.advice import TARGET
        from coaching.chat import rated as chat_rated
        from coaching.golden import registering
        from coaching.replaying import find
        from coaching.reviews.advice import AdviceInWords

        registering.register()
        replaying.register(find)
        reviewing.register(TARGET, AdviceInWords())
        feedback.register(rated.KIND, rated.find)
        feedback.register(chat_rated.KIND, chat_rated.find)
