"""Texts of the large demo company, put together from the taxonomy: enough to search in, not to be read for pleasure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

REGIONS = ("North", "South", "West")
EMPLOYERS = (
    "Solvantis Pellarine Ostrelle Norrlake Fennholm Brackmere Cantilune Draymark Quillon Veltrano Halvorne Tessaract"
    " Morrowind Pinnavale Castorine Ulmberg Verrano Kestrine Lorimond Zephyrline"
).split()
TRADES = ("freight", "insurance", "retail", "banking", "health care", "energy", "rail", "publishing", "public services")
WHY = (
    "because the present solution was written for a tenth of today's volume",
    "because two earlier attempts failed on exactly this",
    "because customers are billed on the basis of the result",
    "because the team is on call for what it builds",
    "because an audit has asked for it",
    "because the people who knew it have moved to other teams",
)
TASKS = (
    "takes over a service that runs every night",
    "joins a team of seven with its own budget",
    "replaces a system that is fourteen years old",
    "brings order into work that has grown without a plan",
    "builds a first version within two quarters and keeps it running afterwards",
)
ADVICE = (
    "Begin with a small piece of real work and ask for a review of it.",
    "Write down what you expected before you look at the result.",
    "Pair with somebody who has done it for a year, two hours a week for a month.",
    "Repeat the exercise with data of your own; examples from books are too clean.",
    "Explain it to a colleague from another practice, and note where you have to stop.",
    "Measure before and after; what feels faster often is not.",
)
FINDINGS = (
    "The share has grown for the third quarter in a row.",
    "The share has hardly moved within a year.",
    "Small employers ask for it more often than large ones.",
    "It is asked for mostly together with experience in operations.",
    "Half of the adverts name it without saying at which level.",
)


@dataclass(frozen=True)
class Subject:
    """What a text is about: a role with what it asks for, as (skill, what it means, level)."""

    role: str
    practice: str
    level: int
    asked: tuple[tuple[str, str, int], ...]
    topics: tuple[str, ...]


def posting(subject: Subject, chance: random.Random) -> tuple[str, str]:
    """A vacancy: title and text."""
    employer, trade, region = chance.choice(EMPLOYERS), chance.choice(TRADES), chance.choice(REGIONS)
    low = 34_000 + subject.level * 9_000 + chance.randrange(0, 9) * 1_000
    asked = _some(subject.asked, 5, chance)
    needs = "\n".join(f"- {skill} at level {level}, {chance.choice(WHY)}." for skill, _, level in asked)
    first, second = (skill for skill, _, _ in asked[:2])
    text = (
        f"## The post\n\n{employer}, a company in {trade}, looks for a {subject.role.lower()} in region {region}. The person"
        f" {chance.choice(TASKS)}. {employer} employs about {chance.randrange(4, 90) * 20} people.\n\n"
        f"## What is asked\n\n{needs}\n\n"
        f"Applicants who lack some of this should have {first} and {second}; the rest can be learned in the post, for"
        f" which {chance.randint(2, 6)} hours a week are set aside.\n\n"
        f"## Terms\n\nThe salary lies between EUR {low:,} and EUR {low + 16_000:,} a year in region {region}. The contract is"
        f" permanent, with {chance.randint(26, 32)} days of leave and {chance.randint(1, 4)} days a week away from the"
        f" office. Applications are answered within {chance.randint(5, 20)} working days."
    )
    return f"{subject.role} ({employer})", text


def article(subject: Subject, chance: random.Random) -> tuple[str, str]:
    """An article on one skill."""
    skill, meaning, level = chance.choice(subject.asked)
    neighbour = chance.choice(subject.asked)[0]
    paragraphs = "\n\n".join(_some(ADVICE, 4, chance))
    text = (
        f"## What it is\n\n{meaning} In {subject.practice.lower()}, {skill} is expected at level {level} of a"
        f" {subject.role.lower()}, {chance.choice(WHY)}.\n\n## How to get better at it\n\n{paragraphs}\n\n"
        f"## What it is confused with\n\n{skill} and {neighbour} are often asked for together. A team in"
        f" {chance.choice(TRADES)} needed {chance.randint(3, 14)} months to notice that it had plenty of the one and"
        f" hardly any of the other. {chance.choice(ADVICE)}"
    )
    return f"{chance.choice(('Learning', 'Getting better at', 'What to know about', 'A year of'))} {skill}", text


def report(subject: Subject, chance: random.Random) -> tuple[str, str]:
    """A market note with figures."""
    region, n = chance.choice(REGIONS), chance.randint(60, 900)
    lines = "\n\n".join(
        f"{skill} is named in {chance.randint(12, 78)} of 100 adverts for the role. {chance.choice(FINDINGS)}"
        for skill, _, _ in _some(subject.asked, 5, chance)
    )
    text = (
        f"## Sample\n\nThe note rests on {n} adverts for {subject.role.lower()} from region {region}, collected over"
        f" {chance.randint(4, 26)} weeks. Adverts that appeared twice were counted once.\n\n## What is asked\n\n{lines}"
    )
    return f"Adverts for {subject.role.lower()} in region {region}", text


def course(subject: Subject, chance: random.Random) -> tuple[str, str]:
    """A course of the academy."""
    skill, meaning, level = chance.choice(subject.asked)
    weeks = chance.randint(3, 12)
    text = (
        f"## Aim\n\nThe course leads to level {level} in {skill}. {meaning}\n\n## Course of the {weeks} weeks\n\n"
        + "\n\n".join(f"Part {part}: {line}" for part, line in enumerate(_some(ADVICE, 4, chance), 1))
        + f"\n\n## Practical matters\n\nThe course takes {weeks * chance.randint(2, 4)} hours in {weeks} weeks, has"
        f" {chance.randint(8, 20)} places and costs nothing."
    )
    return f"Academy course: {skill} for a {subject.role.lower()}", text


def playbook(subject: Subject, chance: random.Random) -> tuple[str, str]:
    """Advice on growing into a role."""
    asked = _some(subject.asked, 4, chance)
    steps = "\n\n".join(
        f"### {skill}\n\n{meaning} Level {level} is needed, {chance.choice(WHY)}. {chance.choice(ADVICE)}"
        for skill, meaning, level in asked
    )
    return f"Growing into the role of {subject.role.lower()}", f"## In which order\n\n{steps}"


def _some(of: Sequence[T], count: int, chance: random.Random) -> list[T]:
    return chance.sample(of, min(count, len(of)))
