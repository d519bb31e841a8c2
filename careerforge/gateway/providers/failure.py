"""From an HTTP status and a body to one of our errors. Bodies are looked at and dropped."""

import re
from collections.abc import Mapping

from careerforge.gateway.answer import Unreadable
from careerforge.gateway.errors import (
    BadAnswer,
    BadKey,
    Cut,
    OutOfMoney,
    ProviderError,
    RateLimited,
    Refused,
    Unavailable,
)
from careerforge.gateway.prompt import Usage

LONGEST_WAIT_S = 10.0

# Words providers use when money or a cap is the reason, whatever the status says.
NO_MONEY = re.compile(
    r"spend[_ ]limit|usage limits?|insufficient_quota|exceeded your current quota"
    r"|credit balance|billing|no credit",
    re.IGNORECASE,
)
FINAL_KINDS = {400: "bad_request", 404: "model_not_found", 413: "too_large", 422: "bad_request"}
# What a server that does not know one of our options complains about: its own kind.
UNKNOWN_OPTIONS = {
    "no_schemas": re.compile("response_format|json_schema"),
    "no_stream_options": re.compile("stream_options"),
}
# The status that an error would have had, if it had not come after the answer had begun.
LATE = {
    "overloaded_error": 529,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "authentication_error": 401,
    "permission_error": 403,
    "billing_error": 402,
    "insufficient_quota": 402,
    "invalid_request_error": 400,
    "not_found_error": 404,
    "request_too_large": 413,
}


def from_status(provider: str, status: int, headers: Mapping[str, str], body: str) -> ProviderError:
    """The error for an HTTP answer that is no completion."""
    if status == 402 or (status in {400, 403, 429} and NO_MONEY.search(body)):
        return OutOfMoney(provider, "no_money", status=status)
    if status in {401, 403}:
        return BadKey(provider, "key_refused", status=status)
    if status == 429:
        wait = retry_after(headers)
        return RateLimited(provider, "too_many", status=status, retry_after=wait, retryable=wait is not None)
    if status in FINAL_KINDS:
        return Unavailable(provider, _unknown_option(status, body) or FINAL_KINDS[status], status=status)
    if status == 529:
        return Unavailable(provider, "overloaded", status=status, retryable=True)
    if status >= 500 or status == 408:
        return Unavailable(provider, "server_error", status=status, retryable=True)
    return Unavailable(provider, "unexpected_status", status=status)


def from_event(provider: str, body: object) -> ProviderError:
    """The error for an event that says what went wrong, in an answer whose status was 200."""
    told = body.get("error", body) if isinstance(body, dict) else {}
    kind = told.get("type") or told.get("code") if isinstance(told, dict) else ""
    return from_status(provider, LATE.get(str(kind), 500), {}, str(body))


def from_reading(provider: str, error: Unreadable, model: str, usage: Usage, text: str) -> ProviderError:
    """The error for an answer that cannot be read."""
    kinds: dict[str, type[ProviderError]] = {"declined": Refused, "cut": Cut}
    kind = kinds.get(error.kind, BadAnswer)
    return kind(provider, error.kind, model_answered=model, usage=usage, text=text, problem=error.problem)


def _unknown_option(status: int, body: str) -> str:
    if status not in {400, 422}:
        return ""
    return next((kind for kind, words in UNKNOWN_OPTIONS.items() if words.search(body)), "")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, at most :data:`LONGEST_WAIT_S`; None when the header is missing or is no number
    of seconds.
    """
    try:
        return min(max(0.0, float(headers.get("retry-after", ""))), LONGEST_WAIT_S)
    except ValueError:
        return None
