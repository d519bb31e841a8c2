"""The pages for what went wrong. Each says what it means and what to do; none says how we are built."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from careerforge.web import error_number
from careerforge.web.problems import WAIT_FOR_DATABASE

logger = logging.getLogger("careerforge.web")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: rendered without the request, whose host may be what is wrong."""
    return HttpResponse(get_template("400.html").render({}), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what is not there and for what is not yours."""
    return render(request, "404.html", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: the limits of the sign-in are counted by the minute."""
    response = render(request, "429.html", {"retry_after": 60}, status=429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the database, with the number under which it was logged.

    503 while the database is away: a proxy or a script may try again.
    """
    number = error_number.current() or error_number.new()
    match = request.resolver_match
    logger.error("unexpected error in %s", match.route if match else "no route", exc_info=sys.exc_info())
    page = get_template("500.html").render({"error_id": number})
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(page, status=503, headers={"Retry-After": str(WAIT_FOR_DATABASE)})
    return HttpResponse(page, status=500)
