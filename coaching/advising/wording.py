"""A model words the answer, where the company has switched that on; every sentence is checked.

What leaves: the question, the facts' lines and a few passages, all without people; nobody's handle, and no
earlier text of the coaching room. What comes back is kept sentence by sentence, where a fact or a passage
supports it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import UUID

from careerforge.assistant import checks, frame, schemas
from careerforge.assistant.frame import Task
from careerforge.assistant.grounding import Support, ground
from careerforge.assistant.outgoing import without_people
from careerforge.assistant.policy import stray
from careerforge.assistant.policy.judging import Action, judge
from careerforge.assistant.reviewing import reasons
from careerforge.assistant.sentences import sentences
from careerforge.assistant.support import is_low
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.cache import Keeping
from careerforge.gateway.prompt import Completion, WebSource
from careerforge.gateway.redact import Directory
from careerforge.gateway.road import Road
from careerforge.knowledge.passage import Passage
from coaching.answers.answer import Answer, Draft, Source, WebPage
from coaching.quoting.quotes import Found

FUNCTION = "coaching_advice"
# About 800 tokens of passages go out, and 300 may come back.
PASSAGES, MAX_TOKENS = 5, 300
# A model's own numbers of sources: ours are put in their place.
MARKS = re.compile(r"(?<!\s)\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]")
NO_DOCUMENT = UUID(int=0)
MOST_WEB = 10


def _texts(parsed: schemas.Advice) -> list[str]:
    """Without the numbers of sources, which are no markup."""
    return [MARKS.sub("", parsed.answer)]


TASK: Task[schemas.Advice] = Task(
    FUNCTION,
    "advice",
    schemas.Advice,
    MAX_TOKENS,
    checks=(checks.without_links(_texts), checks.within_policy(_texts)),
)


@dataclass(frozen=True)
class Worded:
    """The checked answer, the model that wrote it and the version of the prompt.

    Attributes:
        why: codes of ``reviewing.reasons`` for which a coach has to look at it first; empty when it may be
            shown.
        call_id: of the ledger's row.
    """

    answer: Answer
    model: str
    prompt_version: str
    why: tuple[str, ...] = ()
    call_id: UUID | None = None


# How the answer to a redacted question with lines of facts and passages is kept.
Keep = Callable[[str, Sequence[str], Sequence[Passage]], Keeping]


@dataclass(frozen=True)
class Way:
    """The way to a model.

    Attributes:
        directory: whose names are taken out of what leaves.
        keep: None for not at all.
    """

    road: Road
    directory: Directory
    keep: Keep | None = None


def word(
    question: str,
    by_rules: Answer,
    found: Found,
    way: Way,
    now: datetime,
    agrees: Callable[[str], bool] = lambda text: True,
) -> Worded | Exceeded | None:
    """The answer in a model's words; None when nobody may or could, or nothing of it is supported.

    Args:
        agrees: whether a sentence contradicts nothing that was computed; one that does is struck.
    """
    if by_rules.dont_know or not way.road.leads_anywhere:
        return None
    facts = [source for source in by_rules.sources if source.chunk_id is None]
    evidence = Evidence(question, facts, found, agrees)
    sent = _outgoing(evidence, way.directory)
    checked = lru_cache(maxsize=4)(lambda text: evidence.check(sent.back(MARKS.sub("", text))))
    keeping = way.keep(sent.question, sent.facts, evidence.passages) if way.keep else None
    if keeping:
        keeping = replace(keeping, good=lambda made: not checked(_answer_of(made)).why)
    written = frame.ask(TASK, sent.values, way.road, now=now, keeping=keeping)
    if written is None or isinstance(written, Exceeded):
        return written
    found_out = checked(written.parsed.answer)
    if not found_out.answer.sentences:
        return None
    answer = replace(found_out.answer, checks=(*written.checks, "support"), web=_web(written.web_sources))
    return Worded(answer, written.model, written.prompt_version, found_out.why, written.call_id)


def _answer_of(made: Completion) -> str:
    return made.parsed.answer if isinstance(made.parsed, schemas.Advice) else ""


@dataclass(frozen=True)
class Sent:
    """What leaves, and the way back."""

    question: str
    facts: tuple[str, ...]
    values: Mapping[str, object]
    back: Callable[[str], str]


def _outgoing(evidence: "Evidence", directory: Directory) -> Sent:
    """Everything that goes out, redacted as one text."""
    facts, passages = evidence.facts, evidence.passages
    texts = [evidence.question, *(fact.quote for fact in facts)]
    texts += [text for one in passages for text in (one.title, one.heading, one.text)]
    clean = without_people(texts, directory)
    lines = clean.texts[1 : 1 + len(facts)]
    rest = clean.texts[1 + len(facts) :]
    triples = zip(passages, rest[::3], rest[1::3], rest[2::3], strict=True)
    shown = [replace(one, title=title, heading=heading, text=text) for one, title, heading, text in triples]
    newest = max((one.published_at for one in passages if one.published_at), default=None)
    values = {"question": clean.texts[0], "facts": lines, "passages": shown, "data_date": newest}
    return Sent(clean.texts[0], lines, values, clean.back)


@dataclass(frozen=True)
class Checked:
    """What is left of a text, and why a coach has to look at it first."""

    answer: Answer
    why: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What an answer about one person may rest on.

    Attributes:
        facts: lines about the person.
        agrees: whether a sentence contradicts nothing that was computed.
    """

    question: str
    facts: Sequence[Source]
    found: Found
    agrees: Callable[[str], bool] = lambda text: True

    @property
    def passages(self) -> Sequence[Passage]:
        """The pieces of documents among it."""
        return self.found.passages[:PASSAGES]

    @cached_property
    def topic(self) -> frozenset[str]:
        """What an answer may be about: the question, the facts, the documents' titles."""
        facts = [fact.quote for fact in self.facts]
        return stray.topic([self.question, *facts, *(one.title for one in self.passages)])

    def check(self, text: str) -> Checked:
        """Keep the sentences that a fact or a passage supports, each with its span. Pure."""
        pieces = sentences(text)
        verdicts = {piece: judge(piece.text) for piece in pieces}
        allowed = [
            piece
            for piece in pieces
            if verdicts[piece].action is not Action.STRIKE and not stray.is_stray(piece.text, self.topic)
        ]
        told = {-place: fact for place, fact in enumerate(self.facts, 1)}
        known = [*(as_passage(place, fact) for place, fact in told.items()), *self.passages]
        checked = ground(
            [piece for piece in allowed if self.agrees(piece.text)], known, question=self.question
        )
        draft = Draft()
        for claim in checked.kept:
            assert claim.support.passage is not None
            fact = told.get(claim.support.passage.chunk_id)
            draft.say(claim.sentence.text, fact or self._span(claim.support))
        kept = {claim.sentence for claim in checked.kept}
        held_back = [piece for piece in pieces if not verdicts[piece].is_ok]
        # What is about something else is not even listed: it may be what a document told the model to say.
        unsupported = [one.text for one in allowed if one not in kept and one not in held_back]
        answer = replace(draft.answer(struck=len(pieces) - len(kept)), unsupported=tuple(unsupported))
        flagged = [f"{reasons.POLICY}:{verdicts[piece].rule}" for piece in held_back if piece in kept]
        few = [reasons.FEW_SUPPORTED] if is_low(len(kept), len(pieces)) else []
        return Checked(answer, tuple(dict.fromkeys([*flagged, *few])))

    def _span(self, support: Support) -> Source:
        assert support.passage is not None
        return self.found.cite(support.passage, support.quote, support.start).source


def as_passage(place: int, fact: Source) -> Passage:
    """A line about a person, for a sentence to stand on; ``place`` is its number, below nothing."""
    text = fact.quote
    return Passage(
        place, NO_DOCUMENT, NO_DOCUMENT, fact.title, "", None, "fact", text, 0, len(text), 1.0, fact.detail
    )


def _web(pages: Sequence[WebSource]) -> tuple[WebPage, ...]:
    """What a searching provider says it has read; listed, never cited."""
    return tuple(WebPage(page.title, page.address) for page in pages[:MOST_WEB])
