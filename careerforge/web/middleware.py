from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from careerforge.web import error_number
from careerforge.web.errors import bad_request
from careerforge.web.problems import CONTENT_TYPE, as_problem, problem

Handler = Callable[[HttpRequest], HttpResponse]
API = "/api/"


class ErrorNumberMiddleware:
    """Gives each request its number, and tells it in a header."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = error_number.new()
        response = self.get_response(request)
        response["X-Request-Number"] = number
        # A host that is not ours is refused before the middleware that sets these has its turn.
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        return response


class ApiErrorsMiddleware:
    """No caller of the API ever gets a page: what Django itself refused becomes a problem document."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = not response.get("Content-Type", "").startswith(CONTENT_TYPE)
        if request.path.startswith(API) and response.status_code >= 400 and is_page:
            return as_problem(response)
        return response


class CorsMiddleware:
    """Lets the listed origins, and only those, call the API with a bearer token. Off without a list."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        concerned = origin in settings.CORS_ORIGINS and request.path.startswith(API)
        if concerned and request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
            response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
            response["Access-Control-Max-Age"] = "600"
        else:
            response = self.get_response(request)
        if request.path.startswith(API) and settings.CORS_ORIGINS:
            patch_vary_headers(response, ["Origin"])
        if concerned:
            response["Access-Control-Allow-Origin"] = origin
        return response


class ReadableAddressMiddleware:
    """Refuses an address with control characters: nothing of ours has any, and no database can hold them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = f"{request.path}?{unquote(request.META.get('QUERY_STRING', ''), errors='replace')}"
        if any(character < " " or character == "\x7f" for character in address):
            if request.path.startswith("/api/"):
                return problem(400, "This address has characters that no address of ours has.")
            return bad_request(request)
        return self.get_response(request)
