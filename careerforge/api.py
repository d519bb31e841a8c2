"""The API: one router per app, one way to sign in, one shape of error."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from careerforge.assistant.api import router as assistant
from careerforge.jobs.api import router as jobs
from careerforge.people import idempotency, scopes
from careerforge.people.api_auth import PersonAuth, requires_scope
from careerforge.web import problems
from careerforge.web.bodies import StrictParser
from coaching.api import router as coaching
from connectors.api import router as connectors
from learning.api import router as learning


class Api(NinjaAPI):
    """Ninja's own, which also keeps the answers to requests that carry an Idempotency-Key."""

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        response = super().create_response(request, data, **how)
        idempotency.finish(request, response.status_code, response.content)
        return response


api = Api(
    title="CareerForge",
    version="1",
    description="The same results as the pages. Errors are problem documents (RFC 9457).",
    docs_url=None,
    auth=PersonAuth(),
    urls_namespace="api",
    parser=StrictParser(),
)
problems.install(api)
api.add_exception_handler(idempotency.Again, idempotency.again)
api.add_router("", learning)
api.add_router("", coaching)
api.add_router("", connectors)
api.add_router("", assistant)
api.add_router("", jobs, auth=requires_scope(scopes.TASKS))
