"""Signing in: by sign-in name or work e-mail, before the organisation is known."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from careerforge.people import access, devices
from careerforge.people.identity import email_index
from careerforge.people.models import SignInLink, User
from careerforge.tenancy import context

SESSION_ORGANISATION = "organisation"
LINK_DAYS = 7


class Backend(BaseBackend):
    """One field takes the sign-in name or the work e-mail; both are found without reading other rows."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """The active person with this name and password, or None after the same amount of work."""
        name = (username or credentials.get("login") or "").strip()
        user = find(name)
        if user is None or not user.has_usable_password():
            # The same work for an unknown name as for a known one.
            User(username="nobody").set_password(password or "")
            return None
        if not user.check_password(password or "") or not user.is_active:
            return None
        context.enter(user.organisation_id)
        return user

    def get_user(self, user_id: UUID) -> User | None:
        """The person of a session, while they are active. The organisation must be open."""
        return User.objects.whole().filter(pk=user_id, state=User.State.ACTIVE).first()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """The user's own table decides (``people.permissions``)."""
        return bool(user_obj.has_perm(perm, obj))


def find(name: str) -> User | None:
    """The person with exactly this sign-in name or work e-mail."""
    if not name or len(name) > 254:
        return None
    is_email = "@" in name
    value = email_index(name) if is_email else name
    column = "email_index" if is_email else "username"
    with context.named_row(value):
        return User.objects.filter(**{column: value}).first()


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with our rules: nobody signs up, and a session knows its organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        remember(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where this person's first portal is."""
        person: Any = request.user
        return access.start(person)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose wrong passwords these are: one count for name and e-mail, one apart for a known browser."""
        name = str(credentials.get("username") or credentials.get("email") or "").strip()
        user = find(name)
        if user is None:
            # As the look-up compares it: a sign-in name letter by letter, an e-mail without regard to case.
            return f"name:{name.casefold() if '@' in name else name}"
        return f"user:{user.pk}:{devices.known(request, user.pk)}"


def remember(request: HttpRequest, user: User) -> None:
    """Note the person's organisation in the new session and open it for the rest of this request."""
    request.session[SESSION_ORGANISATION] = str(user.organisation_id)
    context.enter(user.organisation_id)
    for prepare in _at_sign_in:
        prepare(user, timezone.now())


_at_sign_in: list[Callable[[User, datetime], None]] = []


def at_sign_in(prepare: Callable[[User, datetime], None]) -> None:
    """Register what has to be there when somebody has signed in; apps above this one call it as they load."""
    if prepare not in _at_sign_in:
        _at_sign_in.append(prepare)


def hash_token(token: str) -> str:
    """What is stored of a secret token: tokens are random, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(user: User, now: datetime) -> str:
    """A one-time sign-in token for ``/welcome/<token>/``; earlier ones stop working."""
    SignInLink.objects.filter(user=user, used_at__isnull=True).update(used_at=now)
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        user=user, token_hash=hash_token(token), expires_at=now + timedelta(days=LINK_DAYS)
    )
    return token


def find_link(token: str, now: datetime) -> SignInLink | None:
    """The unused, unexpired link with this token, its organisation opened for the request."""
    digest = hash_token(token)
    with context.named_row(digest):
        link = SignInLink.objects.filter(token_hash=digest, used_at__isnull=True, expires_at__gt=now).first()
    if link is not None:
        context.enter(link.organisation_id)
    return link
