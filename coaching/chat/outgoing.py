"""What leaves for a model: the question, the last turns, lines of facts and passages, all without people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from careerforge.assistant import prompts, schemas
from careerforge.assistant.outgoing import Outgoing, without_people
from careerforge.gateway.prompt import Prompt
from careerforge.gateway.redact import Directory
from coaching.chat.context import Turn
from coaching.chat.preparing import Prepared

FUNCTION, TEMPLATE = "coaching_chat", "chat"
MAX_TOKENS = 300
# Of an earlier question or answer; what was said is a reminder, not a source.
REMEMBERED = 400


@dataclass(frozen=True)
class Sending:
    """A prompt, and the way back from its tokens to people."""

    prompt: Prompt
    outgoing: Outgoing


def prompt(
    question: str, turns: Sequence[Turn], prepared: Prepared, directory: Directory, now: datetime
) -> Sending:
    """Fill in the template. All texts are redacted together: one person has one token in all of them."""
    said = [text[:REMEMBERED] for turn in turns for text in (turn.question, turn.answer)]
    facts = [fact.quote for fact in prepared.facts]
    documents = [text for one in prepared.passages for text in (one.title, one.heading, one.text)]
    outgoing = without_people([question, *said, *facts, *documents], directory)
    clean = iter(outgoing.texts)
    parts = prompts.load(
        TEMPLATE,
        now=now,
        question=next(clean),
        turns=[{"question": next(clean), "answer": next(clean)} for _turn in turns],
        facts=[next(clean) for _fact in facts],
        passages=[
            replace(one, title=next(clean), heading=next(clean), text=next(clean))
            for one in prepared.passages
        ],
        points=prepared.points,
        data_date=max((one.published_at for one in prepared.passages if one.published_at), default=None),
    )
    return Sending(parts.prompt(FUNCTION, schemas.Advice, max_tokens=MAX_TOKENS), outgoing)
