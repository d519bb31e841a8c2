"""Where a search looks: what the asker may see, already narrowed down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careerforge.knowledge.models import Collection


@dataclass(frozen=True)
class Scope:
    """Collections, with what they say of themselves, and a filter on their documents.

    Attributes:
        passages: how many there are in these collections; ``words``: how many words they have.
        configurations: the ways their words are stemmed.
        kinds, region, since, until: what is wanted of their documents; both days count.
    """

    collections: Sequence[UUID]
    passages: int
    words: int
    configurations: Sequence[str]
    kinds: Sequence[str] = ()
    region: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(
        cls,
        collections: Sequence[Collection],
        kinds: Sequence[str] = (),
        region: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> "Scope":
        """All of some collections, or only documents of some kinds, of a region or none, of some days."""
        return cls(
            [one.pk for one in collections],
            sum(one.passages for one in collections),
            sum(one.words for one in collections),
            sorted({name for one in collections for name in one.configurations}),
            kinds,
            region,
            since,
            until,
        )

    @property
    def average(self) -> float:
        """Words of a passage."""
        return max(self.words / max(self.passages, 1), 1.0)

    @property
    def is_filtered(self) -> bool:
        """Whether only some documents of the collections are wanted."""
        return bool(self.kinds or self.region or self.since or self.until)
