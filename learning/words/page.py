"""The facts of the page about a path in a model's words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from careerforge.assistant import checks, confidence, feedback, outcomes, reviewing
from careerforge.assistant.feedback import Asked
from careerforge.people.models import User
from learning import rated
from learning.models import PathVersion
from learning.paths import path, states
from learning.words import asking, checking, closed, news
from learning.words.news import News

# While it is written or waits for somebody, nothing more is asked for.
BUSY = ("writing", "waiting")


@dataclass(frozen=True)
class InWords:
    """What there is and what may be done.

    Attributes:
        news: where it stands; None when there is nothing of late.
        summary: of the path that is followed: the model's, or how much there is to do; empty where it is
            closed to its reader.
        why_not: why nothing may be asked for; empty when it may.
        helped: what readers said of such paths; empty while too few have.
        checks: what the model's words have passed, where the path follows some.
    """

    version: PathVersion
    news: News | None
    summary: str
    why_not: str
    checks: tuple[str, ...]
    rate: Asked | None
    helped: str

    @property
    def may_ask(self) -> bool:
        """Whether a model's words may be asked for now."""
        return not self.why_not and not (self.news and self.news.kind in BUSY)


def in_words(person: User, version: PathVersion, now: datetime) -> InWords:
    """Read it: twelve queries at most."""
    draft = version.draft
    found = news.latest(person, version.path.role, now)
    busy = found is not None and found.kind in BUSY
    return InWords(
        version=version,
        news=found,
        summary=_summary(version, person) if draft else "",
        why_not="" if busy else _why_not(person, now),
        checks=tuple(checks.in_words(draft.checks)) if draft else (),
        rate=feedback.asked(person, rated.PATH, [version.id])[version.id] if draft else None,
        helped=confidence.helped(rated.said(version), outcomes.of(rated.PATH)) if draft else "",
    )


def _summary(version: PathVersion, person: User) -> str:
    """In the figures of the path's own page: no stored sentence knows what was done or skipped since."""
    said = closed.summary_of(version, person)
    if said is None:
        return ""
    return said or states.way(path.stops(version)).sentence(version.path.role.title)


def _why_not(person: User, now: datetime) -> str:
    if not asking.may_be_asked(person, checking.FUNCTION):
        return _("No language model is switched on for paths, so yours is built by rules.")
    if not reviewing.has_room(person, now, asked_by=person):
        return _("No coach has room to look at another draft now, so your path stays by rules.")
    return ""
