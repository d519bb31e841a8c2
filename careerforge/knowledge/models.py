from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from careerforge.knowledge import terms
from careerforge.tenancy.models import LargeTenantModel, TenantModel

if TYPE_CHECKING:
    from careerforge.people.models import User


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, person: "User") -> "CollectionQuerySet":
        """Collections whose audience the person belongs to. The rule is in ``people.access``."""
        from careerforge.people.access import audiences_of

        return self.filter(audiences_of(person), removed_at__isnull=True)


class Collection(TenantModel):
    """Documents that share one audience: one per connection, and one for the company's own."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        COACHES = "coaches", _("Coaches")
        HR = "hr", _("HR")
        PRACTICE = "practice", _("One practice")
        REGION = "region", _("One region")

    class Market(models.TextChoices):
        COMPANY = "company", _("Our company")
        MARKET = "market", _("The market")

    name = models.CharField(_("name"), max_length=120)
    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience.choices, default=Audience.EVERYONE
    )
    audience_practice = models.ForeignKey(
        "skills.Practice", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience_region = models.CharField(_("region"), max_length=40, blank=True)
    # Own postings become openings, never demand.
    about = models.CharField(_("about"), max_length=8, choices=Market.choices, default=Market.MARKET)
    # What a search has to expect here: live chunks, their words, and the ways they are stemmed.
    passages = models.PositiveIntegerField(_("passages"), default=0, editable=False)
    words = models.PositiveBigIntegerField(default=0, editable=False)
    configurations = ArrayField(models.CharField(max_length=32), default=list, editable=False)
    # How its words are written in the word index.
    wording = models.PositiveSmallIntegerField(default=terms.wording, editable=False)
    # When its source was last read to the end: until then its documents are known to be there.
    seen_at = models.DateTimeField(_("last seen"), null=True, editable=False)
    # From then on nobody sees it; a job removes what is in it.
    removed_at = models.DateTimeField(null=True, editable=False)
    # What its word is worth to a search, 0 to 1, and how that was counted; see ``trend``.
    trust = models.FloatField(_("trust"), default=1.0, editable=False)
    trust_rows = models.JSONField(default=list, editable=False)
    trust_at = models.DateTimeField(null=True, editable=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_collection_per_name"),
            models.CheckConstraint(
                condition=~models.Q(audience="practice") | models.Q(audience_practice__isnull=False),
                name="an_audience_of_one_practice_names_it",
            ),
            models.CheckConstraint(
                condition=~models.Q(audience="region") | ~models.Q(audience_region=""),
                name="an_audience_of_one_region_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: "User") -> "DocumentQuerySet":
        """The only door to text: documents in collections that the person may see."""
        return self.filter(collection__in=Collection.objects.visible_to(person))

    def current(self) -> "DocumentQuerySet":
        """Documents that are still at their source."""
        return self.filter(gone_at__isnull=True)

    def leading(self) -> "DocumentQuerySet":
        """One document for each text: those that only repeat another are left out."""
        return self.filter(same_as__isnull=True)


class Document(TenantModel):
    """Something that can be cited. Identity is (collection, external id); its text has versions."""

    class Kind(models.TextChoices):
        POSTING = "posting", _("Posting")
        SALARY_REPORT = "salary_report", _("Salary report")
        CERTIFICATION_GUIDE = "certification_guide", _("Certification guide")
        LADDER = "ladder", _("Ladder")
        POLICY = "policy", _("Policy")
        PLAYBOOK = "playbook", _("Playbook")
        MARKET_REPORT = "market_report", _("Market report")
        COURSE = "course", _("Course")
        ARTICLE = "article", _("Article")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="documents")
    external_id = models.CharField(max_length=500)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ARTICLE)
    title = models.CharField(_("title"), max_length=300)
    url = models.TextField(_("address"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    region = models.CharField(_("region"), max_length=40, blank=True)
    topics = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    published_at = models.DateTimeField(_("published"), null=True)
    fetched_at = models.DateTimeField(_("fetched"))
    current_version = models.ForeignKey(
        "DocumentVersion", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    gone_at = models.DateTimeField(_("gone since"), null=True)
    # The document of the same audience whose text this one repeats: it is one more origin of that document,
    # with a text of its own, which no search reads, so that it can stand alone as soon as audiences part.
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="repeats", editable=False
    )
    # To be compared with the others again, and to be made findable if it stands alone.
    waits = models.BooleanField(default=False, editable=False)
    # What came last, also if it is held for review: :func:`incoming.content_hash`.
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    quality = models.FloatField(_("quality"), null=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "collection", "external_id"], name="one_document_per_external_id"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-fetched_at"], name="documents_newest_first"),
            models.Index(fields=["organisation", "kind"], name="documents_by_kind"),
            models.Index(
                fields=["collection"], condition=models.Q(waits=True), name="documents_to_be_compared"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(TenantModel):
    """The text of a document as it stood, names of the directory masked. Never edited."""

    class State(models.TextChoices):
        CLEAR = "clear", _("Published")
        HELD = "held", _("Held for review")
        RELEASED = "released", _("Released")
        REJECTED = "rejected", _("Rejected")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    # HMAC over the canonical projection of what the source sent, before masking.
    content_hash = models.CharField(max_length=64)
    text = models.TextField(_("text"))
    # What the source says in fields: ``facts.to_json``.
    facts = models.JSONField(default=dict, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.CLEAR)
    # Why it is held: codes of ``suspicion`` with places in the text; and what came with it, to be the
    # document's title, kind, language and date once somebody has released it.
    suspicions = models.JSONField(default=list, editable=False)
    described = models.JSONField(default=dict, editable=False)
    made_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("document version")
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "-made_at"],
                condition=models.Q(state="held"),
                name="versions_held_for_review",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "document", "number"], name="one_row_per_document_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"


class HeldVersion(DocumentVersion):
    """A version that somebody has to look at."""

    class Meta:
        proxy = True
        verbose_name = _("held document")
        verbose_name_plural = _("held documents")


class Sketch(LargeTenantModel):
    """A document's text in four numbers: texts that nearly agree share at least one. See ``likeness``."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="sketch")
    one = models.BigIntegerField(db_index=True)
    two = models.BigIntegerField(db_index=True)
    three = models.BigIntegerField(db_index=True)
    four = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.document_id}: {self.one:x}"


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
