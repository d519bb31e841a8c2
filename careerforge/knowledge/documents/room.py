"""How much a collection may still take: so that no upload fills the database."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Length

from careerforge.knowledge.models import Collection, DocumentVersion

# Of one collection, all versions of its documents counted.
MOST_VERSIONS, MOST_CHARACTERS = 100_000, 500_000_000


@dataclass(frozen=True)
class Room:
    """What is left, in versions of documents and in characters of text; never below 0."""

    versions: int
    characters: int

    @property
    def is_full(self) -> bool:
        """Nothing more goes in."""
        return not self.versions or not self.characters


def room(collection: Collection) -> Room:
    """What is left in a collection: one query that reads lengths, not texts."""
    versions = DocumentVersion.objects.filter(document__collection=collection)
    used = versions.aggregate(count=Count("pk"), characters=Sum(Length("text")))
    return Room(max(MOST_VERSIONS - used["count"], 0), max(MOST_CHARACTERS - (used["characters"] or 0), 0))
