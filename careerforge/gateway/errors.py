"""Everything that can go wrong between us and a provider.

::

    ProviderError
    ├── Unavailable    down, slow, overloaded, unreachable, unknown model: retried where that may help
    ├── RateLimited    too many requests: one more try if the provider says when
    ├── OutOfMoney     credit, quota or monthly cap used up: never retried
    ├── BadKey         key wrong, revoked or not allowed this: never retried
    ├── Refused        the model declines: no other provider is asked
    ├── BadAnswer      an answer, but not one that fits the schema
    └── Cut            the answer ended before it was complete, or whoever asked has left

A message names the provider, the kind and the HTTP status. It never carries a body, a header, a key, a prompt
or an answer.
"""

from typing import ClassVar

from careerforge.gateway.prompt import Usage

NO_USAGE = Usage()
# The kind of a cut by whoever asked.
LEFT = "left"


class ProviderError(Exception):
    """A call that gave no usable answer.

    Attributes:
        outcome: the word for it in the ledger.
        kind: what exactly happened, one snake_case word.
        status: HTTP status, if there was an answer at all.
        retry_after: seconds the provider asks us to wait, if it said so.
        retryable: whether the same request may succeed in a moment.
        model_answered: the model that wrote the unusable answer, if one did.
        usage: what that answer cost all the same.
        text: that answer, as far as it came. For the sealed record only.
        problem: what was wrong with it, for the model that wrote it: it may be asked once more.
    """

    outcome: ClassVar[str] = "unavailable"
    always_final: ClassVar[bool] = True
    most_retries: ClassVar[int] = 2

    def __init__(
        self,
        provider: str,
        kind: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        retryable: bool = False,
        model_answered: str = "",
        usage: Usage = NO_USAGE,
        text: str = "",
        problem: str = "",
    ) -> None:
        self.provider = provider
        self.kind = kind
        self.status = status
        self.retry_after = retry_after
        self.retryable = retryable and not self.always_final
        self.model_answered = model_answered
        self.usage = usage
        self.text = text
        self.problem = problem
        super().__init__(f"{provider}: {kind}" + (f" (HTTP {status})" if status else ""))


class Unavailable(ProviderError):
    """The provider did not answer, or answered that it cannot."""

    outcome = "unavailable"
    always_final = False


class RateLimited(ProviderError):
    """Too many requests or tokens in a while."""

    outcome = "rate_limited"
    always_final = False
    most_retries = 1


class OutOfMoney(ProviderError):
    """No credit, or a cap is reached."""

    outcome = "out_of_money"


class BadKey(ProviderError):
    """The key is not accepted."""

    outcome = "bad_key"


class Refused(ProviderError):
    """The model declines to answer."""

    outcome = "refused"


class BadAnswer(ProviderError):
    """The answer does not fit the schema."""

    outcome = "bad_answer"


class Cut(ProviderError):
    """The answer stops before its end."""

    outcome = "cut"
