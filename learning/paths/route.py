"""The path page's facts: where I am, where I am going, the way by phases and the next turn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import ceil
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime

from careerforge.assistant import feedback
from careerforge.assistant.feedback import Asked
from careerforge.assistant.receipt import Receipt
from careerforge.design.journey import Journey
from careerforge.design.parts import Source
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning import rated
from learning.gaps import why
from learning.gaps.gap import Gap
from learning.models import NodeReason, PathVersion, Step
from learning.paths import layout, path, states
from learning.paths.states import Stop, Way
from learning.roles import suggestions
from learning.words import asking, news
from learning.words.news import News

ELSEWHERE = 3


@dataclass(frozen=True)
class Panel:
    """One step in full: why it is there, with its sources."""

    stop: Stop
    reasons: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]
    why: Receipt | None = None


@dataclass(frozen=True)
class Fit:
    """Another role that fits, with its score by rules, 0 to 1; None while too little is known for one."""

    role: Role
    score: float | None


@dataclass(frozen=True)
class Route:
    """Everything on the path page.

    ``chosen_target``: whether the person chose the role; else the rules led there, from ``claims`` claims.
    """

    version: PathVersion
    now_role: str
    chosen_target: bool
    claims: int
    gap: Gap
    way: Way
    # The step that is looked at; None on a path without steps.
    panel: Panel | None
    hours_per_week: int
    journey: Journey
    # Other roles that fit, best first.
    elsewhere: tuple[Fit, ...]
    # Whether a model may word the path; and where its newest draft stands, if it is news.
    may_be_worded: bool = False
    news: News | None = None
    rate: Asked | None = None
    skip_reasons: tuple[tuple[str, Any], ...] = tuple(Step.SkipReason.choices)

    @property
    def chosen(self) -> UUID | None:
        """The step that is looked at."""
        return self.panel.stop.node.step_id if self.panel else None

    @cached_property
    def columns(self) -> tuple[layout.Column, ...]:
        """The map."""
        return layout.columns(self.way.phases)

    @property
    def rows(self) -> int:
        """Rows of the map."""
        return layout.height(self.way.phases)

    @property
    def summary(self) -> str:
        """How much there is to do today, in the same figures as the progress below it."""
        return self.way.sentence(self.version.path.role.title)

    @property
    def hours_left(self) -> int:
        """Hours of steps that are not behind the person."""
        return self.way.hours - self.way.hours_done

    @property
    def finish(self) -> date | None:
        """The day on which the hours are used up at the chosen hours a week; no forecast of pace."""
        return self.journey.finish


def route(person: User, version: PathVersion, chosen: UUID | None, now: datetime) -> Route:
    """Read the page in a constant number of queries."""
    on = localtime(now).date()
    may_be_worded = asking.is_open(person)
    way = states.way(path.stops(version))
    compared = suggestions.compare(person, on, also=version.path.role)
    hours = person.profile.hours_per_week
    fits = compared.best(ELSEWHERE + 1)
    return Route(
        version=version,
        now_role=compared.here.title,
        chosen_target=getattr(version, "chosen", False),
        claims=len(compared.known.claims.get(person.id, ())),
        gap=compared.gap(version.path.role),
        way=way,
        panel=panel(_stop(way, chosen), person),
        hours_per_week=hours,
        journey=_journey(version, way, hours, on),
        elsewhere=tuple(Fit(one.role, one.shown) for one in fits if one.role.pk != version.path.role_id)[
            :ELSEWHERE
        ],
        may_be_worded=may_be_worded,
        rate=feedback.asked(person, rated.PATH, [version.pk])[version.pk],
        news=news.latest(person, version.path.role, now) if may_be_worded else None,
    )


def _stop(way: Way, chosen: UUID | None) -> Stop | None:
    """The stop asked for, else the next one."""
    asked = next((stop for stop in way.stops if stop.node.step_id == chosen), None)
    return asked or way.next or next(iter(way.stops), None)


def panel(stop: Stop | None, reader: User) -> Panel | None:
    """A stop with its reasons, each numbered by its source; equal sources share a number. Two queries."""
    if stop is None:
        return None
    path.in_full([stop.node], reader)
    sources: list[Source] = []
    reasons = []
    for reason in stop.node.reasons.all():
        source = _source(reason, len(sources) + 1)
        known = [
            s for s in sources if (s.title, s.detail, s.quote) == (source.title, source.detail, source.quote)
        ]
        if not known:
            sources.append(source)
        reasons.append((reason.text, sources.index(known[0] if known else source) + 1))
    return Panel(stop, tuple(reasons), tuple(sources), why.of_node(stop.node))


def _source(reason: NodeReason, number: int) -> Source:
    return Source(
        title=reason.source_title,
        anchor=f"s{number}",
        detail=reason.source_detail,
        date=reason.source_date,
        url=_place(reason),
        quote=reason.quote,
    )


def _place(reason: NodeReason) -> str:
    """Where the quoted passage opens, in the version from which it was taken."""
    chunk = reason.chunk
    at = chunk.text.find(reason.quote) if chunk and reason.quote else -1
    if chunk is None or at < 0:
        return ""
    start = chunk.start + at
    version = getattr(reason, "version_number")  # noqa: B009 - annotated by path.in_full
    url = reverse("knowledge:document", args=[chunk.document_id])
    return f"{url}?v={version}&start={start}&end={start + len(reason.quote)}#quote"


def _journey(version: PathVersion, way: Way, hours: int, on: date) -> Journey:
    left = way.hours - way.hours_done
    finish = on + timedelta(weeks=ceil(left / hours)) if hours and left else None
    return Journey(start=version.path.made_at.date(), today=on, finish=finish)
