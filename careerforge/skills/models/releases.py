"""Imports of a framework: what each would change, and what a person decided about it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.skills.models.frameworks import Framework
from careerforge.tenancy.models import LargeTenantModel, TenantModel


class Release(TenantModel):
    """One import that changes a framework, or waits for somebody to say that it may."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a decision")
        ACCEPTED = "accepted", _("Accepted, going in")
        APPLIED = "applied", _("Went in")
        DROPPED = "dropped", _("Dropped")

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="releases")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    version = models.CharField(_("release"), max_length=80, blank=True)
    # The framework's own fields as this import has them.
    about = models.JSONField(default=dict)
    # Names of counts to numbers: see ``importing.comparing.Figures``.
    figures = models.JSONField(default=dict)
    # Sentences: files that are missing, rows that were left out, reasons to look twice.
    missing = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    made_at = models.DateTimeField(_("imported"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    # Who decided; people sit above this layer. None: nobody had to.
    decided_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("taxonomy import")
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "framework"],
                condition=models.Q(state__in=["waiting", "accepted"]),
                name="one_undecided_import_per_framework",
            )
        ]

    def __str__(self) -> str:
        return f"{self.framework.title} {self.version}".strip()


class ReleasePart(LargeTenantModel):
    """A piece of what an undecided import brings: its rows as lines of JSON, compressed."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        verbose_name = _("part of an import")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "number"], name="one_part_per_number")
        ]

    def __str__(self) -> str:
        return str(self.number)


class Change(LargeTenantModel):
    """What an import does to one concept that was there, or that it adds to them."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("Renamed")
        MERGED = "merged", _("Merged")
        RETIRED = "retired", _("Retired")
        RETURNED = "returned", _("Returned")
        ADDED = "added", _("Added")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("change"), max_length=8, choices=Kind.choices)
    concept_kind = models.CharField(_("kind"), max_length=16)
    external_id = models.CharField(max_length=400)
    before = models.TextField(_("before"), blank=True)
    # The new name, or the name of the concept it goes into.
    after = models.TextField(_("after"), blank=True)
    # Identifier of the concept that a merged one goes into.
    into = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("change")
        indexes: ClassVar = [models.Index(fields=["release", "kind"], name="changes_of_an_import")]

    def __str__(self) -> str:
        return f"{self.kind} {self.before or self.after}"
