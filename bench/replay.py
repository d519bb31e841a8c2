"""What five hundred questions cost when a model words the answers: two working days of all coaches.

Lines of `asked/replay.jsonl`: 300 personal questions, 100 exact repeats, 75 wordings of 25 general questions,
and 25 that look like one of those and need another answer. The model is a stub on this machine that counts,
and keeps prefixes, by its provider's rules. Prints one line of JSON with the cost of an answered question, as
input tokens of one US dollar a million. Needs a demo company; stores nothing.

Why prompts are as long as they are
-----------------------------------
Anthropic keeps a prefix from 1,024 tokens on for Sonnet and from 4,096 on for Haiku 4.5, for five minutes
after its last use; writing costs 1.25 and reading 0.1 of a plain token. With the share h of calls that find
it kept, a prefix of P tokens costs P (0.1 h + 1.25 (1 - h)) a call; S plain tokens cost S.

Advice, chat, gap and roles are asked of Haiku. Frame and own part come to S = 890. Filled up to 4,096 they
would cost less only from h = 0.90 on. Here 0.87 of the 345 calls come within five minutes of another and
would pay 1,050 tokens each in place of 890, so nothing is filled up there.

A path is asked of Sonnet. Frame and own part come to 1,070 tokens, all of them needed, so they are kept as
they are: the second path within five minutes saves 960 plain tokens, a lonely one pays 270 more.

The frame costs 750 tokens a call, 0.12 of the baseline's cost of an answered question (4,908). Routing and
kept answers pay for it: measured with it, the whole is 0.38 of the baseline.
"""

import argparse
import json
import os
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
for name in [name for name in os.environ if name.endswith(("_API_KEY", "_BASE_URL"))]:
    del os.environ[name]
django.setup()

from asked.stub import Stub, serving
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from careerforge.gateway import offers
from careerforge.people.models import Assignment, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.advising import advice

ASKED = Path(__file__).parent / "asked" / "replay.jsonl"


def people_of(coach: User) -> list[User]:
    """A coach's people in an order that is the same in every demo company."""
    held = Assignment.objects.filter(coach=coach).select_related("employee__profile")
    in_order = ("practice__slug", "seniority", "years_of_experience", "user__joined_at")
    return [one.employee for one in held.order_by(*(f"employee__profile__{name}" for name in in_order))]


def replay(rows: list[dict[str, Any]], start: datetime) -> dict[str, Any]:
    """Ask them all, each at its minute."""
    minute = 0.0
    stub = Stub(lambda: minute)
    coaches = {user.username: user for user in User.objects.filter(username__startswith="coach-")}
    people = {name: people_of(coach) for name, coach in coaches.items()}
    called, answered, wrong, seconds = Counter[str](), 0, 0, []
    with serving(stub) as url:
        os.environ.update(ANTHROPIC_API_KEY="stub", ANTHROPIC_BASE_URL=url)
        for row in rows:
            minute = row["minute"]
            before, began = len(stub.calls), time.perf_counter()
            person = people[row["coach"]][row["about"] % len(people[row["coach"]])]
            now = start + timedelta(minutes=minute)
            given = advice.ask(coaches[row["coach"]], person, row["question"], uuid4(), now)
            seconds.append(time.perf_counter() - began)
            answered += not given.answer.dont_know
            called[row["kind"]] += len(stub.calls) > before
            new = row["kind"] in ("personal", "look-alike")
            wrong += new and given.model_used != "rules" and len(stub.calls) == before
    paid = sum(call.cost for call in stub.calls)
    return {
        "bench": "replay",
        "questions": len(rows),
        "answered": answered,
        "calls": len(stub.calls),
        # Answered with what a model wrote for another person or for a question that only looks alike.
        "wrong_hits": wrong,
        "called_by_kind": dict(sorted(called.items())),
        "models": dict(Counter(call.model for call in stub.calls)),
        "cost_per_answered": round(paid / max(answered, 1)),
        "p50_ms": round(sorted(seconds)[len(seconds) // 2] * 1000),
    }


def main() -> None:
    """Replay in a transaction that is undone."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--first", type=int, default=500, help="only the first so many questions")
    options = parser.parse_args()
    rows = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()][: options.first]
    organisation: UUID = Organisation.objects.get().pk
    with context.organisation(organisation), transaction.atomic():
        # Counts and kept answers go with the transaction as well.
        settings.ASIDE = "default"
        Organisation.objects.update(model_allowed=True)
        offers.fill()
        figures = replay(rows, timezone.now())
        transaction.set_rollback(True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
