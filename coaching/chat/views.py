from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from careerforge.people import access
from careerforge.people.request import PersonRequest
from coaching.chat import asking, conversations, events, reading, writers
from coaching.chat.forms import IDEAS, ChatForm, IdeaForm
from coaching.chat.knows import knows
from coaching.chat.limits import TooMuch
from coaching.models import Conversation

TEMPLATE = "chat/chat.html"


@access.employee
def chat(request: PersonRequest) -> HttpResponse:
    """A new conversation; a POST asks its first question."""
    return _ask(request, None) if request.method == "POST" else _show(request, None, _empty_form())


@access.employee
def conversation(request: PersonRequest, conversation_id: UUID) -> HttpResponse:
    """One of the person's own conversations; a POST asks on."""
    found = conversations.of(request.user, conversation_id)
    return _ask(request, found) if request.method == "POST" else _show(request, found, _empty_form())


def _empty_form() -> ChatForm:
    return ChatForm(initial={"form_key": uuid4()})


def _ask(request: PersonRequest, into: Conversation | None) -> HttpResponse:
    data = request.POST.dict()
    idea = IdeaForm(data)
    if "idea" in data and idea.is_valid():
        data["question"] = str(IDEAS[idea.cleaned_data["idea"]])
    form = ChatForm(data)
    if not form.is_valid():
        return _show(request, into, form, status=422)
    question, key = form.cleaned_data["question"], form.cleaned_data["form_key"]
    stored = asking.ask(request.user, question, key, timezone.now(), into)
    if isinstance(stored, TooMuch):
        form.add_error("question", str(stored))
        return _to_wait(_show(request, into, form, status=stored.status), stored)
    return _to(stored.message.conversation_id, stored.message.pk)


def _to_wait(response: HttpResponse, refused: TooMuch) -> HttpResponse:
    response["Retry-After"] = str(refused.seconds(timezone.now()))
    return response


def _to(conversation_id: UUID, message: UUID | None = None) -> HttpResponse:
    url = reverse("coaching:conversation", args=[conversation_id])
    response = redirect(f"{url}#m-{message}" if message else url)
    response.status_code = 303
    return response


def _show(
    request: PersonRequest, found: Conversation | None, form: ChatForm, *, status: int = 200
) -> HttpResponse:
    room = conversations.key_of(request.user)
    key = room[1] if room else None
    before = events.number(request.GET.get("before"))
    older = events.number(request.GET.get("older")) or 0
    entries, more = conversations.listed(request.user, key, older)
    context = {
        "form": form,
        "ideas": [] if found else list(enumerate(IDEAS)),
        "conversation": found,
        "title": conversations.title_of(found, key) if found and key else "",
        "thread": reading.thread(found, key, request.user, timezone.now(), before) if found and key else None,
        "entries": entries,
        "older": older + conversations.LISTED if more else None,
        "thrown_away": conversations.thrown_away(request.user, key),
        "knows": knows(request.user),
    }
    return render(request, TEMPLATE, context, status=status)


@access.employee
@require_GET
def stream(request: PersonRequest, message_id: UUID) -> HttpResponse:
    """The pieces of an answer as they come."""
    message = conversations.message_of(request.user, message_id)
    found: Any = events.response(request, request.user, message)
    response: HttpResponse = found
    return response


@access.employee
@require_POST
def stop(request: PersonRequest, message_id: UUID) -> HttpResponse:
    """Write no further."""
    message = conversations.message_of(request.user, message_id)
    asking.stop(message, timezone.now())
    return _to(message.conversation_id, message.pk)


@access.employee
@require_POST
def again(request: PersonRequest, message_id: UUID) -> HttpResponse:
    """Write anew what was stopped or cut."""
    message = conversations.message_of(request.user, message_id)
    refused = asking.again(request.user, message, timezone.now())
    if refused:
        messages.error(request, str(refused))
        return _to_wait(_show(request, message.conversation, _empty_form(), status=refused.status), refused)
    return _to(message.conversation_id, message.pk)


@access.employee
@require_POST
def delete(request: PersonRequest, conversation_id: UUID) -> HttpResponse:
    """Into the trash, for 14 days."""
    now = timezone.now()
    found = conversations.of(request.user, conversation_id)
    for generation in conversations.throw_away(found, now):
        writers.end(generation)
    day = date_format(timezone.localtime(now + conversations.TRASH), "j M Y")
    said = _("The conversation is deleted. Until %(day)s you can bring it back below.") % {"day": day}
    messages.success(request, said)
    return redirect("coaching:chat")


@access.employee
@require_POST
def restore(request: PersonRequest, conversation_id: UUID) -> HttpResponse:
    """Out of the trash."""
    found = conversations.of(request.user, conversation_id, trashed=True)
    conversations.bring_back(found)
    return _to(found.pk)
