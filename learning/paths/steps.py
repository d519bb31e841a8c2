"""The steps of a person: made once, kept over every version of every path."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from careerforge.people.models import User
from learning.models import Step
from learning.paths.plan import Kind, PlannedNode

ENDED = (Step.Status.DONE, Step.Status.SKIPPED)


def step_id(person_id: UUID, key: str) -> UUID:
    """A step's id is known before the step is stored, so the API can name it."""
    return uuid5(person_id, f"step:{key}")


def of(person: User) -> dict[str, Step]:
    """All steps of a person by key: one query."""
    return {step.key: step for step in Step.objects.filter(user=person).select_related("skill", "resource")}


def done(person: User) -> list[Step]:
    """The finished steps of a person: one query."""
    return list(Step.objects.filter(user=person, status=Step.Status.DONE))


def among(mine: Iterable[Step]) -> list[Step]:
    """The finished ones. Pure."""
    return [step for step in mine if step.status == Step.Status.DONE]


def make(person: User, nodes: Iterable[PlannedNode]) -> None:
    """Add the steps that are not there yet; what is there keeps its status: one query."""
    Step.objects.bulk_create(
        [
            Step(
                id=step_id(person.id, node.key),
                user=person,
                key=node.key,
                type=node.kind.value,
                # A milestone is of its phase, and what that is for may change.
                skill_id=None if node.kind is Kind.MILESTONE else node.skill,
                level=None if node.kind is Kind.MILESTONE else node.level,
                resource_id=node.resource,
            )
            for node in nodes
        ],
        ignore_conflicts=True,
    )
