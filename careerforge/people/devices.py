"""Browsers in which somebody has signed in before.

Wrong passwords are counted per account and slowed down. Such a browser has a count of its own, so that a
stranger who guesses day and night cannot keep the owner out.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from careerforge.people.models import User

DAYS = 180
_SALT = "careerforge.people.device"


def remember(response: HttpResponse, user: User) -> HttpResponse:
    """Tell this browser that ``user`` has signed in here."""
    value = signing.dumps([str(user.pk), get_random_string(12)], salt=_SALT)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=DAYS * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def known(request: HttpRequest, user_id: UUID) -> str:
    """What names this browser if the person has signed in here before, else an empty string."""
    value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        owner, browser = signing.loads(value, salt=_SALT, max_age=DAYS * 86400)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if owner == str(user_id) else ""
