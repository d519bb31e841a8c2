from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "careerforge.assistant"
    label = "assistant"

    def ready(self) -> None:
        """Have the golden set asked before another index is searched."""
        from careerforge.assistant.golden import guarding
        from careerforge.knowledge.index import generations

        generations.ask_before_switching(guarding.objection)
