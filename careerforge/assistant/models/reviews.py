from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> "ReviewQuerySet":
        """Those that somebody still has to decide."""
        return self.filter(state__in=Review.OPEN)


class Review(TenantModel):
    """Something a model wrote about a person that a human looks at before it counts.

    It goes to the person's coaches. Its texts are sealed with the key of the person's coaching room. What a
    private chat says is never here.
    """

    class Kind(models.TextChoices):
        HIGH_STAKES = "high_stakes", _("High stakes")
        LOW_CONFIDENCE = "low_confidence", _("Low confidence")
        POLICY = "policy", _("Policy")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        # Two reviewers have said yes and no.
        SPLIT = "split", _("Reviewers disagree")
        APPROVED = "approved", _("Approved")
        EDITED = "edited", _("Edited and approved")
        REJECTED = "rejected", _("Rejected")
        LAPSED = "lapsed", _("Lapsed")
        # What it was about is gone or has changed.
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN: ClassVar = (State.WAITING, State.SPLIT)

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    # Who had it made; they never decide alone on what is high stakes.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What waits, in the app that registered the kind.
    target_kind = models.CharField(_("what"), max_length=32)
    target_id = models.UUIDField()
    # Codes of ``reviewing.reasons``.
    why = models.JSONField(default=list)
    # The draft, where its app keeps it nowhere else.
    sealed_draft = models.BinaryField(null=True)
    submitted_at = models.DateTimeField(_("since"))
    due_at = models.DateTimeField(_("due"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Its first reviewer wants a second one to agree.
    needs_two = models.BooleanField(default=False)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "target_kind", "target_id"],
                condition=models.Q(state__in=["waiting", "split"]),
                name="one_open_review_per_target",
            ),
            models.CheckConstraint(
                condition=~models.Q(target_kind__contains="chat"), name="a_private_chat_is_never_reviewed"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "split"], ended_at__isnull=True)
                | (~models.Q(state__in=["waiting", "split"]) & models.Q(ended_at__isnull=False)),
                name="a_review_has_an_end_once_it_is_over",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject", "-submitted_at"], name="reviews_about_a_person"),
            models.Index(
                fields=["organisation", "due_at"],
                condition=models.Q(state__in=["waiting", "split"]),
                name="open_reviews_by_deadline",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in self.OPEN

    @property
    def is_high_stakes(self) -> bool:
        """Whether who asked for it may not decide."""
        return self.kind == self.Kind.HIGH_STAKES


class Opinion(TenantModel):
    """What one reviewer said of a review; the words are sealed in the person's coaching room."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("Approve")
        EDIT = "edit", _("Approve with changes")
        REJECT = "reject", _("Reject")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="opinions")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    sealed_reason = models.BinaryField(null=True)
    sealed_text = models.BinaryField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["given_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "review", "reviewer"], name="one_opinion_per_reviewer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.verdict}"

    @property
    def is_yes(self) -> bool:
        """Whether it lets the draft through, changed or not."""
        return self.verdict != self.Verdict.REJECT


class ReviewSetting(TenantModel):
    """How long reviews may wait and how many one reviewer gets. Without a row the defaults hold."""

    working_days = models.PositiveSmallIntegerField(
        _("working days until a review lapses"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Monday to Friday. After that the result by rules stays, and who asked is told."),
    )
    most_open = models.PositiveSmallIntegerField(
        _("open reviews per reviewer"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_("With no reviewer below this, results stay by rules."),
    )

    class Meta:
        verbose_name = _("rule for reviews")
        verbose_name_plural = _("rules for reviews")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="one_rule_for_reviews"),
            models.CheckConstraint(
                condition=models.Q(working_days__gte=1, working_days__lte=20)
                & models.Q(most_open__gte=1, most_open__lte=200),
                name="reviews_wait_1_to_20_days_and_reviewers_take_1_to_200",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Rules for reviews"))
