"""The same question again is answered from a table, and asked of a model once however many ask it at once.

A row is claimed before the model is asked. Who finds a claim waits for its end; when that is no answer, the
row goes, and those who waited go on by rules: failures are kept for nobody.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from careerforge.gateway.models import CachedAnswer
from careerforge.gateway.prompt import Completion, Prompt, WebSource
from careerforge.gateway.statements import Statement
from careerforge.tenancy import aside, context
from careerforge.vault.sealing import keyed_hash

# Of what is sealed. Rows of another shape are never found, and pruned in their time.
SHAPE = "text and web sources"
# Longer than any call: then whoever claimed is taken for dead.
CLAIM = timedelta(seconds=60)
POLL_S = 0.1

CLAIM_OR_FIND = """
WITH claimed AS (
    INSERT INTO gateway_cachedanswer AS kept
        (organisation_id, key, function, provider, model, claimed_until, expires_at, prune_at)
    VALUES (%(organisation)s, %(key)s, %(function)s, '', '', %(claimed)s, %(expires)s, %(prune)s)
    ON CONFLICT (organisation_id, key) DO UPDATE SET
        claimed_until = excluded.claimed_until, expires_at = excluded.expires_at,
        prune_at = excluded.prune_at, sealed_text = NULL
    WHERE kept.expires_at <= %(now)s OR (kept.sealed_text IS NULL AND kept.claimed_until <= %(now)s)
    RETURNING id
)
SELECT EXISTS (SELECT FROM claimed), kept.sealed_text, kept.provider, kept.model, kept.call_id
FROM (SELECT) AS one LEFT JOIN gateway_cachedanswer AS kept ON kept.key = %(key)s
"""
FIND = "SELECT sealed_text, provider, model, call_id FROM gateway_cachedanswer WHERE key = %s"
KEEP = """
UPDATE gateway_cachedanswer
SET sealed_text = %s, provider = %s, model = %s, call_id = %s, claimed_until = NULL
WHERE key = %s AND sealed_text IS NULL
"""
GIVE_BACK = "DELETE FROM gateway_cachedanswer WHERE key = %s AND sealed_text IS NULL"


def always(_: Completion) -> bool:
    """Every answer is good enough."""
    return True


@dataclass(frozen=True, slots=True)
class Keeping:
    """How answers to one question are kept.

    Attributes:
        parts: what the answer depends on beside the prompt: whom it is about, which collections are seen.
        seconds: how long it is good.
        seal: makes the text unreadable but for those who may read it; takes the row's key and the text.
        unseal: the way back.
        words: in place of the question's own wording, when it is about nobody: other wordings with the same
            words are the same question, and the passages that were found for them do not matter.
        good: whether an answer is worth keeping; what is not is given to whoever asked, and to nobody else.
    """

    parts: tuple[str, ...]
    seconds: int
    seal: Callable[[str, str], bytes]
    unseal: Callable[[str, bytes], str]
    words: str = ""
    good: Callable[[Completion], bool] = always

    def key(self, prompt: Prompt, models: tuple[str, ...]) -> str:
        """64 hex digits."""
        asked = (self.words,) if self.words else (*prompt.blocks, prompt.context, prompt.question)
        return keyed_hash(
            "content",
            SHAPE,
            str(context.current_id()),
            prompt.function,
            prompt.version,
            *models,
            *self.parts,
            *asked,
        ).hex()


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was kept, and the call that made it."""

    text: str
    web_sources: tuple[WebSource, ...]
    provider: str
    model: str
    call_id: UUID | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The right, and the duty, to make the answer."""

    key: str
    keeping: Keeping

    def ended(self, made: Completion | None) -> Statement:
        """Keeps what was made, for those who wait and those who come; or gives the claim back when there is
        no answer, or none that is good: who waits goes on without, who comes may try.
        """
        if made is None or not self.keeping.good(made):
            return GIVE_BACK, [self.key]
        kept = {"text": made.text, "web_sources": [asdict(one) for one in made.web_sources]}
        sealed = self.keeping.seal(self.key, json.dumps(kept, ensure_ascii=False))
        return KEEP, [sealed, made.provider, made.model_answered, made.call_id, self.key]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long somebody else's answer is waited for; replaced in tests.

    Attributes:
        stops: whether nobody wants it any more.
    """

    seconds: float = 45.0
    sleep: Callable[[float], None] = field(default=time.sleep)
    counter: Callable[[], float] = field(default=time.monotonic)
    stops: Callable[[], bool] = lambda: False


def claim_or_find(
    keeping: Keeping, key: str, function: str, now: datetime, patience: Patience
) -> Claim | Kept | None:
    """The kept answer, or the claim to make it; None when whoever was making it has got none."""
    with aside.transaction_of_its_own() as opened:
        cursor = opened.execute(
            CLAIM_OR_FIND,
            {
                "organisation": context.current_id(),
                "key": key,
                "function": function,
                "claimed": now + CLAIM,
                "expires": now + timedelta(seconds=keeping.seconds),
                "prune": now + 2 * timedelta(seconds=keeping.seconds),
                "now": now,
            },
        )
        claimed, *kept = cursor.fetchone()
    if claimed:
        return Claim(key, keeping)
    return _opened(keeping, key, kept) or _wait(keeping, key, patience)


def _wait(keeping: Keeping, key: str, patience: Patience) -> Kept | None:
    end = patience.counter() + patience.seconds
    while patience.counter() < end and not patience.stops():
        patience.sleep(POLL_S)
        with aside.transaction_of_its_own() as opened:
            row = opened.execute(FIND, [key]).fetchone()
        if row is None:
            return None
        if kept := _opened(keeping, key, row):
            return kept
    return None


def _opened(keeping: Keeping, key: str, row: Any) -> Kept | None:
    sealed, provider, model, call_id = row
    if sealed is None:
        return None
    kept = json.loads(keeping.unseal(key, bytes(sealed)))
    sources = tuple(WebSource(**one) for one in kept["web_sources"])
    return Kept(kept["text"], sources, provider, model, call_id)


def prune(now: datetime) -> int:
    """Remove what is twice as old as it was good; how many rows went."""
    return CachedAnswer.objects.filter(prune_at__lte=now).delete()[0]
