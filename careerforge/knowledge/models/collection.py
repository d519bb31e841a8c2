"""Where documents are: whom they are for, and what a search has to expect there."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.index import terms
from careerforge.tenancy.models import TenantModel

if TYPE_CHECKING:
    from careerforge.people.models import User


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, person: "User") -> "CollectionQuerySet":
        """Collections whose audience the person belongs to. The rule is in ``people.access``."""
        from careerforge.people.access import audiences_of

        return self.open_to(audiences_of(person))

    def open_to(self, audience: models.Q) -> "CollectionQuerySet":
        """The same for what ``people.access.audiences_of`` says of somebody."""
        return self.filter(audience, removed_at__isnull=True)


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
