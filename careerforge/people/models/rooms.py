from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.people.models.user import User
from careerforge.tenancy.models import TenantModel


class Room(TenantModel):
    """The sealed place of one employee's coaching: every question, answer and note lives in one."""

    subject = models.OneToOneField(User, on_delete=models.CASCADE, related_name="room")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("coaching room")

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
