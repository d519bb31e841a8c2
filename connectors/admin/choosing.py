"""What there is to choose from when a source is added, and what was found at a pasted address."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careerforge.people.models import User
from connectors.discovery import Discovery
from connectors.discovery.asking import ask
from connectors.health.standing import kinds
from connectors.kinds import links, registry
from connectors.kinds.kind import Kind, Preset, Words


@dataclass(frozen=True)
class Pick:
    """Something that was found, as the page shows it and as the form takes it."""

    label: Words
    kind: str
    location: str
    # Without a query, which may hold a key.
    where: str
    settings: str
    seen: str
    count: int
    titles: tuple[str, ...]


def look(user: User, location: str, now: datetime) -> Discovery:
    """What is at an address, or why nothing is."""
    return ask(user, location[:2000], now)


def proposals(found: Discovery) -> Iterator[Pick]:
    """What was found, each ready to be picked."""
    for one in found.proposals:
        label = registry.find(one.kind).label
        settings = json.dumps(dict(one.settings))
        where = links.shown(one.location)
        yield Pick(label, one.kind, one.location, where, settings, one.seen, one.count, one.titles)


def offers() -> dict[str, Any]:
    """Every kind, with whether it is known from documentation only, and every well-known source."""
    documented = dict(kinds())
    return {
        "kinds": [(kind, documented[kind.key]) for kind in registry.all_kinds()],
        "presets": list(_presets()),
    }


def _presets() -> Iterator[tuple[Kind, Preset]]:
    """Where a kind has one only, its card says it all."""
    for kind in registry.all_kinds():
        if len(kind.presets) > 1:
            yield from ((kind, preset) for preset in kind.presets)
