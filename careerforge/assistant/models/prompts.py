"""Prompts as a company has written them; what it has not written is in ``templates/prompts``."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel

CHANGEABLE = frozenset({"live", "live_at", "live_reason", "owner"})


class PromptVersion(TenantModel):
    """One text of one prompt. Never edited: a correction is a new version, going back makes an old one live.

    A shipped text becomes a live version without an author when it is first used: what was asked with it can
    be rebuilt after an update, and an update's other text does not go live by itself.
    """

    name = models.CharField(_("prompt"), max_length=32)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    # SHA-256 of the text, in hexadecimal.
    digest = models.CharField(max_length=64, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who answers for it."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
        editable=False,
    )
    note = models.CharField(_("why"), max_length=300, help_text=_("What it changes, in a sentence."))
    made_at = models.DateTimeField(_("made"))
    live = models.BooleanField(_("live"), default=False, editable=False)
    # When it went live last; what has been live may be gone back to at once.
    live_at = models.DateTimeField(null=True, editable=False)
    # Why it went live although nothing proved that it is good.
    live_reason = models.CharField(max_length=300, blank=True, default="", db_default="", editable=False)
    # It came with the program; an author may be missing because they have left.
    is_shipped = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering: ClassVar = ["name", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name", "number"], name="a_prompts_versions_are_counted"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name", "digest"], name="a_prompts_text_is_one_version"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(live=True),
                name="one_live_version_per_prompt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Only whether it is live, and who answers for it, may change.

        Raises:
            TypeError: something else would.
        """
        if not self._state.adding and not {*(update_fields or ["text"])} <= CHANGEABLE:
            raise TypeError("A version of a prompt is never edited.")
        super().save(*args, update_fields=update_fields, **options)
