from django.urls import path

from careerforge.knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("documents/<uuid:document_id>/changes/", views.changes, name="changes"),
]
