"""Where a search looks: what the asker may see, already narrowed down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from careerforge.knowledge.models import Collection


class Place(NamedTuple):
    """A collection, as far as a search is concerned."""

    pk: UUID
    passages: int
    words: int
    configurations: Sequence[str]
    trust: float


@dataclass(frozen=True)
class Scope:
    """Collections, with what they say of themselves, and a filter on their documents.

    Attributes:
        passages: how many there are in these collections; ``words``: how many words they have.
        configurations: the ways their words are stemmed.
        kinds, region, since, until, topic: what is wanted of their documents; both days count.
    """

    collections: Sequence[UUID]
    passages: int
    words: int
    configurations: Sequence[str]
    kinds: Sequence[str] = ()
    region: str = ""
    since: date | None = None
    until: date | None = None
    topic: str = ""

    @classmethod
    def of(
        cls,
        collections: Sequence[Collection | Place],
        kinds: Sequence[str] = (),
        region: str = "",
        since: date | None = None,
        until: date | None = None,
        topic: str = "",
    ) -> "Scope":
        """All of some collections, or only documents of some kinds, a region or none, some days, a topic."""
        return cls(
            [one.pk for one in collections],
            sum(one.passages for one in collections),
            sum(one.words for one in collections),
            sorted({name for one in collections for name in one.configurations}),
            kinds,
            region,
            since,
            until,
            topic,
        )

    @property
    def average(self) -> float:
        """Words of a passage."""
        return max(self.words / max(self.passages, 1), 1.0)

    @property
    def is_filtered(self) -> bool:
        """Whether only some documents of the collections are wanted."""
        return bool(self.kinds or self.region or self.since or self.until or self.topic)
