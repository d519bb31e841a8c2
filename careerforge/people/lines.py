"""Reporting lines on one day, read once for several people. Nobody reviews or coaches in their own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careerforge.people.models import Team, TeamMembership


@dataclass(frozen=True)
class Lines:
    """Teams with their parents and managers, and who is in which.

    Attributes:
        parents: team to the team above it.
        led: manager to the teams they lead.
        inside: person to the teams they belong to.
    """

    parents: Mapping[UUID, UUID | None]
    led: Mapping[UUID, frozenset[UUID]]
    inside: Mapping[UUID, frozenset[UUID]]

    def join(self, one: UUID, other: UUID) -> bool:
        """Whether one of two people reports to the other, directly or not."""
        return self._reports(one, other) or self._reports(other, one)

    def _reports(self, person: UUID, boss: UUID) -> bool:
        led = self.led.get(boss, frozenset())
        own = {above for team in self.led.get(person, ()) if (above := self.parents.get(team))}
        starts = self.inside.get(person, frozenset()) | own
        return any(not led.isdisjoint(self._above(team)) for team in starts)

    def _above(self, team: UUID) -> Iterator[UUID]:
        """The team and those above it; a ring of teams ends where it began."""
        seen: set[UUID] = set()
        at: UUID | None = team
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            at = self.parents.get(at)


def lines_of(people: Iterable[UUID], on: date) -> Lines:
    """The lines that some people stand in: two queries."""
    teams = list(Team.objects.values_list("id", "parent_id", "manager_id"))
    memberships = TeamMembership.objects.on(on).filter(user__in=list(people))
    return Lines(
        parents={team: parent for team, parent, _manager in teams},
        led=_grouped((manager, team) for team, _parent, manager in teams if manager),
        inside=_grouped(memberships.values_list("user_id", "team_id")),
    )


def _grouped(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for person, team in pairs:
        found.setdefault(person, set()).add(team)
    return {person: frozenset(teams) for person, teams in found.items()}
