"""The same question about twenty people, answered by rules: how much of the answers is the same?

Sentences are compared two answers at a time, with numbers, dates, skills, roles and tokens masked: what is
left is the sentence's form. ``shared`` is the mean over all pairs of twice the common sentences by the
sentences of both (Dice); ``own`` is the share of answers that name a gap of this person with its level. One
group has all kinds of people, the other twenty who aim at one and the same role. Prints JSON lines. Needs a
demo company, and for the second group one that has grown (`grow_company --people 300`); stores nothing.
"""

import argparse
import json
import os
import re
from calendar import month_name
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from statistics import mean

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# Without keys there are rules only.
for name in [name for name in os.environ if name.endswith(("_API_KEY", "_BASE_URL"))]:
    del os.environ[name]
django.setup()

from django.db import transaction
from django.utils import timezone

from careerforge.people.models import User
from careerforge.skills.models import Alias, Role, Skill
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.advising.advice import prepare
from coaching.answers import spans
from coaching.persons.facts import facts_about, role_in_question
from learning.models import Target

PEOPLE = 20
ROLE = "senior backend engineer"
QUESTIONS = (
    "Which two skills should they build first, and why?",
    f"Which two skills should they build first for a {ROLE} role, and why?",
    "What are their biggest gaps?",
    "How ready are they?",
    "What is their next step?",
    "What are they good at?",
    "Where should they start?",
)
COACH = "coach-backend"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MONTH = re.compile(rf"\b(?:{'|'.join(month_name[1:])})\b")
TOKEN = re.compile(r"\[[^\]]*\]")


class Mask:
    """Takes out of a sentence what differs from person to person without saying anything else."""

    def __init__(self) -> None:
        names = {*Skill.objects.values_list("name", flat=True), *Alias.objects.values_list("text", flat=True)}
        names |= set(Role.objects.values_list("title", flat=True))
        longest = sorted(names, key=lambda name: (-len(name), name))
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.I)

    def __call__(self, text: str) -> str:
        """The sentence's form; twice the same mask in a list is one."""
        masked = NUMBER.sub("0", MONTH.sub("0", self._names.sub("S", TOKEN.sub("T", text))))
        return re.sub(r"S(?:, S)*(?: and S)?", "S", masked)


def people() -> list[User]:
    """Twenty on their way to some role: those with an account first, then in the order of their names."""
    return sorted(_aiming(), key=lambda one: (not one.username.startswith("emp-"), one.username))[:PEOPLE]


def alike() -> list[User]:
    """Twenty on their way to one and the same role, the one most aimed at: whose answers differ least."""
    found = sorted(_aiming(), key=lambda one: one.username)
    aims = dict(Target.objects.filter(ended_at=None).values_list("user_id", "role_id"))
    common, _count = Counter(aims[one.pk] for one in found).most_common(1)[0]
    return [one for one in found if aims[one.pk] == common][:PEOPLE]


def _aiming() -> list[User]:
    rows = User.objects.filter(state=User.State.ACTIVE, targets__in=Target.objects.filter(ended_at=None))
    return list(rows.select_related("profile"))


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """Twice the common sentences by the sentences of both, 0 to 1."""
    both = len(one) + len(other)
    return 2 * sum((Counter(one) & Counter(other)).values()) / both if both else 1.0


def names_own_gap(person: User, question: str, texts: Sequence[str]) -> bool:
    """Whether a gap is named in a sentence with the level that this person has in it.

    Of whom no gap is known: whether what nothing was told about is named.
    """
    role = role_in_question(question, person)
    facts = facts_about(person, role, timezone.localdate()) if role else None
    if facts is None:
        return False
    if not facts.gaps:
        return any(skill.name in text for skill in facts.untold for text in texts)
    return any(
        skill.name in text and spans.level(skill.effective) in text for skill in facts.gaps for text in texts
    )


@dataclass(frozen=True)
class Figures:
    """One question about everybody; ``sentences`` is how many an answer has in the mean."""

    question: str
    shared: float
    own: float
    sentences: float


def measured(question: str, mask: Mask, asked: Sequence[User], *, show: bool) -> Figures:
    """Ask one question about everybody."""
    coach = User.objects.get(username=COACH)
    now = timezone.now()
    answers = [[one.text for one in prepare(coach, who, question, now).answer.sentences] for who in asked]
    if show:
        for texts in answers:
            print(*texts, sep="\n", end="\n\n")
    forms = [[mask(text) for text in texts] for texts in answers]
    own = [names_own_gap(who, question, texts) for who, texts in zip(asked, answers, strict=True)]
    return Figures(
        question,
        round(mean(shared(one, other) for one, other in combinations(forms, 2)), 4),
        mean(own),
        round(mean(map(len, answers)), 1),
    )


def report(group: str, asked: Sequence[User], questions: Sequence[str], mask: Mask, *, show: bool) -> None:
    """Print a line of JSON a question, and one of all."""
    figures = [measured(question, mask, asked, show=show) for question in questions]
    for row in figures:
        print(json.dumps({"group": group, **asdict(row)}))
    shares = [row.shared for row in figures]
    means = {"shared": round(mean(shares), 4), "worst": max(shares), "own": mean(row.own for row in figures)}
    print(json.dumps({"group": group, "people": len(asked), **means}))


def main() -> None:
    """Ask all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="also print the answers")
    parser.add_argument("--question", help="another question than the usual ones")
    options = parser.parse_args()
    with context.organisation(Organisation.objects.get().pk), transaction.atomic():
        mask = Mask()
        questions = [options.question] if options.question else QUESTIONS
        for group, asked in (("mixed", people()), ("alike", alike())):
            report(group, asked, questions, mask, show=options.show)


if __name__ == "__main__":
    main()
