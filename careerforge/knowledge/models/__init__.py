"""Collections hold documents, whose versions are cut into passages, which have words and vectors."""

from careerforge.knowledge.models.collection import Collection, CollectionQuerySet
from careerforge.knowledge.models.document import (
    Document,
    DocumentQuerySet,
    DocumentVersion,
    HeldVersion,
    Sketch,
)
from careerforge.knowledge.models.passage import Chunk, Posting
from careerforge.knowledge.models.vectors import ChunkVector, IndexGeneration

__all__ = [
    "Chunk",
    "ChunkVector",
    "Collection",
    "CollectionQuerySet",
    "Document",
    "DocumentQuerySet",
    "DocumentVersion",
    "HeldVersion",
    "IndexGeneration",
    "Posting",
    "Sketch",
]
