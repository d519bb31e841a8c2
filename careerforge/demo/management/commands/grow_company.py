import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from careerforge.demo.growth import grow
from careerforge.demo.problem import Refused


class Command(BaseCommand):
    help = "Grow the demo company to the size of a real one, to measure and to try with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=5000, help="how many people it has afterwards")
        parser.add_argument("--seed", type=int, default=1, help="the same one makes the same company")

    def handle(self, *args: Any, people: int, seed: int, **options: Any) -> None:
        try:
            grow(people, seed, timezone.now(), self.stdout.write)
        except Refused as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
