from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from careerforge.people.models import User


class PersonRequest(HttpRequest):
    """A request by somebody who has signed in."""

    user: "User"
    htmx: "HtmxDetails"
