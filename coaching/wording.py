"""A model words the answer, where the company has switched that on; every sentence is checked.

What leaves: the question, the facts' lines and a few passages, all without people; nobody's handle, and no
earlier text of the coaching room. What comes back is kept sentence by sentence, where a fact or a passage
supports it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from careerforge.assistant import prompts, schemas
from careerforge.assistant.grounding import Claim, ground
from careerforge.assistant.sentences import Sentence as Piece
from careerforge.assistant.sentences import sentences
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.cache import Keeping
from careerforge.gateway.prompt import Completion
from careerforge.gateway.redact import Directory, redact, restore
from careerforge.gateway.road import Road
from careerforge.knowledge.passage import Passage
from coaching.answer import Answer, Draft, Source
from coaching.quotes import Found

FUNCTION = "coaching_advice"
# About 800 tokens of passages go out, and 300 may come back.
PASSAGES, MAX_TOKENS = 5, 300
# With less than this share of its sentences supported, the rules' answer is shown instead.
ENOUGH = 0.7
# Between the texts that are redacted together, so that one person has one token in all of them.
EDGE = "\n\n⁂\n\n"
MARKS = re.compile(r"(?<!\s)\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]")
NO_DOCUMENT = UUID(int=0)


@dataclass(frozen=True)
class Worded:
    """The checked answer, the model that wrote it and the version of the prompt."""

    answer: Answer
    model: str
    prompt_version: str


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
    """The answer in a model's words; None when nobody may or could, or too little of it is supported.

    Args:
        agrees: whether a sentence contradicts nothing that was computed; one that does is struck.
    """
    if by_rules.dont_know or not way.road.leads_anywhere:
        return None
    facts = [source for source in by_rules.sources if source.chunk_id is None]
    passages = found.passages[:PASSAGES]
    outgoing, mapping = _without_people(question, facts, passages, way.directory)
    parts = prompts.load(
        "advice",
        now=now,
        question=outgoing.question,
        facts=outgoing.facts,
        passages=outgoing.passages,
        data_date=max((one.published_at for one in passages if one.published_at), default=None),
    )
    prompt = parts.prompt(FUNCTION, schemas.Advice, max_tokens=MAX_TOKENS)
    kept = way.keep(outgoing.question, outgoing.facts, passages) if way.keep else None
    completion = way.road.ask(prompt, kept)
    if completion is None or isinstance(completion, Exceeded):
        return completion
    pieces = _pieces(completion, mapping)
    agreeing = [piece for piece in pieces if agrees(piece.text)]
    answer = _checked(agreeing, facts, passages, question, found, len(pieces) - len(agreeing))
    return Worded(answer, completion.model_answered, parts.version) if answer else None


@dataclass(frozen=True)
class _Outgoing:
    question: str
    facts: list[str]
    passages: list[Passage]


def _without_people(
    question: str, facts: Sequence[Source], passages: Sequence[Passage], directory: Directory
) -> tuple[_Outgoing, dict[str, str]]:
    """Everything that goes out, redacted as one text, and the way back."""
    texts = [question, *(fact.quote for fact in facts)]
    texts += [text for one in passages for text in (one.title, one.heading, one.text)]
    redacted = redact(EDGE.join(text.replace(EDGE.strip(), "") for text in texts), directory)
    clean = redacted.text.split(EDGE)
    rest = clean[1 + len(facts) :]
    triples = zip(passages, rest[::3], rest[1::3], rest[2::3], strict=True)
    shown = [replace(one, title=title, heading=heading, text=text) for one, title, heading, text in triples]
    return _Outgoing(clean[0], clean[1 : 1 + len(facts)], shown), dict(redacted.mapping)


def _pieces(completion: Completion, mapping: dict[str, str]) -> list[Piece]:
    """The model's sentences with people put back, without its own numbers of sources."""
    parsed = completion.parsed
    text = parsed.answer if isinstance(parsed, schemas.Advice) else ""
    return sentences(restore(MARKS.sub("", text), mapping))


def _checked(
    pieces: Sequence[Piece],
    facts: Sequence[Source],
    passages: Sequence[Passage],
    question: str,
    found: Found,
    struck: int,
) -> Answer | None:
    """The sentences that a fact or a passage supports, each with the span; None when too few are left.

    Args:
        struck: how many sentences were left out before.
    """
    told = {-place: fact for place, fact in enumerate(facts, 1)}
    evidence = [*(_as_passage(place, fact) for place, fact in told.items()), *passages]
    checked = ground(pieces, evidence, question=question)
    kept, every = len(checked.kept), len(checked.kept) + len(checked.struck) + struck
    if not kept or kept / every < ENOUGH:
        return None
    draft = Draft()
    for claim in checked.kept:
        draft.say(claim.sentence.text, _source(claim, told, found))
    return draft.answer(struck=every - kept)


def _as_passage(place: int, fact: Source) -> Passage:
    text = fact.quote
    return Passage(
        place, NO_DOCUMENT, NO_DOCUMENT, fact.title, "", None, "fact", text, 0, len(text), 1.0, fact.detail
    )


def _source(claim: Claim, told: dict[int, Source], found: Found) -> Source:
    """The fact, or the span of a document, that a kept claim stands on."""
    support = claim.support
    assert support.passage is not None
    fact = told.get(support.passage.chunk_id)
    return fact or found.cite(support.passage, support.quote, support.start).source
