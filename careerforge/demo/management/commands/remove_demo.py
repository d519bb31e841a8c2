import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careerforge.demo import removal


class Command(BaseCommand):
    help = "Remove the demo company with its people, documents and sign-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, yes: bool, **options: Any) -> None:
        if not removal.demo_companies():
            self.stdout.write("There is no demo company.")
            return
        if not yes and not self._agreed():
            raise CommandError("Nothing was removed.")
        removal.remove()
        self.stdout.write("The demo company is gone. Make your own: ./run.sh manage create_company NAME")

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("Nothing was removed: add --yes where nobody can be asked.")
        return input("Remove the demo company with everything in it? Type yes: ").strip().lower() == "yes"
