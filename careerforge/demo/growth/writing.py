"""Fills the texts of ``texts.toml`` with roles and skills of the taxonomy."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("texts.toml")
LINES = 5
WORDS = {"why": "why", "task": "tasks", "advice": "advice", "finding": "findings"}


@dataclass(frozen=True)
class Asked:
    """A skill that a role asks for: its name, what it means and the level."""

    skill: str
    meaning: str
    level: int


@dataclass(frozen=True)
class Subject:
    """What a text is about: a role with what it asks for."""

    role: str
    practice: str
    level: int
    asked: tuple[Asked, ...]
    topics: tuple[str, ...]


@cache
def texts() -> dict[str, Any]:
    """The file, read once."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def write(kind: str, subject: Subject, region: str, chance: random.Random) -> tuple[str, str]:
    """Title and text of one document of a kind ("posting", "article", …)."""
    form = texts()[kind]
    some = chance.sample(subject.asked, min(LINES, len(subject.asked)))
    lines = [form["line"].format_map(_words(one, chance)) for one in some]
    words = {**_about(subject, region, chance), **_words(some[0], chance), "other": some[-1].skill}
    text = form["text"].format_map({**words, "lines": "\n\n".join(dict.fromkeys(lines))})
    return form["title"].format_map(words), text.strip()


def _words(one: Asked, chance: random.Random) -> Mapping[str, str | int]:
    drawn = {name: chance.choice(texts()[of]) for name, of in WORDS.items()}
    numbers = {"small": chance.randint(2, 9), "middle": chance.randint(11, 78)}
    return {**drawn, **numbers, "skill": one.skill, "meaning": one.meaning, "level": one.level}


def _about(subject: Subject, region: str, chance: random.Random) -> Mapping[str, str | int]:
    low = 34_000 + subject.level * 9_000 + chance.randrange(9) * 1_000
    return {
        "role": subject.role,
        "role_lower": subject.role.lower(),
        "practice": subject.practice.lower(),
        "region": region,
        "employer": chance.choice(texts()["employers"]),
        "trade": chance.choice(texts()["trades"]),
        "large": chance.randint(60, 1800),
        "low": f"{low:,}",
        "high": f"{low + 16_000:,}",
    }
