"""The providers' SDKs take seconds to import: that is done before anybody waits for an answer."""

from collections.abc import Mapping
from importlib import import_module

from careerforge.gateway.providers import transport

# What needs which modules, by the variables that name a provider.
ANTHROPIC = ("ANTHROPIC_API_KEY",)
OPENAI = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "PERPLEXITY_API_KEY", "OLLAMA_BASE_URL")


def load(environ: Mapping[str, str]) -> None:
    """Import what the providers need that this environment names; nothing when it names none.

    To be called where a process begins. Called again it costs nothing.
    """
    if any(map(environ.get, ANTHROPIC)):
        import_module("anthropic")
    if any(map(environ.get, OPENAI)):
        import_module("openai.resources.chat")
        import_module("openai.lib._pydantic")
    if any(map(environ.get, ANTHROPIC + OPENAI)):
        transport.trusted()
