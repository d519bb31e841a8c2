from django.urls import path

from learning.views.path import act, build, show
from learning.views.role import role
from learning.views.skills import accept, refresh, skills

app_name = "learning"
urlpatterns = [
    path("", show, name="path"),
    path("path/build/", build, name="build"),
    path("path/steps/<uuid:step_id>/", act, name="step"),
    path("skills/", skills, name="skills"),
    path("skills/suggestions/", refresh, name="refresh"),
    path("skills/suggestions/<uuid:suggestion_id>/accept/", accept, name="accept"),
    path("roles/<slug:slug>/", role, name="role"),
]
