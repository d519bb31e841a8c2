"""What left in a call, to the letter, and what came back: sealed, and opened again.

The key is the person's whom the question concerns, so that it goes with them; what concerns nobody is under
the organisation's.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.prompt import Prompt
from careerforge.people import identity
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.vault.sealing import Place, keyed_hash, seal_under, unseal_under

# As long as a plan of development runs and is still asked about: two years.
KEPT_FOR = timedelta(days=730)
FIELD = "sent"


@dataclass(frozen=True, slots=True)
class Sent:
    """One call in clear.

    Attributes:
        answer: as it came; empty when none came, unfinished when it was cut.
        values: what the prompt's template was filled with.
    """

    system: str
    context: str
    question: str
    answer: str
    values: Mapping[str, Any]


def digest(prompt: Prompt) -> str:
    """64 hex digits that two prompts share when the same text leaves for both, and tell nothing of it."""
    return keyed_hash("content", FIELD, prompt.whole_system, prompt.context, prompt.question).hex()


def know_key(subject: User) -> None:
    """Have somebody's key at hand, in a short transaction where none is open."""
    if identity.knows_key(subject) or connection.in_atomic_block:
        identity.key_of(subject)
        return
    with context.organisation(context.current_id()):
        identity.key_of(subject)


def sealed(call: ModelCall, subject: User | None, about: UUID | None, prompt: Prompt) -> SentText:
    """The row of one call that has no answer yet, not stored."""
    row = SentText(call=call, subject=subject, about=about, digest=digest(prompt), sent_at=call.started_at)
    add_answer(row, prompt, "")
    return row


def add_answer(row: SentText, prompt: Prompt, answer: str) -> None:
    """Seal anew what left, with what came back."""
    clear = Sent(prompt.whole_system, prompt.context, prompt.question, answer, dict(prompt.values))
    text = json.dumps(asdict(clear), ensure_ascii=False)
    if row.subject:
        row.sealed_text = identity.seal_line(row.subject, row.id, FIELD, text)
    else:
        row.sealed_text = seal_under("content", text.encode(), _place(row.organisation_id, row.id))


def open_text(row: SentText) -> Sent:
    """One call in clear, for whoever may read it.

    Raises:
        careerforge.vault.sealing.Unreadable: the key is another, or the row was changed.
    """
    if row.subject:
        text = identity.open_line(row.subject, row.id, FIELD, row.sealed_text)
    else:
        text = unseal_under("content", row.sealed_text, _place(row.organisation_id, row.id)).decode()
    return Sent(**json.loads(text))


def _place(organisation: UUID | None, row: UUID) -> Place:
    return Place("gateway.senttext", organisation, row, FIELD)
