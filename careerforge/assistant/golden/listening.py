"""A road to a model for those who answer golden questions."""

from dataclasses import dataclass, field

from careerforge.assistant.golden.asking import Desk, NotNow
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.cache import Keeping
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.road import Road
from careerforge.tenancy import context


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening(Road):
    """A road that gives a sign of life before each call, and remembers who answered.

    An answer that nobody can use was still given: its model is heard, and the rules' answer is not taken for
    it. A limit is no answer, so it ends the question.
    """

    desk: Desk
    heard: list[Completion] = field(default_factory=list)

    def ask(self, prompt: Prompt, keeping: Keeping | None = None) -> Completion | Exceeded | None:
        """As the road, without a transaction.

        Raises:
            NotNow: the company's limit is reached.
        """
        self.desk.alive()
        with context.named(self.desk.organisation):
            said = Road.ask(self, prompt, keeping)
        if isinstance(said, Exceeded):
            raise NotNow(said.sentence, said.until)
        if said:
            self.heard.append(said)
        return said

    @property
    def model(self) -> str:
        """Who answered last; ``rules`` when nobody did."""
        return self.heard[-1].model_answered if self.heard else "rules"


def listening(desk: Desk, *, allowed: bool) -> Listening:
    """By the company's budget alone, and by the clock on the wall: a run is long."""
    return Listening(Asker(None), allowed, desk=desk)
