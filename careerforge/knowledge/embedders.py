"""The embedder this installation is set to, and those that older generations were made with."""

from django.conf import settings

from careerforge.gateway.embedding import Embedder, Hashing, default_embedder


def configured() -> Embedder:
    """The one that new vectors are made with."""
    return default_embedder(settings.EMBEDDER_FOLDER)


def named(name: str) -> Embedder | None:
    """The one that made a generation, or None when it cannot be had here any more."""
    return next((known for known in (configured(), Hashing()) if known.name == name), None)
