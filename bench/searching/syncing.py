"""A worker that takes in new documents all the time, in a process of its own, until it is told to stop.

It gives way to others as the worker of ``serve`` does.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from careerforge.embedded.children import give_way
from careerforge.embedded.supervisor import WORKER_NICENESS

PREFIX = "bench-sync-"


@contextmanager
def worker(organisation: UUID, data: Path | None, cache: Path) -> Iterator[None]:
    """Documents keep coming in while the body runs; they are gone afterwards."""
    script = Path(__file__).resolve()
    given = [str(organisation), str(data or ""), str(cache)]
    environ = os.environ | {
        "CAREERFORGE_DATABASE_ROLE": "application",
        "PYTHONPATH": f"{script.parents[2]}:{script.parents[1]}",
    }
    process = subprocess.Popen(
        [sys.executable, str(script), *given],
        env=environ,
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: give_way(WORKER_NICENESS),
    )
    assert process.stdout
    process.stdout.readline()
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        subprocess.run([sys.executable, str(script), *given, "clean"], env=environ, check=True)


def main() -> None:
    """Take in ten documents of five passages, embed them, and again; or clean up."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
    django.setup()
    from django.utils import timezone

    from careerforge.gateway.redact import Directory
    from careerforge.knowledge.documents.store import Incoming, mark_gone, store_many
    from careerforge.knowledge.index import embedders, indexing
    from careerforge.knowledge.models import Collection, Document
    from careerforge.tenancy import context
    from searching import corpus

    organisation = UUID(sys.argv[1])
    if sys.argv[-1] == "clean":
        with context.organisation(organisation):
            for collection in Collection.objects.all():
                own = Document.objects.filter(collection=collection, external_id__startswith=PREFIX)
                mark_gone(list(own), timezone.now())
        return
    texts = corpus.read(
        Path(sys.argv[2]) if sys.argv[2] else None, embedders.configured(), Path(sys.argv[3]), 1
    )
    print("ready", flush=True)
    batch = 0
    while True:
        batch += 1
        items = [
            Incoming(
                f"{PREFIX}{os.getpid()}-{batch}-{one}",
                "article",
                texts.title(batch * 50 + one * 5),
                "\n\n".join(texts.text(1_000_003 + (batch * 50 + one * 5 + at) * 7919) for at in range(5)),
            )
            for one in range(10)
        ]
        with context.organisation(organisation):
            collection = Collection.objects.get(name="rest")
            store_many(collection, items, timezone.now(), directory=Directory(frozenset()))
        with context.organisation(organisation):
            indexing.index_pending()


if __name__ == "__main__":
    main()
