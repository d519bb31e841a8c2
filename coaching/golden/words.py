"""Words for suggested roles and for the skills of a gap, of a person nobody is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from careerforge.assistant import frame, golden
from careerforge.assistant.frame import Task
from careerforge.assistant.golden.listening import Listening, listening
from careerforge.assistant.schemas import MOST_GAPS, GapInWords, RolesInWords, Words
from careerforge.assistant.sentences import sentences
from careerforge.assistant.support import Supported, supported
from careerforge.gateway.prompt import Prompt
from coaching.golden import nobody, nobodys
from coaching.golden.answerer import directory_for
from learning.gaps.gap import Gap
from learning.words import worded, wordings
from learning.words.wordings import Kind, Subject


@dataclass(frozen=True)
class Ready:
    """What was read before a model is asked."""

    road: Listening
    task: Task[Any]
    prompt: Prompt
    subjects: Mapping[str, Subject]


@dataclass(frozen=True)
class WordsAnswerer:
    """The golden set's way to one of the two results that are worded."""

    kind: Kind

    def case(self, question: UUID, about: Mapping[str, Any]) -> str:
        """Two questions about the same nobody are one."""
        return nobodys.case(about)

    def answer(self, asked: golden.Asked, now: datetime) -> golden.Answered:
        """Ask, and check every rule and every sentence."""
        with asked.desk.opened():
            ready = self._ready(asked, now)
        if ready is None:
            return golden.Answered((), refused=True, quotes=False)
        written = frame.put(ready.task, ready.prompt, ready.road)
        if not isinstance(written, frame.Written):
            return unwritten(ready.road)
        return told([_said(one, ready.subjects) for one in _words(written.parsed)], written.model)

    def lines(self, about: Mapping[str, Any]) -> list[str]:
        """The role and the skills, in words."""
        return nobody.lines(about)

    def _ready(self, asked: golden.Asked, now: datetime) -> Ready | None:
        gaps = nobodys.gaps(asked.about, now.date())
        subjects, letter = self._subjects(gaps)
        if not subjects:
            return None
        road = listening(asked.desk, allowed=asked.reader.organisation.model_allowed)
        role = gaps[0].role
        about = [role.title, *([role.summary] if role.summary else [])]
        clean, out = wordings.clean(wordings.numbered(subjects, letter), directory_for(road), *about)
        listed = wordings.told(clean)
        values: dict[str, Any] = {"roles": listed}
        if self.kind is wordings.GAP:
            values = {"role": out.texts[0], "about": list(out.texts[1 : len(about)]), "skills": listed}
        task = wordings.task(self.kind, clean)
        return Ready(road, task, frame.composed(task, values, now), clean)

    def _subjects(self, gaps: Sequence[Gap]) -> tuple[list[Subject], str]:
        if self.kind is wordings.ROLES:
            return [worded.of_role(gap) for gap in gaps], "r"
        rows = gaps[0].top(MOST_GAPS) if gaps else ()
        return [worded.of_skill(gaps[0].role, row, None) for row in rows], "s"


def unwritten(road: Listening) -> golden.Answered:
    """No answer that passes every check: by rules when no model gave one, wrong when one did."""
    wrong = (nobody.BROKEN,) if road.heard else ()
    return golden.Answered((), model=road.model, quotes=False, wrong=wrong)


def told(checked: Sequence[Supported], model: str) -> golden.Answered:
    """Texts after the check of every sentence."""
    kept = tuple(golden.Sentence(piece.text) for one in checked for piece in sentences(one.text))
    struck = sum(len(one.struck) for one in checked)
    return golden.Answered(kept, struck, model=model, quotes=False)


def _words(said: RolesInWords | GapInWords) -> Sequence[Words]:
    return said.roles if isinstance(said, RolesInWords) else said.skills


def _said(one: Words, subjects: Mapping[str, Subject]) -> Supported:
    subject = subjects[one.id]
    own = [line.text for line in subject.lines if line.chunk is None]
    return supported(one.text, subject.title, subject.lines, own)
