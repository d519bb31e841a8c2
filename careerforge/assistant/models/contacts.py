from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


class Topic(models.TextChoices):
    """What the assistant does not answer itself, and whom it is for."""

    CRISIS = "crisis", _("Danger to somebody, violence, harassment")
    HEALTH = "health", _("Health, illness, pregnancy, leave for it")
    CONFLICT = "conflict", _("Conflicts at work, unfair treatment")
    LAW = "law", _("Law, contracts, notice, works council")
    PAY = "pay", _("Somebody’s own pay")
    DATA = "data", _("Personal data: copies, corrections, erasure")


class HelpContact(TenantModel):
    """Whom the company names for a topic. It is shown as it stands here, and nothing is ever made up."""

    topic = models.CharField(_("for"), max_length=12, choices=Topic.choices)
    words = models.CharField(
        _("who or what it is"),
        max_length=200,
        help_text=_("As people know it, such as “Employee assistance, open to everybody, confidential”."),
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    mail = models.EmailField(_("e-mail"), blank=True)
    link = models.URLField(_("web page"), blank=True, max_length=500)
    hours = models.CharField(_("when"), max_length=120, blank=True, help_text=_("Such as “day and night”."))
    place = models.PositiveSmallIntegerField(_("place in the list"), default=1)

    class Meta:
        verbose_name = _("help contact")
        verbose_name_plural = _("help contacts")
        ordering: ClassVar = ["topic", "place", "words"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "topic", "words"], name="one_contact_per_name"),
            models.CheckConstraint(
                condition=~models.Q(phone="", mail="", link=""), name="a_contact_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """A contact nobody can reach is none."""
        if not (self.phone or self.mail or self.link):
            raise ValidationError(_("Give a phone number, an e-mail address or a web page."))
