from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel
from learning.models.way import Path


class PathDraft(TenantModel):
    """A path in a model's words: it waits for the person's coach, and counts only once they have approved it.

    It orders and words what the rules plan; what there is to learn, to which level and in how many hours, is
    never here. The newest approved one of a path is followed by every version that is built.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a coach")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        LAPSED = "lapsed", _("Lapsed")
        CANCELLED = "cancelled", _("Cancelled by the person")
        # Approved once; the person has gone back to the path by rules, or a newer one was approved.
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

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "draft", "key"], name="a_draft_has_a_step_once")
        ]

    def __str__(self) -> str:
        return self.key
