"""Errors of the API as problem documents (RFC 9457). None carries an input, a query or a trace."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from careerforge.web import error_number

logger = logging.getLogger("careerforge.web")
CONTENT_TYPE = "application/problem+json"
WAIT_FOR_DATABASE = 10


def problem(
    status: int, detail: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> JsonResponse:
    """One problem document: ``type``, ``title``, ``status``, ``detail`` and what ``more`` adds."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def install(api: NinjaAPI) -> None:
    """Give an API these errors and no others."""
    api.add_exception_handler(Exception, unexpected)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(Http404, not_found)
    api.add_exception_handler(PermissionDenied, forbidden)
    api.add_exception_handler(HttpError, refused)
    api.add_exception_handler(AuthenticationError, unauthenticated)
    api.add_exception_handler(Throttled, throttled)


def unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    """500, or 503 while the database is away: logged once, under the number that the caller gets."""
    if isinstance(error, RequestDataTooBig):
        return problem(413, _("This request is larger than two megabytes."))
    number = error_number.current() or error_number.new()
    logger.error("unexpected error in the API", exc_info=error)
    if isinstance(error, OperationalError | InterfaceError):
        wait = {"Retry-After": str(WAIT_FOR_DATABASE)}
        return problem(503, _("The database does not answer. Try again in a moment."), wait, number=number)
    return problem(500, _("Something went wrong on our side; nothing was saved."), number=number)


def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """422: which fields, and why; never what was sent."""
    errors = [
        {"pointer": "/" + "/".join(str(part) for part in found["loc"]), "detail": found["msg"]}
        for found in error.errors
    ]
    return problem(422, _("Some values cannot be used."), errors=errors)


def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    """404: the same for what is not there and for what is not yours."""
    return problem(404, _("There is nothing here for you."))


def forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    """403."""
    return problem(403, _("You may not do this."))


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """Any other refusal that an operation raised, with its sentence."""
    return problem(error.status_code, str(error), getattr(error, "headers", None))


def unauthenticated(request: HttpRequest, error: Any) -> HttpResponse:
    """401: no session, no token, or one that has ended."""
    detail = _("Sign in, or send a valid token as “Authorization: Bearer …”.")
    return problem(401, detail, {"WWW-Authenticate": 'Bearer realm="CareerForge"'})


def throttled(request: HttpRequest, error: Any) -> HttpResponse:
    """429, with the seconds to wait."""
    wait = {"Retry-After": str(error.wait or 1)}
    return problem(429, _("Too many requests in a short time."), wait)


def as_problem(response: HttpResponse) -> HttpResponse:
    """A page that reached an API's caller by the way of Django's own errors, as a problem document."""
    detail = _("There is nothing here for you.") if response.status_code == 404 else ""
    number: dict[str, Any] = {"number": error_number.current()} if response.status_code >= 500 else {}
    # In place: whatever headers were set on the way stay.
    response.content = problem(response.status_code, detail, **number).content
    response["Content-Type"] = CONTENT_TYPE
    del response["Content-Length"]
    return response
