"""Questions with their right passages, and what came of asking them before something went live."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel


class GoldenQuestion(TenantModel):
    """A question that a coach has found rightly answered. About nobody: see ``golden.propose``."""

    function = models.CharField(_("function"), max_length=32)
    question = models.TextField(_("question"))
    # What else the answerer needs, without anybody in it: the role's title and lines of facts.
    about = models.JSONField(default=dict)
    # Hash of what is asked, so that the same question is in the set once.
    digest = models.CharField(max_length=64)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("marked by"),
    )  # fmt: skip
    marked_at = models.DateTimeField(_("marked"))
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        verbose_name = _("golden question")
        verbose_name_plural = _("golden set")
        ordering: ClassVar = ["-marked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="a_golden_question_is_asked_once")
        ]

    def __str__(self) -> str:
        return self.question[:80]


class GoldenPassage(LargeTenantModel):
    """A span that a right answer cites: ``version.text[start:end]``. Its words are in the version alone."""

    golden = models.ForeignKey(GoldenQuestion, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveSmallIntegerField()
    document = models.ForeignKey("knowledge.Document", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("knowledge.DocumentVersion", on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.start}–{self.end}"


class GoldenRun(TenantModel):
    """The golden set asked twice: of what is live, and with one thing changed.

    While it is open its results come one by one; only a closed one proves anything.
    """

    # Which prompt, and the hash of its text; empty for none.
    prompt = models.CharField(_("prompt"), max_length=32, blank=True)
    prompt_digest = models.CharField(max_length=64, blank=True)
    generation = models.PositiveIntegerField(_("index generation"), null=True)
    model = models.CharField(_("model"), max_length=80, blank=True)
    # Hash of the list of models that was tried out; empty for none.
    models_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    # Hashes of the questions, and of what was live: what has changed since is not proven by this run.
    asked_digest = models.CharField(max_length=64)
    live_digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("asked for by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"))
    # ``golden.Figures`` of both.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    better = models.PositiveIntegerField(_("better"), default=0)
    worse = models.PositiveIntegerField(_("worse"), default=0)
    open = models.BooleanField(_("still being asked"), default=False, db_default=False)
    # How many answers there will be on each side.
    planned = models.PositiveIntegerField(default=0, db_default=0)
    # A limit was reached; it goes on then.
    waits_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("golden run")
        verbose_name_plural = _("golden runs")
        ordering: ClassVar = ["-made_at"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-made_at"], name="golden_runs_newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%d %b %Y %H:%M}"


class GoldenResult(LargeTenantModel):
    """One question of a run, answered both ways: ``golden.Scored`` as JSON."""

    class Outcome(models.TextChoices):
        BETTER = "better", _("Better")
        WORSE = "worse", _("Worse")
        SAME = "same", _("The same")

    run = models.ForeignKey(GoldenRun, on_delete=models.CASCADE, related_name="results")
    golden = models.ForeignKey(GoldenQuestion, on_delete=models.CASCADE, related_name="+")
    # Who answered, as in the switches: a question may be put to several.
    function = models.CharField(max_length=32, blank=True, default="", db_default="")
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "run", "golden", "function"], name="one_golden_result_each_function"
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class GoldenBar(TenantModel):
    """What a change has to reach before it may go live."""

    most_worse = models.PositiveSmallIntegerField(
        _("per cent that may get worse"),
        default=5,
        validators=[MaxValueValidator(100)],
        help_text=_("Of the questions. The right passage may never be cited more seldom than now."),
    )
    fewest = models.PositiveSmallIntegerField(
        _("questions needed"),
        default=20,
        validators=[MinValueValidator(1)],
        help_text=_("With fewer nothing is proven, and going live takes a reason."),
    )

    class Meta:
        verbose_name = _("golden bar")
        verbose_name_plural = _("golden bar")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="one_golden_bar_per_organisation")
        ]

    def __str__(self) -> str:
        return str(_("The bar"))
