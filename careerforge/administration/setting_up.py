"""What a company still has to fill in, for the administrator who can: a line each with its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.assistant.models import HelpContact, Topic
from careerforge.assistant.reviewing import reviewers
from careerforge.people.models import User


@dataclass(frozen=True)
class Missing:
    """Something that is not filled in yet.

    Attributes:
        is_urgent: people are worse off until it is.
    """

    words: str
    act: str
    url: str
    is_urgent: bool = False


def missing(admin: User, on: date) -> list[Missing]:
    """What is not filled in and may be by this administrator, the most urgent first. Two queries at most."""
    found: list[Missing] = []
    if admin.has_perm("assistant.add_helpcontact"):
        found += _contacts()
    if admin.has_perm("assistant.change_reviewsetting"):
        found += _reviewers(on)
    return sorted(found, key=lambda one: not one.is_urgent)


def _contacts() -> Iterator[Missing]:
    named = set(HelpContact.objects.order_by().values_list("topic", flat=True).distinct())
    url, act = reverse("admin:assistant_helpcontact_add"), _("Add a contact")
    if Topic.CRISIS not in named:
        words = _(
            "No help contact for danger, violence or harassment. Whoever writes about it is sent to the "
            "emergency number of their country and to HR, and to nobody of yours."
        )
        yield Missing(words, act, f"{url}?topic={Topic.CRISIS}", is_urgent=True)
    others = [topic for topic in Topic if topic not in named and topic is not Topic.CRISIS]
    if others:
        words = _("No help contact yet for: %(topics)s. Such questions end with “Ask HR”.")
        listed = "; ".join(str(topic.label) for topic in others)
        yield Missing(words % {"topics": listed}, act, f"{url}?topic={others[0]}")


def _reviewers(on: date) -> Iterator[Missing]:
    found = reviewers.coverage(on)
    alone = found.one + found.none
    if alone:
        words = ngettext(
            "%(n)s person has no second coach: what would need two people stays by rules for them.",
            "%(n)s people have no second coach: what would need two people stays by rules for them.",
            alone,
        )
        url = reverse("admin:assistant_reviewsetting_changelist")
        yield Missing(words % {"n": alone}, _("See what stays by rules"), url)
