from django.urls import path

from coaching.views.people import people
from coaching.views.person import person
from coaching.views.team import team

app_name = "coaching"
urlpatterns = [
    path("console/", people, name="people"),
    path("console/people/<slug:pseudo_id>/", person, name="person"),
    path("team/", team, name="team"),
]
