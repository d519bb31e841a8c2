from django.urls import path

from careerforge.people import views

app_name = "people"
urlpatterns = [path("welcome/<str:token>/", views.welcome, name="welcome")]
