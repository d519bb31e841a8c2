from django.urls import path

from learning.views.path import act, build, hours, keep, show
from learning.views.role import choose, role, roles
from learning.views.skills import accept, put_back, refresh, skills, take_back, tell
from learning.views.words import ask_words, by_rules, cancel_words, changes, take, words

app_name = "learning"
urlpatterns = [
    path("", show, name="path"),
    path("path/build/", build, name="build"),
    path("path/hours/", hours, name="hours"),
    path("path/keep/", keep, name="keep"),
    path("path/words/", words, name="words"),
    path("path/words/ask/", ask_words, name="ask_words"),
    path("path/words/by-rules/", by_rules, name="by_rules"),
    path("path/words/changes/", changes, name="changes"),
    path("path/words/<uuid:draft_id>/take/", take, name="take"),
    path("path/words/<uuid:draft_id>/cancel/", cancel_words, name="cancel_words"),
    path("path/steps/<uuid:step_id>/", act, name="step"),
    path("skills/", skills, name="skills"),
    path("skills/tell/", tell, name="tell"),
    path("skills/take-back/", take_back, name="take_back"),
    path("skills/put-back/<uuid:claim_id>/", put_back, name="put_back"),
    path("skills/suggestions/", refresh, name="refresh"),
    path("skills/suggestions/<uuid:suggestion_id>/accept/", accept, name="accept"),
    path("roles/", roles, name="roles"),
    path("roles/<slug:slug>/", role, name="role"),
    path("roles/<slug:slug>/target/", choose, name="choose"),
]
