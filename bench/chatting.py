"""Does the chat by rules answer what employees ask? Thirty questions, some of them following others.

Each line of `asked/chatting.jsonl` names who asks, what they asked before, the question, and what is
expected: `own` facts or a `document` that hold certain words, "I don't know" (`unknown`: nothing is quoted),
or that it is `refused`: nothing is quoted, and it is said why. The rules were written with the first half in
view; the second was kept back. Prints a line of JSON a half. Needs a demo company; stores nothing.
"""

import argparse
import json
import os
from collections.abc import Sequence
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
from coaching.answers.answer import Answer, Sentence
from coaching.chat.context import Turn
from coaching.chat.preparing import Prepared, prepare

ASKED = Path(__file__).parent / "asked" / "chatting.jsonl"
HALVES = ("tuned", "held")


def answered(asked: dict[str, Any]) -> Prepared:
    """The answer by rules to one question, after those before it."""
    rows = User.objects.select_related("profile__practice", "organisation", "key")
    owner, turns = rows.get(username=asked["asks"]), list[Turn]()
    for question in [*asked.get("before", ()), asked["question"]]:
        found = prepare(owner, question, turns, timezone.now())
        turns.append(Turn(question, " ".join(one.text for one in found.by_rules.sentences)))
    return found


def is_right(asked: dict[str, Any], found: Prepared) -> bool:
    """Whether an answer is of the kind that is expected, and says what it must."""
    answer = found.by_rules
    if asked["expected"] == "refused":
        return bool(found.instead and not answer.sources)
    if asked["expected"] == "unknown":
        return not answer.sentences
    kind = [one for one in answer.sentences if _is_quoted(one, answer) == (asked["expected"] == "document")]
    return any(all(name.lower() in one.text.lower() for name in asked["names"]) for one in kind)


def _is_quoted(sentence: Sentence, answer: Answer) -> bool:
    return any(answer.sources[n - 1].chunk_id is not None for n in sentence.cites)


def _texts(found: Prepared) -> list[str]:
    return [one.text for one in found.by_rules.sentences]


def report(half: str, questions: Sequence[dict[str, Any]], *, show: bool) -> None:
    """Print one half's figure."""
    answers = [answered(asked) for asked in questions]
    right = [is_right(*pair) for pair in zip(questions, answers, strict=True)]
    print(json.dumps({"half": half, "questions": len(questions), "right": sum(right) / len(questions)}))
    for asked, found, is_good in zip(questions, answers, right, strict=True):
        if show and not is_good:
            print(asked["asks"], asked["question"], found.by_rules.note, *_texts(found), sep="\n\t")


def main() -> None:
    """Ask them all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", choices=HALVES, help="also print what went wrong in one half")
    options = parser.parse_args()
    questions = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    organisation = Organisation.objects.get()
    with context.organisation(organisation.pk), transaction.atomic():
        for half in HALVES:
            asked = [one for one in questions if one["half"] == half]
            report(half, asked, show=options.wrong == half)


if __name__ == "__main__":
    main()
