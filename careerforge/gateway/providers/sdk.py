"""What the two SDKs have in common: they were made by the same generator."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import httpx2

from careerforge.gateway.errors import LEFT, BadAnswer, Cut, Unavailable
from careerforge.gateway.provider import Gone, stays
from careerforge.gateway.providers import failure, transport


@contextmanager
def opened(
    sdk: ModuleType,
    client: Callable[..., Any],
    name: str,
    key: str,
    base_url: str,
    timeout_s: float,
    gone: Gone = stays,
) -> Iterator[Any]:
    """A client for one request, closed afterwards; its errors come out as ours.

    Args:
        sdk, client: the module and its class of clients.
        timeout_s: for everything until it is closed, the last byte of a stream included.
        gone: whether whoever asked has left; then the connection is closed.

    Raises:
        ProviderError: theirs carry bodies and headers, ours do not.
    """
    # At level DEBUG the SDKs log whole prompts.
    logging.getLogger(sdk.__name__).setLevel(logging.WARNING)
    with (
        _errors(sdk, name, gone),
        transport.client(timeout_s, base_url, gone) as http,
        client(
            api_key=key, base_url=base_url, max_retries=0, timeout=timeout_s, http_client=http
        ) as opened_client,
    ):
        yield opened_client


@contextmanager
def _errors(sdk: Any, name: str, gone: Gone) -> Iterator[None]:
    try:
        yield
    # While an answer streams in, Anthropic's SDK lets the transport's own errors through.
    except (sdk.APITimeoutError, httpx2.TimeoutException):
        raise Unavailable(name, "timeout") from None
    except (sdk.APIConnectionError, httpx2.HTTPError):
        if gone():
            raise Cut(name, LEFT) from None
        raise Unavailable(name, "no_connection", retryable=True) from None
    except sdk.APIStatusError as error:
        if error.status_code == 200:
            raise failure.from_event(name, error.body) from None
        answer = error.response
        raise failure.from_status(name, error.status_code, answer.headers, answer.text) from None
    # ValueError: pydantic's, for a page of HTML with status 200, say.
    except (sdk.APIResponseValidationError, ValueError):
        raise BadAnswer(name, "not_json") from None
    except sdk.APIError as error:
        raise failure.from_event(name, error.body) from None
