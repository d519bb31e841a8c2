"""A token got with a client's secret: OAuth2 client credentials (RFC 6749, 4.4)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, ValidationError

from careerforge.http.client import GuardedClient
from careerforge.http.errors import Unreachable
from connectors.kinds import links
from connectors.secrecy.credentials import Auth, basic

# A token is not used any more when it has less than this left; one without an end is used for an hour.
MARGIN, USUAL = timedelta(minutes=1), timedelta(hours=1)
LONGEST_LIFE = timedelta(days=1)
TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Token:
    """What shows who asks, until it ends."""

    value: str = field(repr=False)
    until: datetime


class _Answer(BaseModel):
    access_token: str = Field(min_length=1, max_length=8000, pattern=r"^[\x21-\x7e]+$")
    kind: str = Field("bearer", alias="token_type")
    expires_in: float | None = Field(None, ge=0, le=1e9)


def get(auth: Auth, secret: str, client: Callable[[float], GuardedClient], now: datetime) -> Token:
    """Ask for a token.

    Raises:
        FetchError: there is none; the text is for people.
    """
    form = {"grant_type": "client_credentials"} | ({"scope": auth.scope} if auth.scope else {})
    headers = {"Accept": "application/json"}
    if auth.in_form:
        form |= {"client_id": auth.user, "client_secret": secret}
    else:
        # RFC 6749, 2.3.1: both are form-encoded before they are joined.
        headers["Authorization"] = basic(quote(auth.user, safe=""), quote(secret, safe=""))
    answer = client(TIMEOUT_S).post_form(auth.token_url, form, headers)
    try:
        found = _Answer.model_validate_json(answer.body)
    except ValidationError:
        raise _no_token(auth) from None
    if found.kind.lower() != "bearer":
        raise _no_token(auth)
    life = min(timedelta(seconds=found.expires_in), LONGEST_LIFE) if found.expires_in else USUAL
    return Token(found.access_token, now + life - MARGIN)


def _no_token(auth: Auth) -> Unreachable:
    sentence = _("%(host)s answered, but gave no token.") % {"host": links.host(auth.token_url)}
    return Unreachable(sentence, "no_token")
