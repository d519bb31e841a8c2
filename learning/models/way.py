from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerforge.skills.models import between
from careerforge.tenancy.models import LargeTenantModel, TenantModel
from learning.models.catalogue import Resource


class Target(TenantModel):
    """The role a person is heading for, chosen by themselves."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="targets")
    role = models.ForeignKey("skills.Role", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(ended_at__isnull=True),
                name="a_person_has_one_target_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.role_id}"


class Step(TenantModel):
    """One piece of a person's way: belongs to the person, so that finished work counts everywhere."""

    class Type(models.TextChoices):
        SKILL = "skill", _("Skill")
        CERTIFICATE = "cert", _("Certificate")
        PROJECT = "project", _("Project")
        MILESTONE = "milestone", _("Milestone")

    class Status(models.TextChoices):
        TODO = "todo", _("To do")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Skipped")

    class SkipReason(models.TextChoices):
        KNOWN = "known", _("I already do this at work")
        NOT_RELEVANT = "not_relevant", _("Not relevant for where I am going")
        NO_TIME = "no_time", _("No time for it now")
        OTHER_WAY = "other_way", _("I will learn it another way")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="steps")
    # What makes a step the same one in every version: "skill:<slug>:<level>", "project:<slug>", …
    key = models.CharField(max_length=160)
    type = models.CharField(_("type"), max_length=10, choices=Type.choices)
    skill = models.ForeignKey(
        "skills.Skill", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The level the step ends at, for a skill.
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.TODO)
    skip_reason = models.CharField(max_length=16, choices=SkipReason.choices, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "key"], name="a_person_has_a_step_once"),
            models.CheckConstraint(
                condition=(models.Q(status="skipped") & ~models.Q(skip_reason=""))
                | (~models.Q(status="skipped") & models.Q(skip_reason="")),
                name="a_skipped_step_has_a_reason_and_no_other_has",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Path(TenantModel):
    """A person's way to one role. Its versions are kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="paths")
    role = models.ForeignKey("skills.Role", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "role"], name="one_path_per_role")
        ]

    def __str__(self) -> str:
        return str(self.id)


class PathVersion(TenantModel):
    """An ordering of steps, as it was decided on a day. Never edited."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    summary = models.TextField()
    # "rules", or the model that worded it.
    built_by = models.CharField(max_length=80, default="rules")
    prompt_version = models.CharField(max_length=64, default="rules-1")
    # What a coach had approved of a model's words, when it was built.
    draft = models.ForeignKey(
        "learning.PathDraft", on_delete=models.SET_NULL, null=True, related_name="versions"
    )
    # Hash of everything it was computed from: the same inputs make no second version.
    inputs_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "path", "number"], name="one_row_per_path_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.path_id} v{self.number}"


class Node(TenantModel):
    """A step's place in a version: its phase, its order and what it was worth when it was planned."""

    version = models.ForeignKey(PathVersion, on_delete=models.CASCADE, related_name="nodes")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="nodes")
    phase = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    # The model whose words the description is; empty for the rules'.
    worded_by = models.CharField(max_length=80, blank=True)
    hours = models.PositiveSmallIntegerField()
    # For a skill: where the person stood and what the role asks for.
    current_level = models.FloatField(null=True)
    required_level = models.PositiveSmallIntegerField(null=True)
    # What hours and place come from: ``learning.papers``.
    receipt = models.JSONField(default=dict)
    prerequisites = models.ManyToManyField(
        "self", through="NodePrerequisite", symmetrical=False, related_name="opens"
    )
    resources = models.ManyToManyField(Resource, through="NodeResource", related_name="+")

    class Meta:
        ordering: ClassVar = ["phase", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "version", "step"], name="a_version_has_a_step_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class NodePrerequisite(LargeTenantModel):
    """``node`` waits for ``requires``, both of one version."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="needs")
    requires = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="needed_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "node", "requires"], name="one_row_per_node_prerequisite"
            ),
            models.CheckConstraint(
                condition=~models.Q(node=models.F("requires")), name="a_node_does_not_wait_for_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} after {self.requires_id}"


class NodeResource(LargeTenantModel):
    """What to use for a node, in order."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="resource_links")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.resource_id} for {self.node_id}"


class NodeReason(LargeTenantModel):
    """Why a node is there: one sentence, with the source it rests on."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="reasons")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    source_title = models.CharField(max_length=300)
    source_detail = models.CharField(max_length=200, blank=True)
    source_date = models.DateField()
    # A document's chunk, when the source is one that can be opened.
    chunk = models.ForeignKey(
        "knowledge.Chunk", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    quote = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.text


class RoleSuggestion(TenantModel):
    """A role that fits, with its score by code. One row per person and role, replaced by each run."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suggestions")
    role = models.ForeignKey("skills.Role", on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    # Receipt of the score: points per factor, rule version, what was left out.
    receipt = models.JSONField()
    inputs_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "role"], name="a_role_is_suggested_once"),
            between("score", 0, 1, "suggestion_score_between_0_and_1"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} ({self.score:.2f})"


class Readiness(LargeTenantModel):
    """How ready a person was for their target role on a day, with the receipt it is recomputed from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readiness")
    role = models.ForeignKey("skills.Role", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    # None while under 30 % of the required weight is known.
    score = models.FloatField(null=True)
    known_share = models.FloatField()
    receipt = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role", "day"], name="one_readiness_per_person_role_and_day"
            ),
            between("known_share", 0, 1, "known_share_between_0_and_1"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "day"], name="readiness_of_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.score}"
