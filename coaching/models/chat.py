"""The coaching chat: the person's alone, every text sealed in their private room."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel


class Conversation(TenantModel):
    """A conversation of one person with the machine."""

    room = models.ForeignKey("people.Room", on_delete=models.CASCADE, related_name="conversations")
    # The subject of the room, and its only member.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The beginning of the first question; empty before there is one.
    sealed_title = models.BinaryField(default=bytes)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # In the trash since then.
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("conversation")
        ordering: ClassVar = ["-last_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "owner", "-last_at"], name="conversations_of_a_person")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Message(TenantModel):
    """One question, and through its generation the answer."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    # Its place in the conversation, from 1.
    place = models.PositiveIntegerField()
    # Keyed hash of the person and the form: a double click or a resubmit finds the first message.
    form_hash = models.CharField(max_length=64)
    sealed_question = models.BinaryField()
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("message")
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "form_hash"], name="one_message_per_form"),
            models.UniqueConstraint(
                fields=["organisation", "conversation", "place"], name="one_message_per_place"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Generation(TenantModel):
    """How the answer to a message comes to be: who writes it holds a lease and renews it while they live."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        WRITING = "writing", _("writing")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        # Cut, or left by a process that ended; never counts as an answer.
        INCOMPLETE = "incomplete", _("incomplete")

    OPEN: ClassVar = (State.QUEUED, State.WRITING)

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="generation")
    # The same as the conversation's: one person has one answer in the making.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    # Raised by each "Ask again"; whoever writes for an earlier one is turned away.
    attempt = models.PositiveSmallIntegerField(default=1)
    # Deltas of all attempts.
    written = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    model_used = models.CharField(max_length=80, default="rules")
    prompt_version = models.CharField(max_length=64, blank=True)
    # The row of the ledger; the text that left goes with the conversation.
    call = models.UUIDField(null=True, blank=True)
    # What was read and left out, and the newest date of the data.
    read = models.PositiveSmallIntegerField(default=0)
    struck = models.PositiveSmallIntegerField(default=0)
    data_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("generation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "owner"],
                condition=models.Q(state__in=["queued", "writing"]),
                name="one_answer_in_the_making_per_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is writing it; what a killed process left is not open when its lease has ended."""
        return self.state in self.OPEN and self.lease_until > now

    def state_at(self, now: datetime) -> str:
        """The state as it is shown: a lease that ended says incomplete before anybody has written so."""
        return self.State.INCOMPLETE if self.state in self.OPEN and not self.is_open(now) else self.state


class Delta(LargeTenantModel):
    """A piece of an answer that has passed its checks: never changed, sealed."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="deltas")
    # Grows over all attempts, so that a browser that went away knows where it was.
    number = models.PositiveIntegerField()
    sealed_piece = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "generation", "number"], name="one_delta_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.generation_id} {self.number}"
