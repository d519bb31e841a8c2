"""How many reviews wait for a coach: the number beside the console's link."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from careerforge.people.models import Grant
from coaching.reviews import listing


def waiting(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """Context processor. The database is asked when a template prints it, once."""

    @cache
    def count() -> int:
        user: Any = getattr(request, "user", None)
        if user is None or not user.is_authenticated or Grant.Kind.COACH not in user.kinds:
            return 0
        return listing.counts(user, timezone.now()).waiting

    return {"waiting_reviews": count}
