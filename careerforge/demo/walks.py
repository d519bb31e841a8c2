"""The accounts work on their paths at the pace they have set, a few months of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from careerforge.demo.cast import Company
from careerforge.demo.structure import Users
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.models import Node, Path, PathVersion, Step
from learning.paths import path, progress

BEGUN = 88
SKIPPED = 40
ENOUGH = 3


@dataclass
class Walk:
    """One person on their way. ``due`` is when the step in hand will be finished."""

    person: User
    role: Role
    hours_a_week: int
    reason: str
    step: Step | None = None
    due: datetime | None = None
    done: int = 0

    def on(self, age: int, now: datetime) -> None:
        """What happens ``age`` days ago."""
        if age == BEGUN:
            self._begin(now)
        elif age == SKIPPED:
            self._skip(now)
        elif age < BEGUN:
            self._work(now)

    def _begin(self, now: datetime) -> None:
        version = path.build(self.person, self.role, now)
        # Both are stamped with the present when they are made.
        PathVersion.objects.filter(pk=version.pk).update(made_at=now)
        Path.objects.filter(pk=version.path_id).update(made_at=now)

    def _skip(self, now: datetime) -> None:
        """The certificate, or else the last step, is not what this person needs."""
        waiting = [node for node in self._nodes() if node.step.status == Step.Status.TODO]
        certificates = [node for node in waiting if node.step.type == Step.Type.CERTIFICATE]
        if waiting:
            progress.skip(self.person, (certificates or waiting)[-1].step, self.reason, now)

    def _work(self, now: datetime) -> None:
        if self.step and self.due and now >= self.due and self.done < ENOUGH:
            progress.finish(self.person, self.step, now)
            self.step, self.done = None, self.done + 1
        if self.step is None:
            self._take_up(now)

    def _take_up(self, now: datetime) -> None:
        """Begin the shortest step whose basis is there."""
        nodes = self._nodes()
        ended = {node.pk for node in nodes if node.step.status in (Step.Status.DONE, Step.Status.SKIPPED)}
        open_ = [node for node in nodes if node.step.status == Step.Status.TODO and _needs(node) <= ended]
        if open_:
            node = min(open_, key=lambda n: (n.hours, n.phase, n.position))
            progress.start(self.person, node.step, now)
            self.step = node.step
            self.due = now + timedelta(weeks=node.hours / self.hours_a_week)

    def _nodes(self) -> list[Node]:
        version = path.current(self.person)
        every = path.nodes(version, self.person) if version else []
        return [node for node in every if node.step.type != Step.Type.MILESTONE]


def _needs(node: Node) -> set[object]:
    return {need.requires_id for need in node.needs.all()}


def begin(company: Company, users: Users) -> list[Walk]:
    """The walks of everybody whose story has one."""
    roles = {role.slug: role for role in Role.objects.select_related("practice")}
    walkers = [one for one in company.people if one.path]
    return [Walk(users[one.number], roles[one.path], one.hours, one.skips) for one in walkers]


def on(walks: Iterable[Walk], age: int, now: datetime) -> None:
    """Everybody's day, ``age`` days ago."""
    for walk in walks:
        walk.on(age, now)
