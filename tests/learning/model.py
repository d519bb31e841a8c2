"""A scripted model for learning: what it is offered is computed here too, so that it can answer well."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils import timezone

from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.models import PathDraft
from learning.paths import grounds, path, planning
from learning.paths.versions import Draft
from learning.roles import suggestions
from learning.words import offering, taking
from learning.words.offering import Offer, Offered
from tests.gateway.wire import Wire

MODEL = "local-model"


def do(name: str, **arguments: str) -> JobRun:
    """Queue a job and do it at once, as a worker would."""
    run = enqueue(name, key=str(uuid4()), **arguments)
    running.run(str(run.id), str(run.organisation_id))
    run.refresh_from_db()
    return run


def offer_to(person: User, role: Role, on: Any) -> Offer:
    """What a model is offered for a path."""
    read = grounds.read(person, role, on)
    explained = path.explain(Draft(read, planning.plan(read.inputs), {}))
    return offering.offer(explained, suggestions.standing(person, on).title)


def take(person: User, draft: PathDraft, *but: str) -> str | None:
    """Take every line of an approved draft but some, as the person would."""
    draft.refresh_from_db()
    lines = taking.offered(person, draft, timezone.now().date()).lines
    return taking.take(person, draft.id, {one.key for one in lines} - set(but), timezone.now())


def node(step: Offered, *, needs: tuple[str, ...] | None = None, **changes: Any) -> dict[str, Any]:
    """A step in words that its lines support."""
    return {
        "id": step.id,
        "description": step.facts[0],
        "estimated_hours": step.least,
        "prerequisites": list(step.after if needs is None else needs),
        "resources": list(step.resources[:1]),
    } | changes


def proposal(offer: Offer, *nodes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A whole answer, of every step that has to be there unless others are given."""
    return {
        "target_role": offer.target_role,
        "summary": f"{offer.target_role} asks for {offer.steps[0].title}.",
        "nodes": list(nodes) or [node(step) for step in offer.steps],
    } | changes


@dataclass
class Model:
    """Says one thing after the other; the last one again and again."""

    wire: Wire

    def says(self, *answers: Any) -> "Model":
        for answer in answers:
            self.wire.chat(answer if isinstance(answer, str) else json.dumps(answer))
        return self

    def fails(self, status: int = 400) -> "Model":
        self.wire.fails(status)
        return self

    @property
    def sent(self) -> list[str]:
        """The bodies of all requests."""
        return [request.get_data(as_text=True) for request in self.wire.requests]
