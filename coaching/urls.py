from django.urls import include, path

from coaching.golden import views as golden
from coaching.reviews import views as reviews
from coaching.views.people import people
from coaching.views.person import person
from coaching.views.team import team

app_name = "coaching"
urlpatterns = [
    path("console/", people, name="people"),
    path("console/people/<slug:pseudo_id>/", person, name="person"),
    path("console/golden/", golden.questions, name="golden"),
    path("console/golden/new/", golden.pick, name="golden_pick"),
    path("console/golden/<uuid:golden_id>/retire/", golden.retire, name="golden_retire"),
    path("console/golden/mark/<uuid:advice_id>/", golden.mark, name="golden_mark"),
    path("console/reviews/", reviews.reviews, name="reviews"),
    path("console/reviews/take/", reviews.take, name="take_reviews"),
    path("console/reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("team/", team, name="team"),
    path("", include("coaching.chat.urls")),
]
