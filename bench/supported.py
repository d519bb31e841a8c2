"""Does every sentence of a rules-only answer have a span that supports it?

All kinds of questions about everybody with an account, in both voices. A sentence counts as ``quoted`` when
it stands in its source word for word, as ``grounded`` when the support check finds it in its sources, and as
``computed`` when it puts a computed fact into words: then each of its numbers and each skill and role that it
names is in the spans it cites. Prints one line of JSON. Needs a demo company; stores nothing.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# Without keys there are rules only.
for name in [name for name in os.environ if name.endswith(("_API_KEY", "_BASE_URL"))]:
    del os.environ[name]
django.setup()

from django.db import transaction
from django.utils import timezone

from bench.asked.supporting import kind
from careerforge.people.models import User
from careerforge.skills.models import Role, Skill
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.answers.answer import Answer
from coaching.answers.answering import compose
from coaching.answers.voice import Voice
from coaching.persons.facts import facts_about, role_in_question
from coaching.quoting.looking import look

QUESTIONS = (
    "Which two skills should they build first, and why?",
    "Which three skills should they build first for a senior data engineer role, and why?",
    "What are their biggest gaps?",
    "Where should they start?",
    "How ready are they?",
    "What is their next step?",
    "What are they doing now?",
    "What are they good at?",
    "Which certificate should they take, and when?",
    "Which evidence would prove that they are ready?",
    "How long until they get there, and how much work is left?",
    "How long does SQL take?",
    "Which project would help them most?",
    "What have they finished so far?",
    "What did they skip?",
    "How much does this role earn?",
    "Is Kubernetes in demand?",
    "Should they learn SQL?",
    "How many hours a week may be used for learning?",
    "Who pays the examination fee?",
    "What is a staff application like?",
)


def answers() -> Iterator[Answer]:
    """Every question about everybody, told to a coach and to the person."""
    coach = User.objects.get(username="coach-backend")
    today = timezone.localdate()
    for person in User.objects.filter(username__startswith="emp-").select_related("profile__practice"):
        practice = person.profile.practice
        own = {practice.slug} if practice else set()
        for question in QUESTIONS:
            role = role_in_question(question, person)
            about = facts_about(person, role, today) if role else None
            found = look(coach, question, role, about, own)
            for voice in Voice:
                pace = person.profile.hours_per_week if voice is Voice.TO else 0
                facts = replace(about, voice=voice, hours_per_week=pace) if about else None
                yield compose(question, facts, found.quotes, found.nearest, found.note)


def main() -> None:
    """Check them all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="also print what is not supported")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    with context.organisation(Organisation.objects.get().pk), transaction.atomic():
        names = [*Skill.objects.values_list("name", flat=True), *Role.objects.values_list("title", flat=True)]
        for answer in answers():
            for sentence in answer.sentences:
                sources = [answer.sources[number - 1] for number in sentence.cites]
                found = kind(sentence.text, sources, names)
                counts[found] += 1
                if options.wrong and found == "unsupported":
                    print(sentence.text, *(source.quote for source in sources), sep="\n\t")
    every = counts.total()
    share = (every - counts["unsupported"]) / every
    print(json.dumps({"sentences": every, "supported": round(share, 4), **counts}))


if __name__ == "__main__":
    main()
