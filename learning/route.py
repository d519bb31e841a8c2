"""The path page's facts: where I am, where I am going, the way by phases and the next turn."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from uuid import UUID

from django.urls import reverse

from careerforge.design.journey import Journey
from careerforge.design.parts import Source
from careerforge.people.models import Position, User
from learning import path, states
from learning.gap import Gap, gap
from learning.models import Node, NodeReason, PathVersion, RoleSuggestion, Step
from learning.states import Stop, Way

ELSEWHERE = 3


@dataclass(frozen=True)
class Panel:
    """One step in full: why it is there, with its sources."""

    stop: Stop
    reasons: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]

    @property
    def anchor(self) -> str:
        """What the anchors of its sources begin with."""
        return _anchor(self.stop.node)


@dataclass(frozen=True)
class Route:
    """Everything on the path page."""

    version: PathVersion
    now_role: str
    gap: Gap
    way: Way
    panels: tuple[Panel, ...]
    chosen: UUID | None
    hours_per_week: int
    journey: Journey
    # Other roles that fit, best first.
    elsewhere: tuple[RoleSuggestion, ...]
    skip_reasons: tuple[tuple[str, str], ...] = tuple(Step.SkipReason.choices)

    @property
    def told(self) -> int:
        """Required skills that something is known about."""
        return sum(row.known for row in self.gap.rows)

    @property
    def columns(self) -> int:
        """Columns of the map."""
        return len(self.way.phases)

    @property
    def rows(self) -> int:
        """Rows of the map: the longest phase."""
        return max((len(phase.stops) for phase in self.way.phases), default=1)

    @property
    def hours_left(self) -> int:
        """Hours of steps that are not behind the person."""
        return self.way.hours - self.way.hours_done

    @property
    def finish(self) -> date | None:
        """The day on which the hours are used up at the chosen hours a week; no forecast of pace."""
        return self.journey.finish


def route(person: User, version: PathVersion, chosen: UUID | None, on: date) -> Route:
    """Read the page in a constant number of queries."""
    nodes = path.nodes(version, person)
    way = states.way(nodes)
    held = Position.objects.filter(user=person, ends_on__isnull=True).select_related("role").first()
    hours = person.profile.hours_per_week
    stops = {stop.node.step_id: stop for stop in way.stops}
    default = way.next or (way.stops[0] if way.stops else None)
    return Route(
        version=version,
        now_role=held.role.title if held else "",
        gap=gap(person, version.path.role, on),
        way=way,
        panels=tuple(panel(stop) for stop in way.stops),
        chosen=chosen if chosen in stops else (default.node.step_id if default else None),
        hours_per_week=hours,
        journey=_journey(version, way, hours, on),
        elsewhere=_elsewhere(person, version),
    )


def _elsewhere(person: User, version: PathVersion) -> tuple[RoleSuggestion, ...]:
    found = RoleSuggestion.objects.filter(user=person).exclude(role=version.path.role_id)
    return tuple(found.select_related("role").order_by("rank")[:ELSEWHERE])


def panel(stop: Stop) -> Panel:
    """A stop with its reasons, each numbered by its source; equal sources share a number."""
    sources: list[Source] = []
    reasons = []
    for reason in stop.node.reasons.all():
        source = _source(reason, stop.node, len(sources) + 1)
        known = [
            s for s in sources if (s.title, s.detail, s.quote) == (source.title, source.detail, source.quote)
        ]
        if not known:
            sources.append(source)
        reasons.append((reason.text, sources.index(known[0] if known else source) + 1))
    return Panel(stop, tuple(reasons), tuple(sources))


def _anchor(node: Node) -> str:
    return f"s-{node.step_id.hex[:8]}-"


def _source(reason: NodeReason, node: Node, number: int) -> Source:
    url = ""
    if reason.chunk is not None:
        start = reason.chunk.start + max(reason.chunk.text.find(reason.quote), 0)
        place = f"?start={start}&end={start + len(reason.quote)}#quote"
        url = reverse("knowledge:document", args=[reason.chunk.document_id]) + place
    return Source(
        title=reason.source_title,
        anchor=f"{_anchor(node)}{number}",
        detail=reason.source_detail,
        date=reason.source_date,
        url=url,
        quote=reason.quote,
    )


def _journey(version: PathVersion, way: Way, hours: int, on: date) -> Journey:
    left = way.hours - way.hours_done
    finish = on + timedelta(weeks=ceil(left / hours)) if hours and left else None
    return Journey(start=version.path.made_at.date(), today=on, finish=finish)
