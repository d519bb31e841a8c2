"""Read every file below a folder, one after the other in this process, and print what happened as JSON.

Run by ``test_every_recording_in_one_run``; with ``embed`` the built-in embedder is loaded and warm first, and
each item's text is embedded in part, as a worker does.
"""

import json
import resource
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import django

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def main(folder: Path, embed: bool) -> dict[str, object]:
    from careerforge.embedded import weights
    from careerforge.gateway.embedding import default_embedder

    embedder = default_embedder(weights.folder()) if embed else None
    if embedder:
        embedder.embed(["warming up " * 200] * 32)
    before = _rss()
    shapes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    silent, files, rejected = [], 0, 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        files += 1
        parsed = _read(str(path.relative_to(folder)), path.read_bytes())
        shapes[parsed.shape] += 1
        kinds.update(item.kind for item in parsed.items)
        rejected += not parsed.items
        if not parsed.items and not parsed.problems:
            silent.append(str(path))
        if embedder and parsed.items:
            embedder.embed([item.text[:2000] for item in parsed.items[:8]])
    return {
        "files": files, "read": files - rejected, "rejected": rejected, "without_reason": silent,
        "items": kinds.total(), "shapes": shapes, "kinds": kinds,
        "embedder": embedder.name if embedder else "",
        "before_mb": before, "peak_mb": _rss(), "largest_child_mb": _rss(resource.RUSAGE_CHILDREN),
    }  # fmt: skip


def _read(name: str, content: bytes):
    from connectors.parsing.canonical import content_hash
    from connectors.parsing.details import details
    from connectors.parsing.sniff import parse

    parsed = parse(name, content, now=NOW)
    for item in parsed.items:
        details(item)
        content_hash(item, b"key")
    return parsed


def _rss(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that was in use at once so far, in MB."""
    return round(resource.getrusage(who).ru_maxrss / 1000, 1)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(Path(sys.argv[1]), "embed" in sys.argv[2:])))
