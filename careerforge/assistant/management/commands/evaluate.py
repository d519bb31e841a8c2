"""``manage evaluate …``: measure a part of the product on somebody's examples and print one line of JSON."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError

from careerforge.assistant.evaluating import answers, grounding, injection, retrieval, skills, titles


class Measure(Protocol):
    """One kind of measurement: a module of ``careerforge.assistant.evaluating``."""

    @property
    def NAME(self) -> str:
        """The sub-command."""

    @property
    def HELP(self) -> str:
        """One line about it."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which file or folder it wants."""

    def measure(self, options: Mapping[str, Any]) -> Mapping[str, Any]:
        """The figures. Raises OSError, ValueError, KeyError or TypeError for a bad file."""


MEASURES: tuple[Measure, ...] = (answers, grounding, retrieval, titles, skills, injection)


class Command(BaseCommand):
    """Each kind of measurement is a sub-command."""

    help = "Measure a part of the product on a file of examples; prints one line of JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        for each in MEASURES:
            each.add_arguments(kinds.add_parser(each.NAME, help=each.HELP))

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = next(each for each in MEASURES if options["kind"] == each.NAME)
        try:
            measured = chosen.measure(options)
        except OSError as error:
            raise CommandError(f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")) from error
        except (ValueError, KeyError, TypeError) as error:
            where = options.get("file") or options.get("folder")
            raise CommandError(f"{where}: {error}" if where else str(error)) from error
        self.stdout.write(json.dumps(dict(measured)))
