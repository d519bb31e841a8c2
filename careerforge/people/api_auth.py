"""Who calls the API: a bearer token, or the session of the pages with its CSRF token.

Use: ``@router.get("learning-path", auth=requires_scope(scopes.PATH_READ, kind=Kind.EMPLOYEE))``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from careerforge.people import access, idempotency
from careerforge.people.models import ApiToken, User
from careerforge.people.sign_in import hash_token
from careerforge.tenancy import context

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
# A token of ours is 43 letters; anything much longer is not looked up.
LONGEST_TOKEN = 128


class PersonAuth(HttpBearer):
    """A person with a role and, where a token speaks for them, a scope.

    Refuses with 401 (nobody, or a token that has ended), 403 (a scope is missing, no CSRF token),
    404 (the role is missing: like the pages) or 415 (the body of a form).
    """

    def __init__(self, scope: str = "", kind: str = "") -> None:
        super().__init__()
        self.scope = scope
        self.kind = kind

    def __call__(self, request: HttpRequest) -> User:
        header = request.headers.get("Authorization", "")
        user = self._by_token(request, header) if header else by_session(request)
        if self.kind and self.kind not in user.kinds:
            raise Http404
        idempotency.claim(request, user)
        return user

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Unused: ``__call__`` does both ways."""
        raise NotImplementedError

    def _by_token(self, request: HttpRequest, header: str) -> User:
        scheme, _space, secret = header.partition(" ")
        token = find_token(secret.strip(), timezone.now()) if scheme.lower() == "bearer" else None
        if token is None:
            raise AuthenticationError
        if self.scope and self.scope not in token.scopes:
            raise HttpError(403, _("This token lacks the scope “%(scope)s”.") % {"scope": self.scope})
        request.user = token.user
        access.greet(request)
        return token.user


def requires_scope(scope: str, *, kind: str = "") -> Callable[[HttpRequest], User]:
    """``auth=`` of an operation: a token needs ``scope``, the person needs the role ``kind``."""
    return PersonAuth(scope, kind)


def by_session(request: HttpRequest) -> User:
    """The person of the session. What changes something needs the CSRF token in its header."""
    user: Any = request.user
    if not user.is_authenticated:
        raise AuthenticationError
    if request.method not in SAFE_METHODS and request.content_type in FORMS:
        # Looking for the token in a form would read the body, which may be no form at all.
        raise HttpError(415, _("Send JSON, as application/json."))
    if request.method not in SAFE_METHODS and check_csrf(request):
        raise HttpError(403, _("The CSRF token is missing. Send it as the header X-CSRFToken."))
    person: User = user
    return person


def find_token(secret: str, now: datetime) -> ApiToken | None:
    """The living token with this secret, its organisation opened for the rest of the request."""
    if not secret or len(secret) > LONGEST_TOKEN:
        return None
    digest = hash_token(secret)
    with context.named_row(digest):
        token = ApiToken.objects.filter(
            token_hash=digest, revoked_at__isnull=True, expires_at__gt=now
        ).first()
    if token is None:
        return None
    context.enter(token.organisation_id)
    user = User.objects.whole().filter(pk=token.user_id, state=User.State.ACTIVE).first()
    if user is None:
        return None
    token.user = user
    return token
