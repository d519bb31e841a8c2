"""Passages of documents, and the words they can be found by."""

from typing import ClassVar

from django.db import models

from careerforge.knowledge.models.collection import Collection
from careerforge.knowledge.models.document import Document, DocumentVersion
from careerforge.tenancy.models import LargeTenantModel


class Chunk(LargeTenantModel):
    """A passage of one version, with its place in the text: ``version.text[start:end]``."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+", db_index=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="chunks")
    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="chunks")
    ordinal = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    # The text-search configuration the words were stemmed with, and how many there are.
    configuration = models.CharField(max_length=32, default="english")
    length = models.PositiveSmallIntegerField(default=0)
    # False once a newer version has replaced it; old citations still open.
    live = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "version", "ordinal"], name="one_chunk_per_place")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "collection"], name="chunks_of_a_collection"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} #{self.ordinal}"


class Posting(LargeTenantModel):
    """A word and chunks it stands in: a few rows per word and collection, replaced and never changed.

    PostgreSQL's own word index cannot be used below row-level security, because ``@@`` is not leakproof;
    equality of texts is. ``bm25`` says what is packed, ``postings`` keeps the rows.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+", db_index=False)
    lexeme = models.CharField(max_length=64)
    packed = models.BinaryField()
    size = models.PositiveIntegerField()
    # The lowest and the highest chunk.
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["collection", "lexeme"], name="postings_of_a_word"),
        ]

    def __str__(self) -> str:
        return f"{self.lexeme}: {self.size}"
