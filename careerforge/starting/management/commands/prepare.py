import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from careerforge.demo.problem import Refused
from careerforge.starting.preparing import prepare
from careerforge.vault.keys import KeyProblem


class Command(BaseCommand):
    """One sentence on the error output when something is wrong; ``serve`` then stops with our exit code."""

    help = "Make ready what web and worker need: role, migrations, keys, index, schedules, demo company."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            built = prepare(timezone.now())
        except (Refused, KeyProblem) as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
        if built:
            self.stdout.write("The demo company is ready.")
