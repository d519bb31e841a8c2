"""The providers this machine's environment names. Nothing outside this folder imports an SDK."""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.provider import Again, Gone, Provider, always, never, stays
from careerforge.gateway.providers.address import BadAddress, vetted
from careerforge.gateway.providers.anthropic import Anthropic, Thinking
from careerforge.gateway.providers.names import by_start
from careerforge.gateway.providers.openai_compatible import OpenAICompatible
from careerforge.gateway.standing import Offered

__all__ = ["BadAddress", "Bounded", "configured", "made", "reachable"]


@dataclass(frozen=True, slots=True)
class Bounded:
    """A provider that is waited for no longer than its offer says, or tried no more than once."""

    inner: Provider
    timeout_s: float
    once: bool = False

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def model(self) -> str:
        return self.inner.model

    def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
        """As the provider does."""
        again = never if self.once else again
        return self.inner.complete(prompt, timeout_s=min(timeout_s, self.timeout_s), again=again)

    def stream(
        self, prompt: Prompt, *, timeout_s: float, again: Again = always, gone: Gone = stays
    ) -> Generator[str, None, Completion]:
        """As the provider does."""
        again = never if self.once else again
        return self.inner.stream(prompt, timeout_s=min(timeout_s, self.timeout_s), again=again, gone=gone)


ANTHROPIC_URL = "https://api.anthropic.com"
PERPLEXITY_URL = "https://api.perplexity.ai"
OPENAI_URL = "https://api.openai.com/v1"

ANTHROPIC_MODEL = "claude-sonnet-4-6"
PERPLEXITY_MODEL = "sonar-pro"
OPENAI_MODEL = "gpt-5-mini"
OLLAMA_MODEL = "llama3.1"

# How a model is told to think, by the start of its name; ANTHROPIC_THINKING overrides. Unknown models are
# not told to.
THINKING: dict[str, Thinking] = {
    "claude-haiku-4-5": "budget",
    "claude-sonnet-4-5": "budget",
    "claude-opus-4-1": "budget",
    "claude-opus-4-5": "budget",
    "claude-sonnet-4-6": "budget",
    "claude-opus-4": "adaptive",
    "claude-haiku-5": "adaptive",
    "claude-sonnet-5": "adaptive",
    "claude-opus-5": "adaptive",
    "claude-fable-5": "adaptive",
    "claude-mythos-5": "adaptive",
}


def configured(environ: Mapping[str, str], *, allowed: Collection[str] = ()) -> tuple[Provider, ...]:
    """Providers in order of preference: Anthropic, Perplexity, OpenAI-compatible, Ollama.

    Args:
        environ: ``ANTHROPIC_API_KEY``, ``_BASE_URL``, ``_MODEL``, ``_THINKING``; ``PERPLEXITY_…`` and
            ``OPENAI_API_KEY``, ``_BASE_URL``, ``_MODEL``; ``OLLAMA_BASE_URL``, ``_MODEL``. A provider
            without its key is left out; an OpenAI-compatible server at another address, and Ollama, need
            an address and no key.
        allowed: what the operator has listed, see :func:`~.address.vetted`. Who has another address is left
            out; :func:`made` says why.
    """
    return tuple(provider for make in _MAKERS.values() for provider in _allowed(make, environ, allowed))


def made(
    offered: Offered, environ: Mapping[str, str], *, allowed: Collection[str] = ()
) -> tuple[Provider, ...]:
    """The provider of one offer, or nothing when the environment has no key or address for it.

    Raises:
        BadAddress: its base URL is not allowed. Names the variable, not the address.
    """
    name = offered.provider.upper()
    wanted = {f"{name}_MODEL": offered.model, f"{name}_THINKING": offered.thinking}
    environ = {**environ, **{variable: value for variable, value in wanted.items() if value}}
    found = tuple(_MAKERS[offered.provider](environ, allowed))
    return tuple(Bounded(provider, offered.timeout_s) for provider in found)


def reachable(
    offered: Offered, environ: Mapping[str, str], *, allowed: Collection[str] = ()
) -> tuple[Provider, ...]:
    """As :func:`made`, and nothing when its address is not allowed: then the next one is asked."""
    try:
        return made(offered, environ, allowed=allowed)
    except BadAddress:
        return ()


def _anthropic(environ: Mapping[str, str], allowed: Collection[str]) -> Iterator[Provider]:
    if key := environ.get("ANTHROPIC_API_KEY"):
        model = environ.get("ANTHROPIC_MODEL") or ANTHROPIC_MODEL
        url = _url(environ, "ANTHROPIC_BASE_URL", ANTHROPIC_URL, allowed)
        yield Anthropic(
            key=key,
            base_url=url,
            model=model,
            thinking=thinking_of(model, environ.get("ANTHROPIC_THINKING", "")),
        )


def _perplexity(environ: Mapping[str, str], allowed: Collection[str]) -> Iterator[Provider]:
    if key := environ.get("PERPLEXITY_API_KEY"):
        url = _url(environ, "PERPLEXITY_BASE_URL", PERPLEXITY_URL, allowed)
        yield OpenAICompatible("perplexity", key, url, environ.get("PERPLEXITY_MODEL") or PERPLEXITY_MODEL)


def _openai(environ: Mapping[str, str], allowed: Collection[str]) -> Iterator[Provider]:
    key, elsewhere = environ.get("OPENAI_API_KEY"), environ.get("OPENAI_BASE_URL")
    if key or elsewhere:
        url = _url(environ, "OPENAI_BASE_URL", OPENAI_URL, allowed)
        # OpenAI's newer models refuse the name that all others know.
        tokens_name = "max_completion_tokens" if urlsplit(url).hostname == "api.openai.com" else "max_tokens"
        yield OpenAICompatible(
            "openai", key or "none", url, environ.get("OPENAI_MODEL") or OPENAI_MODEL, tokens_name
        )


def _ollama(environ: Mapping[str, str], allowed: Collection[str]) -> Iterator[Provider]:
    if environ.get("OLLAMA_BASE_URL"):
        url = _url(environ, "OLLAMA_BASE_URL", "", allowed)
        url = url if urlsplit(url).path else f"{url}/v1"
        yield OpenAICompatible("ollama", "ollama", url, environ.get("OLLAMA_MODEL") or OLLAMA_MODEL)


_Maker = Callable[[Mapping[str, str], Collection[str]], Iterator[Provider]]
_MAKERS: dict[str, _Maker] = {
    "anthropic": _anthropic,
    "perplexity": _perplexity,
    "openai": _openai,
    "ollama": _ollama,
}


def _allowed(make: _Maker, environ: Mapping[str, str], allowed: Collection[str]) -> tuple[Provider, ...]:
    try:
        return tuple(make(environ, allowed))
    except BadAddress:
        return ()


def thinking_of(model: str, setting: str = "") -> Thinking:
    """How to tell this model to think: the setting if there is one, else by the longest known start of
    its name.
    """
    for mode in ("budget", "adaptive", "off"):
        if setting == mode:
            return mode
    return by_start(THINKING, model, "off")


def _url(environ: Mapping[str, str], variable: str, default: str, allowed: Collection[str]) -> str:
    try:
        return vetted(environ.get(variable) or default, allowed)
    except BadAddress as error:
        raise BadAddress(f"{variable} {error}") from None
