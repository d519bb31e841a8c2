"""Documents, and their texts as they stood."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models.collection import Collection
from careerforge.tenancy.models import LargeTenantModel, TenantModel

if TYPE_CHECKING:
    from careerforge.people.models import User


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
            models.Index(
                fields=["collection", "region"],
                condition=models.Q(gone_at__isnull=True) & ~models.Q(region=""),
                name="documents_by_region",
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
