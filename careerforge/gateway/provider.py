"""The seam between us and whoever runs a model."""

from collections.abc import Callable, Generator
from typing import Protocol

from careerforge.gateway.errors import ProviderError
from careerforge.gateway.prompt import Completion, Prompt

# Told of a try that has failed, before the next one: whether there may be one.
Again = Callable[[ProviderError], bool]
# Asked while a provider is silent: whether whoever asked has left.
Gone = Callable[[], bool]


def always(_: ProviderError) -> bool:
    """As often as the provider's patience lasts."""
    return True


def never(_: ProviderError) -> bool:
    """One try."""
    return False


def stays() -> bool:
    """Whoever asked waits for the end."""
    return False


class Provider(Protocol):
    """Somebody who answers prompts.

    Contract: ``complete`` returns a completion whose ``parsed`` is valid by ``prompt.schema``, or raises a
    :class:`~careerforge.gateway.errors.ProviderError` and nothing else. It returns or raises within
    ``timeout_s`` seconds, its own retries included. It sends ``system``, ``context`` and ``question`` as
    they are, keeps nothing between calls, and puts no key and no prompt into an error or a log.
    """

    @property
    def name(self) -> str:
        """Short name, as in the ledger."""

    @property
    def model(self) -> str:
        """Name of the model that is asked."""

    def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
        """Answer one prompt.

        Args:
            prompt: what to answer.
            timeout_s: seconds for everything, retries included.
            again: asked before each retry, for each sends the prompt once more.

        Raises:
            ProviderError: there is no usable answer; the subclass says why.
        """

    def stream(
        self, prompt: Prompt, *, timeout_s: float, again: Again = always, gone: Gone = stays
    ) -> Generator[str, None, Completion]:
        """Answer one prompt and give out the answer's JSON, without any thinking, while it is written.

        Pieces are never empty, and at least one comes before the completion. It tries again by itself only
        before the first one. Closed before its end, or soon after ``gone`` has become true, it cancels the
        call and raises a :class:`~careerforge.gateway.errors.Cut` of kind ``left``, with what the call cost.

        Raises:
            ProviderError: there is no usable answer; after the first piece, a ``Cut`` or what is wrong with
                the whole.
        """
