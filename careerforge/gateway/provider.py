"""The seam between us and whoever runs a model."""

from typing import Protocol

from careerforge.gateway.prompt import Completion, Prompt


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

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Completion:
        """Answer one prompt.

        Args:
            prompt: what to answer.
            timeout_s: seconds for everything, retries included.

        Raises:
            ProviderError: there is no usable answer; the subclass says why.
        """
