from typing import Any

from allauth.account import views as allauth
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from careerforge.people import access, devices, sign_in, welcoming

BACKEND = "careerforge.people.sign_in.Backend"


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """allauth's sign-in; a browser in which it worked is known, so that nobody locks its owner out."""
    response: HttpResponse = allauth.login(request)
    if request.method == "POST" and request.user.is_authenticated:
        devices.remember(response, request.user)
    return response


@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """allauth's page; who has no password gets one by a link."""
    person: Any = request.user
    if not person.has_usable_password():
        return redirect("account_reset_password")
    response: HttpResponse = allauth.password_change(request)
    return response


@require_safe
def password_help(request: HttpRequest) -> HttpResponse:
    """How to get a new password: a one-time link. No mail goes to an address somebody typed."""
    return render(request, "account/password_reset.html")


@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: choose a password, be active, be signed in. Looking at it does not use it up."""
    now = timezone.now()
    link = welcoming.find(token, now)
    if link is None:
        return render(request, "people/welcome.html", {"expired": True}, status=410)
    form = SetPasswordForm(link.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        page: dict[str, Any] = {
            "form": form,
            "organisation": link.organisation,
            "username": link.user.username,
        }
        return render(request, "people/welcome.html", page, status=422 if form.is_bound else 200)
    if not welcoming.use(link, form.cleaned_data["new_password1"], now):
        return render(request, "people/welcome.html", {"expired": True}, status=410)
    login(request, link.user, backend=BACKEND)
    sign_in.remember(request, link.user)
    return devices.remember(redirect(access.start(link.user), permanent=False), link.user)
