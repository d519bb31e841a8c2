"""The embedder this installation is set to, and those that older generations were made with."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from django.conf import settings

from careerforge.gateway import company
from careerforge.gateway.embedding import Embedder, Hashing, default_embedder
from careerforge.gateway.errors import ProviderError
from careerforge.gateway.providers.embeddings import BadAddress, Remote, remote
from careerforge.gateway.redact import redact
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

# After a failure the server is left alone for a while, so that not every search waits for it.
REST_S = 60.0
_rests_until: dict[str, float] = {}
# One for each that a web process answers at once. They start with the first question, after any fork.
_threads = ThreadPoolExecutor(8, "embedding")


def configured() -> Embedder:
    """The one that new vectors are made with: built in, or at the address that the setting names.

    Raises:
        BadAddress: the setting cannot be used; in words for the operator.
    """
    return _remote(settings.EMBEDDER) if settings.EMBEDDER else built_in()


def built_in() -> Embedder:
    """The one that needs nobody else."""
    return default_embedder(settings.EMBEDDER_FOLDER)


def named(name: str) -> Embedder | None:
    """The one that made a generation, or None when it cannot be had here any more."""
    for known in (built_in(), Hashing()):
        if known.name == name:
            return known
    if name.startswith(("openai:", "ollama:")):
        try:
            return _remote(name)
        except BadAddress:
            return None
    current = configured()
    return current if current.name == name else None


def may_send(embedder: Embedder) -> bool:
    """Whether the open organisation's texts may go there: a key in the environment is no consent."""
    if not isinstance(embedder, Remote) or embedder.is_local:
        return True
    current = context.current_id()
    return current is not None and Organisation.objects.filter(pk=current, model_allowed=True).exists()


def outgoing(embedder: Embedder) -> Callable[[str], str]:
    """What an embedder gets of a text: one at another address no more of people than a language model.

    Made while the organisation is open, and good after that.
    """
    if not isinstance(embedder, Remote):
        return str
    directory = company.directory()
    return lambda text: redact(text, directory).text


def vector(name: str, question: str) -> list[float] | None:
    """A question in the space of a generation, by its embedder's name.

    None where nothing may or can make it now; then words have to do.
    """
    return soon(name, question)()


def soon(name: str, question: str) -> Callable[[], list[float] | None]:
    """The same, made in a thread while the caller does something else; call the result to wait for it."""
    embedder = named(name)
    if embedder is None or _rests_until.get(name, 0.0) > time.monotonic() or not may_send(embedder):
        return lambda: None
    return _threads.submit(_embedded, name, embedder, outgoing(embedder)(question)).result


def _embedded(name: str, embedder: Embedder, question: str) -> list[float] | None:
    try:
        found: list[float] = embedder.embed_query(question).tolist()
    except ProviderError:
        _rests_until[name] = time.monotonic() + REST_S
        return None
    return found


@lru_cache(maxsize=4)
def _remote(setting: str) -> Remote:
    return remote(setting, os.environ, settings.ALLOWED_ORIGINS)
