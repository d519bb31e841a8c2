from typing import ClassVar

from django.conf import settings
from django.db import models

from careerforge.tenancy.models import LargeTenantModel, TenantModel


class Wording(TenantModel):
    """A model's checked words for one suggested role, or for one skill of the gap to a role.

    They stand in for the rules' words while nothing that they rest on has changed, and for a day at most.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey("skills.Role", on_delete=models.CASCADE, related_name="+")
    # Of a gap; none for the words of a suggestion.
    skill = models.ForeignKey("skills.Skill", on_delete=models.CASCADE, null=True, related_name="+")
    text = models.TextField()
    model = models.CharField(max_length=80)
    prompt_version = models.CharField(max_length=64)
    # The ledger's row of the call.
    call = models.UUIDField(null=True)
    # Names of the checks that it has passed.
    checks = models.JSONField(default=list)
    # Keyed hash of the versions that it rests on.
    rests_on = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=models.Q(skill__isnull=True),
                name="a_suggested_role_is_worded_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user", "role", "skill"], name="a_skill_of_a_gap_is_worded_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class WordingSource(LargeTenantModel):
    """A passage that words rest on: who may not read it any more does not read them either."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="sources")
    chunk = models.ForeignKey("knowledge.Chunk", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.wording_id} on {self.chunk_id}"
