"""What a path looks like today: the state of each node, how far it is, and the next step. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from learning.models import Node, Step
from learning.paths import summing

Status = Step.Status


class State(StrEnum):
    """What a person sees of a node."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    LOCKED = "locked"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Stop:
    """A node with its state; ``waits_for`` are the needed nodes that are not behind the person yet.

    A milestone needs the steps of its phase, the last one, the role itself, every step of the path.
    """

    node: Node
    state: State
    needs: tuple[Node, ...]
    waits_for: tuple[Node, ...]
    opens: tuple[Node, ...]

    @property
    def ended(self) -> bool:
        return self.state in (State.DONE, State.SKIPPED)


@dataclass(frozen=True)
class Phase:
    """One part of the way. Its last stop is the milestone."""

    number: int
    stops: tuple[Stop, ...]

    @property
    def title(self) -> str:
        return self.stops[-1].node.title

    @property
    def hours(self) -> int:
        return sum(stop.node.hours for stop in self.stops if stop.state is not State.SKIPPED)

    @property
    def hours_done(self) -> int:
        return sum(stop.node.hours for stop in self.stops if stop.state is State.DONE)

    @property
    def done(self) -> bool:
        return all(stop.ended for stop in self.stops)


@dataclass(frozen=True)
class Way:
    """A whole path today. Skipped steps count in no sum; milestones are no steps.

    ``next`` is what to do now, and so where the person is: what is under way, else what is ready.
    """

    phases: tuple[Phase, ...]
    next: Stop | None
    then: Stop | None

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(stop for phase in self.phases for stop in phase.stops)

    @property
    def steps(self) -> tuple[Stop, ...]:
        """What there is to do, as :func:`counts`."""
        return tuple(stop for stop in self.stops if counts(stop.node))

    @property
    def steps_done(self) -> int:
        return sum(stop.state is State.DONE for stop in self.steps)

    @property
    def hours(self) -> int:
        return sum(stop.node.hours for stop in self.steps)

    @property
    def hours_done(self) -> int:
        return sum(stop.node.hours for stop in self.steps if stop.state is State.DONE)

    @property
    def share(self) -> float:
        """How much of the way is done, in hours, 0 to 1."""
        return self.hours_done / self.hours if self.hours else float(bool(self.stops))

    def sentence(self, role: str) -> str:
        """How much there is to do on the way to a role, by its title."""
        return summing.sentence(role, len(self.steps), self.hours, len(self.phases))


def counts(node: Node) -> bool:
    """Whether a node is one of the steps that are counted, wherever a path's steps are: no milestone, and
    nothing that was skipped.
    """
    return node.step.type != Step.Type.MILESTONE and node.step.status != Status.SKIPPED


def counted(nodes: Iterable[Node]) -> list[Node]:
    """The steps of a path that there are to do or that are done."""
    return [node for node in nodes if counts(node)]


def way(nodes: Sequence[Node]) -> Way:
    """The path of these nodes, which come in order and with ``needs`` loaded."""
    needs = _needs(nodes)
    opens: dict[UUID, list[Node]] = {node.pk: [] for node in nodes}
    for node in nodes:
        if node.step.type != Step.Type.MILESTONE:
            for need in needs[node.pk]:
                opens[need.pk].append(node)
    stops = [_stop(node, needs[node.pk], tuple(opens[node.pk])) for node in nodes]
    phases = tuple(
        Phase(number, tuple(s for s in stops if s.node.phase == number))
        for number in sorted({node.phase for node in nodes})
    )
    first, second = _next_two(stops)
    return Way(phases, first, second)


def _needs(nodes: Sequence[Node]) -> dict[UUID, tuple[Node, ...]]:
    by_id = {node.pk: node for node in nodes}
    goal = next((n.pk for n in reversed(nodes) if n.step.type == Step.Type.MILESTONE), None)
    steps = [node for node in nodes if node.step.type != Step.Type.MILESTONE]
    return {
        n.pk: tuple(by_id[row.requires_id] for row in n.needs.all() if row.requires_id in by_id)
        if n.step.type != Step.Type.MILESTONE
        else tuple(step for step in steps if n.pk == goal or step.phase == n.phase)
        for n in nodes
    }


def _stop(node: Node, needs: tuple[Node, ...], opens: tuple[Node, ...]) -> Stop:
    waits = tuple(need for need in needs if not _behind(need))
    return Stop(node, _state(node, waits), needs, waits, opens)


def _behind(node: Node) -> bool:
    return node.step.status in (Status.DONE, Status.SKIPPED)


def _state(node: Node, waits: tuple[Node, ...]) -> State:
    if node.step.type == Step.Type.MILESTONE:
        return State.LOCKED if waits else State.DONE
    if node.step.status != Status.TODO:
        return State(node.step.status)
    return State.LOCKED if waits else State.READY


def _next_two(stops: Iterable[Stop]) -> tuple[Stop | None, Stop | None]:
    """What is under way comes first, then what is ready, in the order of the path.

    What was begun too early comes last: it cannot be finished before the steps that it needs.
    """
    free = sorted(filter(_open, stops), key=lambda s: (bool(s.waits_for), s.state is not State.IN_PROGRESS))
    return (free[0] if free else None), (free[1] if len(free) > 1 else None)


def _open(stop: Stop) -> bool:
    return stop.state in (State.IN_PROGRESS, State.READY)
