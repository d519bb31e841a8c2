"""What a look at an address gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """Something that may be a source: a kind, where, and how it was noticed. Not tried yet."""

    kind: str
    location: str
    seen: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    # Nothing points to it; it is tried when everything else came to nothing.
    is_guess: bool = False


@dataclass(frozen=True)
class Proposal:
    """A source that was tried and gave something.

    Attributes:
        kind, location, settings: what to make a connection of.
        seen: how it was noticed, in words.
        count: how many documents its first answer held.
        titles: those of the first few.
    """

    kind: str
    location: str
    settings: Mapping[str, Any]
    seen: str
    count: int
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discovery:
    """Proposals, best first; without any, ``reason`` says in words why, and ``offers_upload`` that the
    documents themselves may be handed in. ``tried`` tells of each attempt that came to nothing. ``by_hand``
    is what it is all the same, once somebody says where its entries stand.
    """

    proposals: tuple[Proposal, ...] = ()
    reason: str = ""
    tried: tuple[str, ...] = ()
    offers_upload: bool = False
    by_hand: Candidate | None = None
