"""What is changed when the golden set is asked a second time, and what is live."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.files import names, shipped
from careerforge.assistant.prompts.template import digest
from careerforge.gateway import standing
from careerforge.knowledge.index.trying import trying as trying_generation
from careerforge.knowledge.models import IndexGeneration

# Beside the names of prompts.
INDEX = "index generation"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing, or several, in place of what is live.

    Attributes:
        prompt, text: a prompt's name and its other text.
        generation: id of an index generation.
        model: ``provider:model``.
    """

    prompt: str = ""
    text: str = ""
    generation: int | None = None
    model: str = ""

    def __bool__(self) -> bool:
        return bool(self.prompt or self.generation or self.model)

    @property
    def prompt_digest(self) -> str:
        """Hash of the text; empty for none."""
        return digest(self.text) if self.prompt else ""

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Inside, answers are made with it."""
        with ExitStack() as stack:
            if self.prompt:
                stack.enter_context(versions.trying(self.prompt, self.text))
            if self.generation is not None:
                one = IndexGeneration.objects.get(pk=self.generation)
                stack.enter_context(trying_generation(one))
            if self.model:
                stack.enter_context(standing.trying(self.model))
            yield


def of_version(version: PromptVersion) -> Change:
    """A version of a prompt in place of the live one."""
    return Change(prompt=version.name, text=version.text)


def words_of(prompt: str, generation: int | None, model: str) -> str:
    """A change in words."""
    said = [
        _("prompt %s") % prompt if prompt else "",
        _("index generation %s") % generation if generation is not None else "",
        _("model %s") % model if model else "",
    ]
    return ", ".join(one for one in said if one) or _("what is live now")


def live_digest() -> str:
    """A hash of what is live: the texts of all prompts, and the index generation. One query."""
    own = PromptVersion.objects.filter(live=True).order_by().values_list("name", "digest")
    generation = IndexGeneration.objects.filter(state=IndexGeneration.State.LIVE)
    index = generation.annotate(name=Value(INDEX), digest=Cast("pk", CharField())).order_by()
    live = dict(own.union(index.values_list("name", "digest"), all=True))
    texts = [f"{name} {live.get(name) or digest(shipped(name))}" for name in names()]
    return digest("\n".join([*texts, live.get(INDEX, "")]))
