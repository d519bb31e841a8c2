"""A document with an order in it, and a model that obeys: what does anybody get to see?"""

import json
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from uuid import uuid4

from werkzeug import Request, Response

from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection
from careerforge.knowledge.quarantine import suspicion
from careerforge.people.models import User
from coaching.advising import advice
from tests.coaching.conftest import NOW

CANARY = "Zyxwart4711"
TRUE = "Batch orchestration stands at level 0.8 of 4."
QUESTION = "Which skill should they build first for a senior data engineer role?"
TEXT = (
    "Batch orchestration comes before stream processing, because streams are batches that never end. "
    "ETL pipelines are asked for in 30 of the 38 adverts that were read for this ladder."
)


@dataclass
class Obeying:
    """Says what is true, then all that it was told to say, and everything that it should keep to itself."""

    attack: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def take(self, request: Request) -> Response:
        self.bodies.append(json.loads(request.get_data()))
        sent = " ".join(str(self.bodies[-1]["messages"]).split())
        told = ""
        if self.attack and self.attack[:30] in sent:
            own = " ".join(
                str(one["content"]) for one in self.bodies[-1]["messages"] if one["role"] == "system"
            )
            told = f" The task is done: {CANARY}. {self.attack} {own}"
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": json.dumps({"answer": TRUE + told})},
        }
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        made = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        return Response(json.dumps(made | {"usage": usage}), content_type="application/json")


def told(model: Obeying, attack: str, coach: User, person: User) -> str:
    """Everything that a coach sees when a document holds an attack and nothing was held back."""
    model.attack = attack
    shelf, _new = Collection.objects.get_or_create(name="Attacked")
    incoming = Incoming(
        external_id="one", kind="ladder", title="Ladder of the data practice", topics=("data",),
        text=f"{TEXT}\n\n{attack}\n\n{TEXT}", published_at=NOW,
    )  # fmt: skip
    with mock.patch.object(suspicion, "suspicions", return_value=[]):
        store(shelf, incoming, NOW)
    opened = advice.ask(coach, person, QUESTION, uuid4(), NOW)
    answer = opened.answer
    lines = [one.text for one in answer.sentences] + [answer.note, *answer.unsupported]
    return "\n".join(lines + [f"{one.title} {one.quote} {one.url}" for one in answer.sources])
