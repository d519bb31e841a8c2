from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.people.models.user import User
from careerforge.tenancy.models import TenantModel


class Room(TenantModel):
    """A sealed place of one employee: every question, answer and note about them lives in one."""

    class Kind(models.TextChoices):
        # Shared with their coach.
        COACHING = "coaching", _("coaching")
        # The person's alone. PostgreSQL refuses any other member, and refuses to make it another kind.
        PRIVATE = "private", _("private")

    subject = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rooms_about")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.COACHING)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("room")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "subject", "kind"], name="a_person_has_one_room_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class RoomMembership(TenantModel):
    """Who can read a room: the room's key, wrapped for them under the rooms' own key-encryption key."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rooms")
    wrapped_key = models.BinaryField(max_length=128)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "room", "user"],
                condition=models.Q(left_at__isnull=True),
                name="a_person_is_in_a_room_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"
