import resource
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from careerforge.skills.importing import case, esco, onet
from careerforge.skills.importing.rows import Source, Unusable
from careerforge.skills.importing.taking import Taken, take
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

ADMIN, CROSSWALK = "/admin/skills/release/", "/admin/skills/mapping/"
SHOWN = 40


class Command(BaseCommand):
    """A framework of others as a reference beside the company's own skills and roles."""

    help = "Import O*NET, ESCO, or frameworks in the form of CASE, from their publishers' files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=("onet", "esco", "case"))
        parser.add_argument("path", type=Path, help="the folder of the release; for CASE also one file")
        parser.add_argument("--release", default="", help="its number, where the folder's name has none")
        parser.add_argument("--company", default="", help="whose, where there is more than one")

    def handle(self, *args: Any, kind: str, path: Path, release: str, company: str, **options: Any) -> None:
        organisation = _organisation(company)
        paths = [path]
        try:
            if kind == "case":
                paths = case.packages(path)
        except Unusable as problem:
            raise CommandError(str(problem)) from None
        failed = [one for one in paths if not self._take(kind, one, release, organisation)]
        if len(failed) == len(paths):
            raise CommandError("Nothing was imported.")

    def _take(self, kind: str, path: Path, release: str, organisation: Organisation) -> bool:
        started = time.monotonic()
        try:
            with context.organisation(organisation.pk):
                taken = take(_source(kind, path, release), timezone.now())
        except Unusable as problem:
            self.stderr.write(f"{path.name}: {problem}" if kind == "case" else str(problem))
            return False
        self._tell(taken)
        seconds = time.monotonic() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.stdout.write(f"{seconds:.1f} seconds, {peak:.0f} MB of memory at most.")
        return True

    def _tell(self, taken: Taken) -> None:
        figures, say = taken.figures, self.stdout.write
        name = f"{taken.about.title} {taken.about.version}".strip()
        languages = ", ".join(taken.about.languages)
        say(
            f"{name}: {figures.concepts:,} concepts, {figures.labels:,} names in {languages}, "
            f"{figures.relations:,} relations."
        )
        for sentence in taken.missing:
            say(f"Missing: {sentence}")
        for sentence in taken.problems[:SHOWN]:
            say(f"Left out: {sentence}")
        if len(taken.problems) > SHOWN:
            say(f"Left out: {len(taken.problems) - SHOWN:,} more reasons; the page of the import has all.")
        if taken.waits:
            self._tell_of_waiting(taken)
        else:
            say(f"{sum(taken.written.values()):,} rows written.")
            if taken.release:
                say(f"Map it to the company's own skills and roles: {CROSSWALK}")
        say(taken.about.attribution)

    def _tell_of_waiting(self, taken: Taken) -> None:
        figures, say = taken.figures, self.stdout.write
        say(
            f"Nothing was changed yet: {figures.renamed:,} concepts would be renamed, "
            f"{figures.merged:,} merged, {figures.retired:,} retired and {figures.added:,} added."
        )
        for sentence in taken.doubts:
            say(f"Doubtful: {sentence}")
        say(f"An administrator of roles and skills decides about it: {ADMIN}{taken.release.pk}/change/")  # type: ignore[union-attr]


def _source(kind: str, path: Path, release: str) -> Source:
    if kind == "onet":
        return onet.read(path, release)
    if kind == "esco":
        return esco.read(path, release)
    return case.read(path, release, today=timezone.now().date())


def _organisation(name: str) -> Organisation:
    companies = Organisation.objects.filter(name=name) if name else Organisation.objects.all()
    found = list(companies[:2])
    if len(found) == 1:
        return found[0]
    if name:
        raise CommandError(f"There is no company called “{name}”.")
    if not found:
        raise CommandError("There is no company yet.")
    raise CommandError("There is more than one company. Name one with --company.")
