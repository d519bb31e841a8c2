from django.urls import path

from coaching.chat import views

urlpatterns = [
    path("chat/", views.chat, name="chat"),
    path("chat/<uuid:conversation_id>/", views.conversation, name="conversation"),
    path("chat/<uuid:conversation_id>/delete", views.delete, name="delete_conversation"),
    path("chat/<uuid:conversation_id>/restore", views.restore, name="restore_conversation"),
    path("chat/messages/<uuid:message_id>/events", views.stream, name="message_events"),
    path("chat/messages/<uuid:message_id>/stop", views.stop, name="stop_message"),
    path("chat/messages/<uuid:message_id>/again", views.again, name="ask_again"),
]
