from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from careerforge.people import access, sign_in
from careerforge.people.clock import time_zone
from careerforge.tenancy import context, serving_role

WITHOUT_DATABASE = ("/static/", "/healthz", "/readyz", "/metrics")


class OrganisationMiddleware:
    """One transaction a request, in which only the person's own organisation exists.

    A response of 500 rolls everything back, so that an act and its audit row stay or go together.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        with context.nobody():
            serving_role.check()
            self._enter(request)
            with timezone.override(time_zone(request.user)):
                response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            if not response.has_header("Cache-Control"):
                # What a person sees is theirs: no proxy and no shared computer keeps it.
                response["Cache-Control"] = "private, no-store"
            return response

    @staticmethod
    def _enter(request: HttpRequest) -> None:
        organisation_id = request.session.get(sign_in.SESSION_ORGANISATION)
        if organisation_id:
            context.enter(UUID(organisation_id))
        user = request.user
        if user.is_authenticated and not organisation_id:
            request.session[sign_in.SESSION_ORGANISATION] = str(user.organisation_id)
            context.enter(user.organisation_id)
        if user.is_authenticated:
            access.greet(request)
