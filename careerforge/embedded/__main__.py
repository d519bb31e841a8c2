"""The verbs of `./run.sh`.

Runs twice: with whatever Python was found, to make the environment, and then with the environment's own.
"""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Python put this file's folder first; imports must start at the clone.
sys.path[0] = str(ROOT)

from careerforge.embedded import environment  # noqa: E402
from careerforge.embedded.problem import Problem  # noqa: E402

HELP = """\
./run.sh serve               set up, start everything, print the address and the sign-ins; Ctrl-C stops it
./run.sh test [pytest args]  run the suite, browser tests included
./run.sh check               formatting, lint, types, imports, migrations, deployment settings
./run.sh manage ...          manage.py ... with the database up
./run.sh bench [name]        benchmarks, each printing one line of JSON
./run.sh setup               only set up (again), for example to fetch a missing embedding model
"""
DEVELOPERS = {"test", "check"}


def main(arguments: Sequence[str]) -> int:
    """Run one verb; the exit code."""
    verb, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    if verb in {"help", "--help", "-h"}:
        print(HELP, end="")
        return 0
    try:
        environment.make(ROOT, developer=verb in DEVELOPERS, again=verb == "setup")
        if not environment.inside(ROOT):
            python = environment.python(ROOT)
            os.execv(python, [str(python), __file__, *arguments])  # noqa: S606 - no shell is wanted
        return _run(verb, rest)
    except Problem as problem:
        print(f"CareerForge: {problem}", file=sys.stderr)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        print("CareerForge: the disk is full; free some space and start again", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _run(verb: str, rest: list[str]) -> int:
    # Imported here: these need the environment.
    from careerforge.embedded import supervisor, verbs

    known: dict[str, Callable[[Path, list[str]], int]] = {
        "serve": supervisor.serve,
        "test": verbs.test,
        "check": verbs.check,
        "manage": verbs.manage,
        "bench": verbs.bench,
        "setup": lambda root, rest: 0,
    }
    if verb not in known:
        raise Problem(f"there is no './run.sh {verb}'; './run.sh help' lists what there is")
    return known[verb](ROOT, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
