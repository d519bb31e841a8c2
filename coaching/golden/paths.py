"""A path in a model's words, of a person nobody is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from careerforge.assistant import frame, golden
from careerforge.assistant.golden.listening import Listening, listening
from careerforge.assistant.outgoing import Outgoing
from careerforge.gateway.prompt import Prompt
from coaching.golden import nobody, nobodys
from coaching.golden.answerer import directory_for
from coaching.golden.words import told, unwritten
from learning.paths import path, planning
from learning.paths.versions import Draft
from learning.words import checking, drafts, offering
from learning.words.offering import Offer


@dataclass(frozen=True)
class Ready:
    """What was read before a model is asked."""

    road: Listening
    offer: Offer
    out: Outgoing
    prompt: Prompt


class PathAnswerer:
    """The golden set's way to paths."""

    def case(self, question: UUID, about: Mapping[str, Any]) -> str:
        """Two questions about the same nobody are one."""
        return nobodys.case(about)

    def answer(self, asked: golden.Asked, now: datetime) -> golden.Answered:
        """Ask for the path twice, as for a person, with every check."""
        with asked.desk.opened():
            ready = _ready(asked, now)
        if ready is None:
            return golden.Answered((), refused=True, quotes=False)
        written = frame.put(checking.task(ready.offer), ready.prompt, ready.road)
        if not isinstance(written, frame.Written):
            return unwritten(ready.road)
        found = drafts.checked(ready.offer, written.parsed, ready.out)
        return told([found.summary, *(step.said for step in found.steps)], written.model)

    def lines(self, about: Mapping[str, Any]) -> list[str]:
        """The role and the skills, in words."""
        return nobody.lines(about)


def _ready(asked: golden.Asked, now: datetime) -> Ready | None:
    reading = nobodys.read(asked.about, asked.reader, now.date())
    plan = planning.plan(reading.inputs) if reading else None
    if reading is None or plan is None or not plan.hours:
        return None
    road = listening(asked.desk, allowed=asked.reader.organisation.model_allowed)
    drafted = path.explain(Draft(reading, plan, {}))
    offer, out = offering.offer(drafted, "").without_people(directory_for(road))
    return Ready(road, offer, out, frame.composed(checking.task(offer), offer.values, now))
