from django.urls import path

from careerforge.knowledge import views

app_name = "knowledge"
urlpatterns = [path("documents/<uuid:document_id>/", views.document, name="document")]
