from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from careerforge.administration.base import Page, ReadOnlyPage
from careerforge.assistant.models import Review, ReviewSetting
from careerforge.assistant.reviewing import reviewers, targets
from careerforge.people.models import Grant

HR = Grant.Kind.ADMIN_HR


@admin.register(Review)
class ReviewAdmin(ReadOnlyPage):
    """How many reviews wait and how they end. Neither whom they are about nor a word of them."""

    list_display = ("what", "kind", "state", "submitted_at", "due_at", "ended_at")
    list_display_links = None
    list_filter = ("state", "kind")
    ordering = ("-submitted_at",)
    fields = ("what", "kind", "state", "submitted_at", "due_at", "ended_at")

    @admin.display(description=gettext_lazy("draft"))
    def what(self, review: Review) -> str:
        target = targets.registered().get(review.target_kind)
        return str(target.name) if target else review.target_kind


@admin.register(ReviewSetting)
class ReviewSettingAdmin(Page):
    """How long reviews wait, how many one coach gets, and what stays by rules for want of a reviewer."""

    acted_as = HR
    list_display = ("__str__", "working_days", "most_open")
    fields = ("working_days", "most_open", "stays_by_rules")
    readonly_fields = ("stays_by_rules",)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The rule, if there is one, below what stays by rules and what holds without it."""
        about = {"stays_by_rules": self.stays_by_rules(None), "usual": ReviewSetting()}
        return super().changelist_view(request, about | (extra_context or {}))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row at most."""
        return super().has_add_permission(request) and not ReviewSetting.objects.exists()

    @admin.display(description=gettext_lazy("what stays by rules"))
    def stays_by_rules(self, setting: Any) -> str:
        """For want of a reviewer, in words."""
        found = reviewers.coverage(timezone.localdate())
        one = ngettext(
            "%(n)s person has one coach: what that coach asks for and is high stakes stays by rules: nobody "
            "approves their own.",
            "%(n)s people have one coach: what that coach asks for and is high stakes stays by rules: nobody "
            "approves their own.",
            found.one,
        )
        none = ngettext(
            "%(n)s person has no coach: for them everything that needs a review stays by rules.",
            "%(n)s people have no coach: for them everything that needs a review stays by rules.",
            found.none,
        )
        several = ngettext(
            "%(n)s person has two or more coaches: nothing stays by rules for want of a reviewer.",
            "%(n)s people have two or more coaches: nothing stays by rules for want of a reviewer.",
            found.two,
        )
        counted = ((none, found.none), (one, found.one), (several, found.two))
        return " ".join(words % {"n": n} for words, n in counted if n)
