from typing import Any

from django.core.management.base import BaseCommand

from careerforge.knowledge.index import generations


class Command(BaseCommand):
    """Runs as the database's owner, like ``migrate``."""

    help = "Make the index generation of the configured embedder; beside the live one, if that is of another."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say which generation there is now."""
        generation = generations.ensure_live()
        self.stdout.write(f"Generation {generation} is {generation.get_state_display().lower()}.")
