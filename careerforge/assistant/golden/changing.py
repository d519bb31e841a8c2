"""What is changed when the golden set is asked a second time, and what is live."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, Lower, LPad
from django.utils.translation import gettext as _

from careerforge.assistant.golden.listing import Models
from careerforge.assistant.models import GoldenRun, PromptVersion
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.files import names, shipped
from careerforge.assistant.prompts.template import digest
from careerforge.gateway import standing
from careerforge.gateway.models import ForbiddenRegion, Offer
from careerforge.knowledge.index.trying import trying as trying_generation
from careerforge.knowledge.models import IndexGeneration

# Beside the names of prompts.
INDEX, MODEL, REGION = "index generation", "model", "forbidden region"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing, or several, in place of what is live.

    Attributes:
        prompt, text: a prompt's name and its other text.
        generation: id of an index generation.
        models: in place of the company's list.
    """

    prompt: str = ""
    text: str = ""
    generation: int | None = None
    models: Models | None = None

    def __bool__(self) -> bool:
        return bool(self.prompt or self.generation or self.models)

    @property
    def by_models(self) -> bool:
        """Only what a model writes tells anything about it."""
        return bool(self.prompt or self.models)

    @property
    def key(self) -> dict[str, str | int | None]:
        """The fields by which its runs are found."""
        return {
            "prompt": self.prompt,
            "prompt_digest": digest(self.text) if self.prompt else "",
            "generation": self.generation,
            "model": self.models.named[:80] if self.models else "",
            "models_digest": self.models.digest if self.models else "",
        }

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Inside, answers are made with it."""
        with ExitStack() as stack:
            if self.prompt:
                stack.enter_context(versions.trying(self.prompt, self.text))
            if self.generation is not None:
                one = IndexGeneration.objects.get(pk=self.generation)
                stack.enter_context(trying_generation(one))
            if self.models:
                stack.enter_context(standing.trying(self.models.offers))
            yield


def of_version(version: PromptVersion) -> Change:
    """A version of a prompt in place of the live one."""
    return Change(prompt=version.name, text=version.text)


def words_of(run: GoldenRun, prompt: str) -> str:
    """What a run has changed, in words.

    Args:
        prompt: its name for people; empty for none.
    """
    said = [
        _("the prompt “%s”") % prompt if prompt else "",
        _("index generation %s") % run.generation if run.generation is not None else "",
        _("model %s") % run.model if run.model else "",
    ]
    return ", ".join(one for one in said if one) or _("what is live now")


def live_digest() -> str:
    """A hash of what is live: the texts of all prompts, the index generation, the models, and the regions
    that are closed to them. One query.
    """
    own = PromptVersion.objects.filter(live=True).order_by().values_list("name", "digest")
    generation = IndexGeneration.objects.filter(state=IndexGeneration.State.LIVE)
    index = generation.annotate(name=Value(INDEX), digest=Cast("pk", CharField()))
    turn = Concat("strength", LPad(Cast("place", CharField()), 6, Value("0")), Value(" "), "provider",
                  Value(":"), "model", Value(" "), "thinking", Value(" "), Cast("timeout_s", CharField()),
                  Value(" "), Lower("data_region"), output_field=CharField())  # fmt: skip
    models = Offer.objects.filter(is_on=True).annotate(name=Value(MODEL), digest=turn)
    closed = Concat("region", Value(": "), Lower("data_region"), output_field=CharField())
    regions = ForbiddenRegion.objects.annotate(name=Value(REGION), digest=closed)
    rest = [rows.order_by().values_list("name", "digest") for rows in (index, models, regions)]
    rows = list(own.union(*rest, all=True))
    live = {name: found for name, found in rows if name not in (MODEL, REGION)}
    texts = [f"{name} {live.get(name) or digest(shipped(name))}" for name in names()]
    # Who comes before whom counts, not the number of the turn.
    asked = [f"{one[:6]} {one[12:]}" for one in sorted(found for name, found in rows if name == MODEL)]
    closed_to = sorted(found for name, found in rows if name == REGION)
    return digest("\n".join([*texts, live.get(INDEX, ""), *asked, *closed_to]))
