"""What passages mean, in numbers: one embedder's vectors are a generation."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from careerforge.knowledge.models.collection import Collection
from careerforge.knowledge.models.passage import Chunk
from careerforge.tenancy.models import LargeTenantModel


class IndexGeneration(models.Model):
    """One embedder's vectors over everything. A new one is built beside the live one, then switched."""

    class State(models.TextChoices):
        BUILDING = "building", _("Building")
        LIVE = "live", _("Live")
        RETIRED = "retired", _("Retired")

    embedder = models.CharField(_("embedder"), max_length=80)
    dimensions = models.PositiveSmallIntegerField(_("dimensions"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.BUILDING)
    # What came of asking it and the live one the same questions: ``comparison.Comparison``.
    comparison = models.JSONField(default=dict, editable=False)
    # A person has gone back to another one: no job takes it up again.
    declined = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="live"), name="one_live_index_generation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.embedder} ({self.dimensions})"


class ChunkVector(LargeTenantModel):
    """One vector of one generation: of any width, in half precision, so that scans and graphs are small.

    A longer chunk has one for each window of its text; the nearest of them counts.
    """

    generation = models.ForeignKey(
        IndexGeneration, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+", db_index=False)
    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, related_name="vectors")
    part = models.PositiveSmallIntegerField(default=0)
    embedding = HalfVectorField()
    # Whether the generation's graph holds it. New ones wait outside, where each is compared.
    in_graph = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["generation", "chunk", "part"], name="one_vector_per_part_and_generation"
            )
        ]
        indexes: ClassVar = [
            # With the organisation in it, row-level security is asked once a search and not once a row.
            models.Index(fields=["generation", "organisation", "collection"], name="vectors_of_a_collection"),
            models.Index(
                fields=["generation", "organisation", "collection"],
                condition=models.Q(in_graph=False),
                name="vectors_outside_the_graph",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.generation_id}:{self.chunk_id}"
