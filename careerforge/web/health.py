"""For machines: is it alive, can it work, how is it doing."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView

from careerforge.tenancy.models import Organisation


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and the schema is ours. Strangers learn no more than that."""
    try:
        Organisation.objects.exists()
    except DatabaseError:
        response = JsonResponse({"status": "unavailable"}, status=503)
        response["Retry-After"] = "10"
        return response
    return JsonResponse({"status": "ready"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Counters for Prometheus, without a label that names anybody."""
    response: HttpResponse = ExportToDjangoView(request)
    return response
