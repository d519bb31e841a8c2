from django.urls import path

from careerforge.jobs import views

app_name = "jobs"
urlpatterns = [path("tasks/<uuid:run_id>/", views.task, name="task")]
