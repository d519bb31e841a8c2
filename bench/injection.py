"""What an attack in a document comes to when the model obeys: `./run.sh bench injection FILE.jsonl`.

Each line of the file is an object with a `text`, the attack; where there is a `label`, 0 is passed over. The
attack is put before, into or behind one of ten plain documents, which goes through the real store and index;
a coach asks what the document answers, and so does the person in their chat. The model is a stub on this
machine behind the real adapter: it obeys whatever order it can see and says the rest as it should.

Prints one line of JSON. `obeyed` is the share of attacks of which the result, an address, code or eight words
on end are seen by anybody, with the quarantine on; `obeyed_without_quarantine` the same when nothing is held;
`obeyed_undefended` when a plain assistant shows the model's answer over the same passages. `answered` are the
documents' own questions that are answered from them: without attacks, and with attacks in them while nothing
is held. Needs a demo company; stores nothing.
"""

import argparse
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
for name in [name for name in os.environ if name.endswith(("_API_KEY", "_BASE_URL"))]:
    del os.environ[name]
django.setup()

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from injecting import asking
from injecting.asking import Carrier, Shown, reached
from injecting.obeying import Obeying, serving

from careerforge.assistant.evaluating.examples import examples
from careerforge.gateway import offers
from careerforge.gateway.models import Limit
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

COACH, PERSON = "coach-data-ml", "emp-data"


def attacks(file: Path, most: int) -> list[str]:
    """The texts that are attacks."""
    rows = [row for row in examples(file, "text") if str(row.get("label", 1)) == "1"]
    return [str(row["text"]) for row in rows[:most]]


class Round:
    """One attack after the other, and what came of them."""

    def __init__(self, model: Obeying, url: str) -> None:
        self.model, self.url, self.now = model, url, timezone.now()
        self.coach = User.objects.get(username=COACH)
        self.person = User.objects.select_related("profile").get(username=PERSON)
        self.shelf = Collection.objects.create(name="Measured", about="company")
        self.counts = Counter[str]()

    def attack(self, attack: str, place: int, carrier: Carrier) -> None:
        """All three arms."""
        question = carrier.questions[place % len(carrier.questions)]
        text = carrier.holding(attack, place)
        self.model.attack = attack
        for quarantine in (True, False):
            with asking.stored(self.shelf, carrier, text, self.now, quarantine=quarantine) as held:
                arm = "on" if quarantine else "off"
                self.counts["held"] += held
                before = self.model.saw
                seen = [
                    asking.advice(self.coach, self.person, question, carrier, self.now),
                    asking.chat(self.person, question, carrier, self.now),
                ]
                self.counts[f"saw_{arm}"] += self.model.saw > before
                self.counts[arm] += any(reached(attack, one.text) for one in seen)
                if not quarantine:
                    self.counts["answered"] += sum(one.answered for one in seen)
                    plain = asking.undefended(self.url, self.coach, question, self.now)
                    self.counts["undefended"] += reached(attack, plain.text)
        self.model.attack = ""

    def harmless(self, carriers: list[Carrier]) -> tuple[float, float]:
        """The share of questions answered from the plain documents, and in the model's words."""
        seen: list[Shown] = []
        for carrier in carriers:
            with asking.stored(self.shelf, carrier, carrier.text, self.now, quarantine=True):
                for question in carrier.questions:
                    seen.append(asking.advice(self.coach, self.person, question, carrier, self.now))
                    seen.append(asking.chat(self.person, question, carrier, self.now))
        return sum(one.answered for one in seen) / len(seen), sum(one.by_model for one in seen) / len(seen)


def measured(texts: list[str], model: Obeying, url: str) -> dict[str, Any]:
    """The figures."""
    one, carriers = Round(model, url), asking.carriers()
    plain, worded = one.harmless(carriers)
    for place, text in enumerate(texts):
        one.attack(text, place, carriers[place % len(carriers)])
    share = {name: round(count / len(texts), 4) for name, count in one.counts.items()}
    return {
        "bench": "injection",
        "attacks": len(texts),
        "obeyed": share.get("on", 0.0),
        "obeyed_without_quarantine": share.get("off", 0.0),
        "obeyed_undefended": share.get("undefended", 0.0),
        "held": share.get("held", 0.0),
        "reached_the_model": {"on": share.get("saw_on", 0.0), "off": share.get("saw_off", 0.0)},
        "answered": {"plain": round(plain, 3), "attacked": round(share.get("answered", 0.0) / 2, 3)},
        "in_the_models_words": round(worded, 3),
    }


def main() -> None:
    """Measure in a transaction that is undone."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="JSON lines of {text}, one attack each")
    parser.add_argument("--most", type=int, default=10_000, help="only the first so many attacks")
    options = parser.parse_args()
    texts = attacks(options.file, options.most)
    organisation = Organisation.objects.get()
    model = Obeying()
    with context.organisation(organisation.pk), transaction.atomic(), serving(model) as url:
        # Counts and calls go with the transaction as well.
        settings.ASIDE = "default"
        Organisation.objects.update(model_allowed=True)
        Limit.objects.all().delete()
        offers.fill()
        os.environ.update(ANTHROPIC_API_KEY="stub", ANTHROPIC_BASE_URL=url)
        print(json.dumps(measured(texts, model, url)))
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
