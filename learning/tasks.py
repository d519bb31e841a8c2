"""Background work of learning: each opens its own transactions and can run again."""

from typing import Any

from django.utils import timezone

from careerforge.jobs import schedules
from careerforge.jobs.registry import job
from careerforge.jobs.running import Running
from learning.catalogue import courses
from learning.gaps import daily
from learning.paths import building
from learning.words import wordings, writing

READING, COMPARING, ORDERING = "Reading your skills", "Comparing with the role", "Ordering the steps"
RESOURCES, SAVING = "Choosing resources", "Saving the path"
WORDING = "Putting it into words"


@job("learning.build_path", stages=(READING, COMPARING, ORDERING, RESOURCES, SAVING))
def build_path(running: Running, person: str, role: str) -> dict[str, Any]:
    """Build the path to a role."""
    return building.path(running, person, role, timezone.now())


@job(
    "learning.word_path",
    stages=(READING, "Asking a model", "Checking every sentence", "Handing it to your coach"),
    attempts=1,
)
def word_path(running: Running, person: str, role: str) -> dict[str, Any]:
    """Have a path put into a model's words, for the person's coach to look at."""
    return writing.path(running, person, role, timezone.now())


@job("learning.suggest", stages=(READING, "Comparing with every role", "Saving the suggestions", WORDING))
def suggest(running: Running, person: str) -> dict[str, Any]:
    """Score every role for a person, and keep the five that fit best."""
    return building.suggestions(running, person, timezone.now())


@job("learning.gap", stages=(READING, COMPARING, WORDING))
def gap(running: Running, person: str) -> dict[str, Any]:
    """Measure one person's readiness today."""
    return building.readiness(running, person, timezone.now())


@job("learning.readiness_daily", stages=("Measuring readiness",))
def readiness_daily(running: Running) -> dict[str, Any]:
    """Measure everybody's readiness for the role they are heading for."""
    return daily.run(running, timezone.now())


schedules.every("learning.readiness_daily", "learning.readiness_daily", "40 2 * * *")


@job("learning.prune_words", stages=("Removing old words",), keep_hours=24 * 7)
def prune_words(running: Running) -> dict[str, Any]:
    """Remove a model's words that are twice as old as they are good."""
    with running.transaction():
        return {"removed": wordings.prune(timezone.now())}


schedules.every("learning.prune_words", "learning.prune_words", "20 3 * * *")


@job("learning.read_courses", stages=("Reading courses",), keep_hours=24 * 7)
def read_courses(running: Running) -> dict[str, Any]:
    """Courses of sources are proposed for the catalogue; what its source has lost is retired there."""
    read, settled = courses.read_all(running, timezone.now())
    return {"courses": read, "retired_or_back": settled}


schedules.every("learning.read_courses", "learning.read_courses", "4-59/10 * * * *")
