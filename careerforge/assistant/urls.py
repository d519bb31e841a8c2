from django.urls import path

from careerforge.assistant.views import feedback, sent

app_name = "assistant"
urlpatterns = [
    path("my-data/model-calls/", sent.calls, name="sent"),
    path("my-data/model-calls/<uuid:row_id>/", sent.call, name="sent_text"),
    path("my-data/model-calls/<uuid:row_id>/file/", sent.file, name="sent_file"),
    path("feedback/<slug:kind>/<uuid:result_id>/", feedback.give, name="feedback"),
]
