"""Is "not enough evidence" said where there is none? A hundred questions that no document of the demo holds.

Each line of `asked/unanswered.jsonl` names who asks about whom, and the question. An answer counts as right
when it says that it does not know and has no sentence; ``uncited`` counts sentences without a source, of
which there must be none. Prints one line of JSON. Needs a demo company; stores nothing.
"""

import argparse
import json
import os
from pathlib import Path

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

ASKED = Path(__file__).parent / "asked" / "unanswered.jsonl"


def answered(asked: dict[str, str]) -> Answer:
    """The answer by rules to one line."""
    coach = User.objects.get(username=asked["coach"])
    employee = User.objects.select_related("profile").get(username=asked["about"])
    return prepare(coach, employee, asked["question"], timezone.now()).answer


def main() -> None:
    """Ask them all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="also print the questions that were answered")
    options = parser.parse_args()
    questions = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    organisation = Organisation.objects.get()
    with context.organisation(organisation.pk), transaction.atomic():
        answers = [answered(asked) for asked in questions]
    unknown = [one.dont_know and not one.sentences for one in answers]
    uncited = sum(not sentence.cites for one in answers for sentence in one.sentences)
    figures = {"questions": len(questions), "unknown": sum(unknown) / len(questions), "uncited": uncited}
    print(json.dumps(figures))
    if options.wrong:
        for asked, answer, right in zip(questions, answers, unknown, strict=True):
            if not right:
                print(asked["about"], asked["question"], *(s.text for s in answer.sentences), sep="\n\t")


if __name__ == "__main__":
    main()
