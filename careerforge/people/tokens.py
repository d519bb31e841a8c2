"""API tokens: shown once, kept as a hash."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from careerforge.governance import audit
from careerforge.people import scopes
from careerforge.people.models import ApiToken, User
from careerforge.people.sign_in import hash_token

DAYS = 90


class UnknownScope(ValueError):
    """A scope that does not exist; the text lists those that do."""


def make(user: User, wanted: Iterable[str], now: datetime, by: User | None, days: int = DAYS) -> str:
    """A new token for somebody, in clear: this is the only time that it can be read.

    Raises:
        UnknownScope: when one of ``wanted`` does not exist, or none is given.
    """
    chosen = sorted(set(wanted))
    unknown = [scope for scope in chosen if scope not in scopes.ALL]
    if unknown or not chosen:
        raise UnknownScope(f"Scopes are: {' '.join(scopes.ALL)}. Not: {' '.join(unknown) or 'none at all'}.")
    secret = f"cf_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user, token_hash=hash_token(secret), scopes=chosen, expires_at=now + timedelta(days=days)
    )
    audit.record(by, "token.made", subject=user.pk, target=token, scopes=" ".join(chosen), days=days)
    return secret
