"""Does the support check see a changed number, unit, name or sign, and leave other wordings alone?

Each sentence of `asked/grounding.toml` is checked against its document among four others. Prints a line of
JSON for what the check was made on and one for what was held out: by kind of change the share that was
struck, ``recall`` of all changes and ``false_alarms`` of what is supported, in the same words or in others;
``p50_ms`` and ``max_ms`` are the times of a sentence.
"""

import argparse
import json
import os
import time
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
django.setup()

from bench.asked.changed import Example, examples, figures
from careerforge.assistant.grounding import Support, support
from careerforge.knowledge.index import embedders


def timed(example: Example, *, with_meaning: bool) -> tuple[Support, float]:
    """How a sentence is supported, and in how many milliseconds."""
    embedder = embedders.built_in() if with_meaning else None
    started = time.perf_counter()
    found = support(example.text, example.passages, embedder=embedder)
    return found, (time.perf_counter() - started) * 1000


def main() -> None:
    """Check them all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--meaning", action="store_true", help="with the local embedder")
    parser.add_argument("--wrong", action="store_true", help="also print what went wrong; nothing held out")
    options = parser.parse_args()
    # The first one loads what all need.
    every = [(one, *timed(one, with_meaning=options.meaning)) for one in [next(examples()), *examples()]][1:]
    for held_out in (False, True):
        half = [(one, not found.holds) for one, found, _ms in every if one.held_out is held_out]
        times = [ms for one, _found, ms in every if one.held_out is held_out]
        took = {"p50_ms": round(median(times), 1), "max_ms": round(max(times), 1)}
        print(json.dumps({"held_out": held_out, "n": len(half), **figures(half), **took}))
    if options.wrong:
        for one, found, _ms in every:
            if found.holds is not one.right and not one.held_out:
                print(one.kind, one.text, found.score, *found.missing, found.quote, sep="\t")


if __name__ == "__main__":
    main()
