from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel
from learning.models.way import Path


class PathDraft(TenantModel):
    """A path in a model's words: it waits for the person's coach, and then for the person's own yes.

    It orders and words what the rules plan; what there is to learn, to which level and in how many hours, is
    never here. The newest one that the person has taken is followed by every version that is built.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a coach")
        # Approved by the coach; the person has not said which of it they take.
        OFFERED = "offered", _("Offered to the person")
        APPROVED = "approved", _("Taken by the person")
        REJECTED = "rejected", _("Rejected")
        LAPSED = "lapsed", _("Lapsed")
        CANCELLED = "cancelled", _("Cancelled by the person")
        # Approved once; the person took nothing of it or went back to the rules, or a newer one came.
        SET_ASIDE = "set_aside", _("Set aside")

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="drafts")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    summary = models.TextField()
    model = models.CharField(max_length=80)
    prompt_version = models.CharField(max_length=64)
    # The ledger's row of the call.
    call = models.UUIDField(null=True)
    # Names of the checks that it has passed.
    checks = models.JSONField(default=list)
    # Whether a second run agreed.
    agreed = models.BooleanField()
    # Sentences, and those of them that what was given supports.
    sentences = models.PositiveSmallIntegerField()
    supported = models.PositiveSmallIntegerField()
    # Those that nothing supports: left out of the path, shown to the coach who decides.
    struck = models.JSONField(default=list)
    # The passages that its summary stands on, by their chunks.
    stands_on = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    # What the person took: keys of steps in their order, and of those whose words they took. Empty before.
    order = ArrayField(models.CharField(max_length=160), default=list, db_default=[])
    worded = ArrayField(models.CharField(max_length=160), default=list, db_default=[])
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "path"],
                condition=models.Q(state="waiting"),
                name="one_draft_of_a_path_waits",
            ),
            models.UniqueConstraint(
                fields=["organisation", "path"],
                condition=models.Q(state="approved"),
                name="one_draft_of_a_path_is_followed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", ended_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(ended_at__isnull=False)),
                name="a_draft_has_an_end_once_it_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PathDraftStep(LargeTenantModel):
    """One step of a draft: its place, its words, and the resources that were chosen for it."""

    draft = models.ForeignKey(PathDraft, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    # Of a planned node: "skill:<slug>:<level>", "project:<slug>", …
    key = models.CharField(max_length=160)
    title = models.CharField(max_length=200)
    description = models.TextField()
    # Ids of catalogue rows; looked up again whenever a version is built.
    resources = ArrayField(models.UUIDField(), default=list)
    # The passages that its words stand on, by their chunks.
    stands_on = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "draft", "key"], name="a_draft_has_a_step_once")
        ]

    def __str__(self) -> str:
        return self.key
