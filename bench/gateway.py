"""What the road to a model costs beside the model: milliseconds and queries a call, and a hundred at once.

Asks a stub on this machine `--calls` different questions one after the other, then the same new question a
hundred times at once. Prints one line of JSON. Needs a demo company; what it adds it removes.
"""

import argparse
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
django.setup()

from asked.stub import Stub, serving
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from searching.figures import quantiles, surroundings

from careerforge.assistant.schemas import Advice
from careerforge.gateway import offers, providers
from careerforge.gateway.budget import Asker
from careerforge.gateway.cache import Keeping
from careerforge.gateway.models import CachedAnswer, ModelCall, Spend
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.provider import Again
from careerforge.gateway.road import Road
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

AT_ONCE = 100
FUNCTION = "bench"
KEEPING = Keeping(
    ("bench",), 3600, lambda _key, text: text.encode(), lambda _key, sealed: bytes(sealed).decode()
)


@dataclass
class Watch:
    """Seconds that were spent at the provider."""

    seconds: float = 0.0
    calls: int = 0
    inner: Any = field(default=providers.Bounded.complete)

    def complete(self, provider: Any, prompt: Prompt, *, timeout_s: float, again: Again) -> Completion:
        """As the provider does, on the clock."""
        began = time.perf_counter()
        try:
            answer: Completion = self.inner(provider, prompt, timeout_s=timeout_s, again=again)
            return answer
        finally:
            self.seconds += time.perf_counter() - began
            self.calls += 1


def prompt(number: object) -> Prompt:
    """A prompt of the size that advice has."""
    return Prompt(
        FUNCTION, "bench-1", "You advise. " * 150, "- SQL stands at 2.\n" * 150, f"{number}?", Advice, 300
    )


def one_by_one(road: Road, calls: int, watch: Watch) -> dict[str, Any]:
    """Milliseconds beside the provider, and queries."""
    taken, queries = [], []
    for number in range(calls + 10):
        before, began = watch.seconds, time.perf_counter()
        own, aside = (CaptureQueriesContext(connections[alias]) for alias in ("default", "aside"))
        with own, aside:
            road.ask(prompt(f"{number} {uuid4()}"), KEEPING)
        taken.append((time.perf_counter() - began - (watch.seconds - before)) * 1000)
        queries.append(sum(one["sql"] not in ("BEGIN", "COMMIT") for one in (*own, *aside)))
    return {**quantiles(taken[10:]), "queries": max(queries[10:])}


def all_at_once(road: Road, watch: Watch) -> dict[str, Any]:
    """Calls to the provider when a hundred miss the same answer."""
    ready, asked, before = Barrier(AT_ONCE), prompt(uuid4()), watch.calls

    def one(_number: int) -> bool:
        ready.wait()
        got = road.ask(asked, KEEPING)
        connections.close_all()
        return isinstance(got, Completion)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answered = sum(pool.map(one, range(AT_ONCE)))
    return {"at_once": AT_ONCE, "answered": answered, "provider_calls": watch.calls - before}


def main() -> None:
    """Ask, print, and take everything back."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=200)
    options = parser.parse_args()
    watch, began, asker = Watch(), timezone.now(), Asker(uuid4())
    providers.Bounded.complete = lambda self, asked, *, timeout_s, again: watch.complete(  # type: ignore[method-assign, misc, assignment]
        self, asked, timeout_s=timeout_s, again=again
    )
    organisation = Organisation.objects.get().pk
    with context.organisation(organisation):
        offers.fill()
        subject = User.objects.select_related("key").order_by("username")[0]
    with serving(Stub(lambda: 0.0)) as url:
        environ = {"ANTHROPIC_API_KEY": "stub", "ANTHROPIC_BASE_URL": url}
        # As it is used: nobody holds a transaction while somebody is asked.
        road = Road(asker, True, environ, subject=subject, organisation=organisation)
        figures = one_by_one(road, options.calls, watch)
        figures |= all_at_once(road, watch)
    with context.organisation(organisation):
        CachedAnswer.objects.filter(function=FUNCTION).delete()
        ModelCall.objects.filter(function=FUNCTION, started_at__gte=began).delete()
        Spend.objects.filter(holder=asker.person).delete()
    print(json.dumps({"bench": "gateway", "calls": options.calls, **figures, **surroundings()}))


if __name__ == "__main__":
    main()
