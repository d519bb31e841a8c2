"""The composition root: one include per app."""

from django.contrib import admin
from django.urls import include, path

from careerforge.api import api
from careerforge.web import health
from careerforge.web.help import help_page

handler400 = "careerforge.web.errors.bad_request"
handler403 = "careerforge.web.errors.forbidden"
handler404 = "careerforge.web.errors.not_found"
handler429 = "careerforge.web.errors.too_many"
handler500 = "careerforge.web.errors.server_error"

urlpatterns = [
    path("", include("learning.urls")),
    path("", include("coaching.urls")),
    path("", include("careerforge.assistant.urls")),
    path("", include("careerforge.knowledge.urls")),
    path("", include("careerforge.jobs.urls")),
    path("", include("careerforge.people.urls")),
    path("help/", help_page, name="help"),
    path("accounts/", include("careerforge.people.account_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
