"""Is the right passage cited? Fifty questions over the demo company's documents, answered by rules.

Each line of `asked/passages.jsonl` names who asks about whom, the question, and the document and sentence
that hold its answer, marked by hand. Prints one line of JSON. Needs a demo company; stores nothing.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# Without keys there are rules only.
for name in [name for name in os.environ if name.endswith(("_API_KEY", "_BASE_URL"))]:
    del os.environ[name]
django.setup()

from django.db import transaction
from django.utils import timezone

from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.advising.advice import prepare
from coaching.answers.answer import Answer

ASKED = Path(__file__).parent / "asked" / "passages.jsonl"


def is_cited(answer: Answer, document: str, passage: str) -> bool:
    """Whether a sentence of the answer rests on the marked passage; a nearest passage is no answer."""
    numbers = {number for sentence in answer.sentences for number in sentence.cites}
    sources = [answer.sources[number - 1] for number in numbers]
    return any(
        source.title == document and (passage in source.quote or source.quote in passage)
        for source in sources
    )


def answered(asked: dict[str, Any]) -> Answer:
    """The answer by rules to one question."""
    coach = User.objects.get(username=asked["coach"])
    employee = User.objects.select_related("profile").get(username=asked["about"])
    return prepare(coach, employee, asked["question"], timezone.now()).answer


def outcome(asked: dict[str, Any], answer: Answer) -> str:
    """How one question ended: `right`, `other` passages, or `unknown`."""
    if answer.dont_know:
        return "unknown"
    return "right" if is_cited(answer, asked["document"], asked["passage"]) else "other"


def control(questions: list[dict[str, Any]], answers: list[Answer]) -> float:
    """The share that would be right if each question got its neighbour’s answer; near 0 is fair."""
    moved = zip(questions, [*answers[-1:], *answers[:-1]], strict=True)
    return sum(outcome(asked, answer) == "right" for asked, answer in moved) / len(questions)


def main() -> None:
    """Ask them all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="also print the questions that went wrong")
    options = parser.parse_args()
    questions = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    organisation = Organisation.objects.get()
    with context.organisation(organisation.pk), transaction.atomic():
        answers = [answered(asked) for asked in questions]
    outcomes = [outcome(*pair) for pair in zip(questions, answers, strict=True)]
    figures = {name: outcomes.count(name) for name in ("right", "other", "unknown")}
    cited = {"questions": len(questions), "cited": figures["right"] / len(questions)}
    print(json.dumps({**cited, **figures, "control": control(questions, answers)}))
    if options.wrong:
        for asked, ended in zip(questions, outcomes, strict=True):
            if ended != "right":
                print(f"{ended}\t{asked['about']}\t{asked['question']}")


if __name__ == "__main__":
    main()
