"""An answer as far as it has come, from either wire: in one piece or in many."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from careerforge.gateway import prices
from careerforge.gateway.answer import LONGEST_ANSWER, Unreadable, read
from careerforge.gateway.errors import LEFT, NO_USAGE, BadAnswer, Cut, ProviderError, Refused
from careerforge.gateway.prompt import Completion, Prompt, Usage, WebSource
from careerforge.gateway.providers import failure

# What a provider's word for the end of an answer means; None is a proper end, an unknown word a bad answer.
Stops = Mapping[str, type[ProviderError] | None]


@dataclass(frozen=True, slots=True)
class Heard:
    """What one event, or a whole answer, says.

    Attributes:
        thought: letters of thinking, which are paid for and shown to nobody.
        stop: the provider's word for the end, once it has come.
        refusal: said in a field of its own.
    """

    text: str = ""
    thought: int = 0
    model: str = ""
    usage: Usage = NO_USAGE
    stop: str | None = None
    refusal: bool = False
    web_sources: tuple[WebSource, ...] = ()


@dataclass
class Writing:
    """Gathers what is heard of one answer.

    Attributes:
        name, model: of the provider, and of the model that was asked.
        mend: see :func:`~careerforge.gateway.answer.read`.
    """

    name: str
    model: str
    prompt: Prompt
    stops: Stops
    mend: bool = False
    heard: Heard = field(default_factory=Heard)

    def hear(self, new: Heard) -> str:
        """Take one more; the text it brings."""
        old = self.heard
        self.heard = Heard(
            text=old.text + new.text,
            thought=old.thought + new.thought,
            model=new.model or old.model,
            usage=_higher(old.usage, new.usage),
            stop=old.stop if new.stop is None else new.stop,
            refusal=old.refusal or new.refusal,
            web_sources=new.web_sources or old.web_sources,
        )
        if len(self.heard.text) > LONGEST_ANSWER:
            raise self._error(BadAnswer, "too_long")
        return new.text

    def completion(self) -> Completion:
        """The checked answer, once everything is heard.

        Raises:
            ProviderError: it is none.
        """
        heard = self.heard
        if heard.stop is None:
            raise self._error(Cut if heard.text else BadAnswer, "no_end")
        problem = Refused if heard.refusal else self.stops.get(heard.stop, BadAnswer)
        if problem:
            raise self._error(problem, heard.stop or "stopped")
        try:
            reading = read(heard.text, self.prompt.schema, mend=self.mend)
        except Unreadable as error:
            raise failure.from_reading(self.name, error, heard.model, heard.usage, heard.text) from None
        return Completion(
            text=heard.text,
            parsed=reading.parsed,
            model_asked=self.model,
            model_answered=heard.model,
            usage=heard.usage,
            stop_reason=heard.stop,
            provider=self.name,
            web_sources=heard.web_sources,
            repaired=reading.repaired,
        )

    def _error(self, kind: type[ProviderError], word: str) -> ProviderError:
        heard = self.heard
        usage = heard.usage if heard.stop is not None else self._cost_so_far(sent=word == LEFT)
        return kind(self.name, word, model_answered=heard.model, usage=usage, text=heard.text)

    def _cost_so_far(self, *, sent: bool) -> Usage:
        """Of an answer that broke off: what was told, else what the letters come to.

        Args:
            sent: the prompt is paid for although nothing came.
        """
        told, letters = self.heard.usage, len(self.heard.text) + self.heard.thought
        output = max(told.output, -(-letters // prices.LETTERS))
        if told.input or told.cache_read or told.cache_write or not (letters or sent):
            return Usage(told.input, output, told.cache_read, told.cache_write)
        return Usage(prices.most(self.prompt).input, output)

    @contextmanager
    def unbroken(self) -> Iterator[None]:
        """While pieces come. What goes wrong after the first one leaves a cut answer, and so does who leaves.

        Raises:
            Cut: with what has come, and what that cost.
        """
        try:
            yield
        except GeneratorExit:
            raise self._error(Cut, LEFT) from None
        except ProviderError as error:
            if error.kind == LEFT:
                raise self._error(Cut, LEFT) from None
            if not self.heard.text or (isinstance(error, BadAnswer) and error.text):
                raise
            raise self._error(Cut, error.kind) from None


def begun(pieces: Generator[str, None, Completion]) -> Generator[str, None, Completion]:
    """The same pieces, the first of them already here: what hinders an answer is known before it begins."""
    return _resumed(next(pieces), pieces)


def _resumed(first: str, rest: Generator[str, None, Completion]) -> Generator[str, None, Completion]:
    try:
        yield first
    except GeneratorExit:
        rest.close()
        raise
    return (yield from rest)


def _higher(one: Usage, other: Usage) -> Usage:
    """Counts grow while an answer is written, and not every event carries all of them."""
    return Usage(
        max(one.input, other.input),
        max(one.output, other.output),
        max(one.cache_read, other.cache_read),
        max(one.cache_write, other.cache_write),
    )
