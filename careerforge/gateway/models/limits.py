from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel


class Scope(models.TextChoices):
    """Whose limit, and over what time. Days and hours are UTC."""

    PERSON = "person", _("each person, an hour")
    TEAM = "team", _("each team, a day")
    ORGANISATION = "organisation", _("the company, a day")


class Limit(TenantModel):
    """How much one scope may use in its time. Empty means without limit. Money is in US dollars."""

    scope = models.CharField(_("whose"), max_length=12, choices=Scope.choices)
    calls = models.PositiveIntegerField(_("calls"), null=True, blank=True)
    tokens = models.PositiveBigIntegerField(_("tokens"), null=True, blank=True)
    dollars = models.DecimalField(
        _("US dollars"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("limit")
        ordering: ClassVar = ["scope"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "scope"], name="one_limit_per_scope"),
            models.CheckConstraint(
                condition=models.Q(dollars__isnull=True) | models.Q(dollars__gte=0),
                name="a_limit_of_money_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.get_scope_display()


class Spend(LargeTenantModel):
    """What one person, team or company has used since the start of an hour or day, calls under way included.

    The limits that held at the last call are on the row, so that one statement can count and refuse.
    """

    scope = models.CharField(_("whose"), max_length=12, choices=Scope.choices)
    # A user's, a team's or the organisation's id.
    holder = models.UUIDField()
    starts_at = models.DateTimeField(_("from"))
    calls = models.PositiveIntegerField(_("calls"))
    tokens = models.PositiveBigIntegerField(_("tokens"))
    # Millionths of a US dollar.
    micros = models.PositiveBigIntegerField(_("cost"))
    most_calls = models.BigIntegerField()
    most_tokens = models.BigIntegerField()
    most_micros = models.BigIntegerField()

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("use")
        ordering: ClassVar = ["-starts_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "scope", "holder", "starts_at"], name="one_spend_per_scope_and_time"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-starts_at"], name="spends_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.starts_at:%d %b %Y %H:%M}"

    def share(self, endless: int) -> float | None:
        """How much of the nearest limit is used, as a share of 1; None without any limit."""
        pairs = (
            (self.calls, self.most_calls),
            (self.tokens, self.most_tokens),
            (self.micros, self.most_micros),
        )
        return max((used / most for used, most in pairs if 0 < most < endless), default=None)


class FunctionSwitch(TenantModel):
    """What a model may be asked for. A function without a row is on; the company's switch is above it."""

    class Function(models.TextChoices):
        ADVICE = "coaching_advice", _("Coaching advice")
        CHAT = "coaching_chat", _("Coaching chat")
        PATH = "learning_path", _("Learning paths")
        SUGGESTIONS = "role_suggestions", _("Role suggestions")
        GAP = "skill_gap", _("Skill gaps")

    function = models.CharField(_("function"), max_length=32, choices=Function.choices)
    is_on = models.BooleanField(_("on"), default=True)

    class Meta:
        verbose_name = _("switch")
        verbose_name_plural = _("switches")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "function"], name="one_switch_per_function")
        ]

    def __str__(self) -> str:
        return self.get_function_display()
