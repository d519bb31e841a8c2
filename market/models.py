from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models import Collection, Document
from careerforge.skills.models import LEVEL, TOP_LEVEL, between
from careerforge.tenancy.models import LargeTenantModel

if TYPE_CHECKING:
    from careerforge.people.models import User


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, person: "User") -> "PostingQuerySet":
        """Postings whose document the person may read."""
        return self.filter(collection__in=Collection.objects.visible_to(person))

    def current(self) -> "PostingQuerySet":
        """Those that are open: their document is at its source, is published, and repeats no other.

        Asked of the document each time, so that what is removed or closed is in no figure from then on.
        """
        return self.filter(
            document__gone_at__isnull=True,
            document__same_as__isnull=True,
            document__current_version__isnull=False,
            document__kind=Document.Kind.POSTING,
            collection__removed_at__isnull=True,
        )

    def of_the_market(self) -> "PostingQuerySet":
        """Others' postings: the company's own are openings, never demand."""
        return self.filter(collection__about=Collection.Market.MARKET)


class Posting(LargeTenantModel):
    """A vacancy as one document tells it: what can be counted of it.

    Made from a version of the document by the names of roles and skills at that time (``names``), and made
    again when either changes. The row stays when the vacancy is gone: it says when it was there.
    """

    document = models.OneToOneField("knowledge.Document", on_delete=models.CASCADE, related_name="posting")
    version = models.ForeignKey("knowledge.DocumentVersion", on_delete=models.CASCADE, related_name="+")
    collection = models.ForeignKey("knowledge.Collection", on_delete=models.CASCADE, related_name="+")
    # ``reading.Names.state`` at the time.
    names = models.CharField(max_length=32)
    # The company's role that the title means; none where no role is near enough.
    role = models.ForeignKey("skills.Role", on_delete=models.SET_NULL, null=True, related_name="postings")
    # How high the title says the job is, where it does.
    level = models.PositiveSmallIntegerField(_("level"), null=True)
    company = models.CharField(_("company"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    # The labour market: the region that the source or its connection names, else the country.
    region = models.CharField(_("region"), max_length=80, blank=True)
    remote = models.BooleanField(_("remote"), null=True)
    employment = models.CharField(_("employment"), max_length=20, blank=True)
    # Per ``pay_period``, in minor units of ``currency``; null where nothing is said.
    pay_min = models.BigIntegerField(null=True)
    pay_max = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    pay_period = models.CharField(max_length=5, blank=True)
    # The source guessed the pay.
    pay_is_guess = models.BooleanField(default=False)
    first_seen_at = models.DateTimeField(_("first seen"))
    skills = models.ManyToManyField("skills.Skill", through="PostingSkill", related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pay_min__isnull=True, pay_max__isnull=True) | ~models.Q(currency=""),
                name="pay_of_a_posting_has_a_currency",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-first_seen_at", "-id"], name="postings_newest_first"),
        ]

    def __str__(self) -> str:
        return self.document.title

    @property
    def last_seen_at(self) -> datetime:
        """When it was last known to be there: at the end of its source's last complete synchronisation.

        Needs its document and collection. Nothing is written for a posting that is still there.
        """
        document = self.document
        if document.gone_at is not None:
            return document.gone_at
        return max(self.collection.seen_at or document.fetched_at, document.fetched_at)


class PostingSkill(LargeTenantModel):
    """A posting asks for a skill, at a level where it says one."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="asks", db_index=False)
    skill = models.ForeignKey("skills.Skill", on_delete=models.CASCADE, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField(_("level"), null=True, validators=LEVEL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "posting", "skill"], name="a_posting_asks_for_a_skill_once"
            ),
            between("level", 1, TOP_LEVEL, "asked_level_between_1_and_5"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["skill", "posting"], name="postings_asking_for_a_skill"),
            # What goes with its posting is found by it alone.
            models.Index(fields=["posting"], name="skills_of_a_posting"),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} asks for {self.skill_id}"
