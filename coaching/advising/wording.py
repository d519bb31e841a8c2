"""A model words the answer, where the company has switched that on; every sentence is checked.

What leaves: the question, the facts' lines and a few passages, all without people; nobody's handle, and no
earlier text of the coaching room. What comes back is kept sentence by sentence, where a fact or a passage
supports it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from careerforge.assistant import checks, frame, schemas
from careerforge.assistant.frame import Asks, Task
from careerforge.assistant.outgoing import without_people
from careerforge.assistant.reviewing import reasons
from careerforge.assistant.support import Fate, is_low
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.cache import Keeping
from careerforge.gateway.prompt import Completion, Prompt, WebSource
from careerforge.gateway.redact import Directory, mask
from careerforge.knowledge.passage import Passage
from coaching.answers.answer import Answer, Draft, WebPage
from coaching.answers.evidence import Evidence
from coaching.quoting.quotes import Found

FUNCTION = "coaching_advice"
# About 800 tokens of passages go out, and 300 may come back.
PASSAGES, MAX_TOKENS = 5, 300
# A model's own numbers of sources: ours are put in their place.
MARKS = re.compile(r"(?<!\s)\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]")
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
class Ready:
    """A question as it may leave, and what its answer may stand on. Reads no row any more.

    Attributes:
        keeping: how the answer is kept; None for not at all.
        is_theirs: whether sentences say anything of the person, where the question asks for that.
    """

    prompt: Prompt
    sent: "Sent"
    evidence: Evidence
    keeping: Keeping | None = None
    is_theirs: Callable[[Sequence[str]], bool] = lambda _texts: True

    def word(self, road: Asks) -> Worded | Exceeded | None:
        """The answer in a model's words; None when nobody may or could, or nothing of it is supported."""
        read = lru_cache(maxsize=4)(self._checked)
        keeping = self.keeping
        if keeping:
            keeping = replace(keeping, good=lambda made: not read(_answer_of(made)).why)
        written = frame.put(TASK, self.prompt, road, keeping)
        if written is None or isinstance(written, Exceeded):
            return written
        found = read(written.parsed.answer)
        if not found.answer.sentences:
            return None
        answer = replace(found.answer, checks=(*written.checks, "support"), web=_web(written.web_sources))
        return Worded(answer, written.model, written.prompt_version, found.why, written.call_id)

    def _checked(self, text: str) -> "Checked":
        found = checked(self.sent.back(MARKS.sub("", text)), self.evidence)
        if self.is_theirs([one.text for one in found.answer.sentences]):
            return found
        return replace(found, why=(*found.why, reasons.NOT_THEIRS))


def ready(
    question: str,
    by_rules: Answer,
    found: Found,
    directory: Directory,
    now: datetime,
    agrees: Callable[[str], bool] = lambda text: True,
    keep: Keep | None = None,
    is_theirs: Callable[[Sequence[str]], bool] = lambda _texts: True,
) -> Ready | None:
    """Everything that is read before a model is asked; None when the rules have nothing to say themselves.

    Args:
        directory: whose names are taken out of what leaves.
        agrees: whether a sentence contradicts nothing that was computed; one that does is struck.
        keep: None for not at all.
        is_theirs: whether sentences say anything of the person; where they do not, a coach looks first.
    """
    if by_rules.dont_know:
        return None
    facts = [source for source in by_rules.sources if source.chunk_id is None]
    evidence = Evidence(question, facts, found.passages[:PASSAGES], found.cite, agrees=agrees)
    sent = _outgoing(evidence, directory)
    keeping = keep(sent.question, sent.facts, evidence.passages) if keep else None
    return Ready(frame.composed(TASK, sent.values, now), sent, evidence, keeping, is_theirs)


def _answer_of(made: Completion) -> str:
    return made.parsed.answer if isinstance(made.parsed, schemas.Advice) else ""


@dataclass(frozen=True)
class Sent:
    """What leaves, and the way back."""

    question: str
    facts: tuple[str, ...]
    values: Mapping[str, object]
    back: Callable[[str], str]


def _outgoing(evidence: Evidence, directory: Directory) -> Sent:
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
    # Whom a model names without having been told of them is nobody of this reader's.
    return Sent(clean.texts[0], lines, values, lambda text: clean.back(mask(text, directory)))


@dataclass(frozen=True)
class Checked:
    """What is left of a text, and why a coach has to look at it first."""

    answer: Answer
    why: tuple[str, ...]


def checked(text: str, evidence: Evidence) -> Checked:
    """Keep the sentences that a fact or a passage supports, each with its span. Pure."""
    tried = evidence.ground.every(text)
    kept = [one for one in tried if one.fate in (Fate.STANDS, Fate.HELD)]
    draft = Draft()
    for one in kept:
        draft.say(one.text, evidence.source(one.support))
    unsupported = tuple(one.text for one in tried if one.fate is Fate.UNSUPPORTED)
    answer = replace(draft.answer(struck=len(tried) - len(kept)), unsupported=unsupported)
    flagged = [f"{reasons.POLICY}:{one.verdict.rule}" for one in tried if one.fate is Fate.HELD]
    few = [reasons.FEW_SUPPORTED] if is_low(len(kept), len(tried)) else []
    return Checked(answer, tuple(dict.fromkeys([*flagged, *few])))


def _web(pages: Sequence[WebSource]) -> tuple[WebPage, ...]:
    """What a searching provider says it has read; listed, never cited."""
    return tuple(WebPage(page.title, page.address) for page in pages[:MOST_WEB])
