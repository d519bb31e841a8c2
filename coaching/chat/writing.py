"""The pieces of an answer, one after the other: each is checked before it is given out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.gateway import company
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.errors import Cut
from careerforge.gateway.prompt import Completion
from careerforge.gateway.redact import Directory
from careerforge.gateway.road import Road, never
from careerforge.people import access
from careerforge.people.models import User
from careerforge.tenancy import context
from coaching.chat import failing, pieces
from coaching.chat.checking import Evidence
from coaching.chat.context import Turn
from coaching.chat.outgoing import Sending, prompt
from coaching.chat.pieces import Kind, Piece
from coaching.chat.preparing import Prepared, prepare
from coaching.chat.sieve import whole

RULES_VERSION = "chat-rules-2"
# With less than this share of its sentences supported, the rules' answer follows. Never a review.
ENOUGH = 0.7


@dataclass
class Made:
    """How an answer was made, filled in while it is."""

    model: str = "rules"
    prompt_version: str = RULES_VERSION
    call: UUID | None = None
    read: int = 0
    struck: int = 0
    prepared: Prepared | None = None
    # The flow broke off after text had been shown: no answer, and no other provider goes on with it.
    is_cut: bool = False


@dataclass
class Writer:
    """Writes one answer.

    Attributes:
        made: how; complete when the pieces have ended.
        stops: asked between pieces whether to end early, which cancels the call.
        about: the conversation, with which the exact text of its calls goes.
    """

    owner: User
    question: str
    turns: Sequence[Turn]
    now: datetime
    stops: Callable[[], bool] = never
    about: UUID | None = None
    made: Made = field(default_factory=Made)

    def pieces(self) -> Iterator[Piece]:
        """To be used while the owner's organisation is named; no transaction is open between two pieces."""
        with context.organisation(self.owner.organisation_id):
            prepared, sent = self._prepared()
        if prepared.help:
            text = " ".join(filter(None, (prepared.help.text, prepared.help.nobody)))
            yield Piece(Kind.HELP, text, contacts=prepared.help.contacts)
            return
        if prepared.instead:
            yield Piece(Kind.INSTEAD, prepared.instead)
            return
        if sent is None:
            yield from pieces.of(prepared.by_rules)
            return
        yield from self._by_model(prepared, *sent)

    def _prepared(self) -> tuple[Prepared, tuple[Sending, Road] | None]:
        """The answer by rules, and what would be sent to whom, if a model is to word it."""
        prepared = self.made.prepared = prepare(self.owner, self.question, self.turns, self.now)
        self.made.read = len(prepared.passages)
        road = self._road()
        # Without a target a model could name nothing of the person's either.
        if not prepared.by_rules.sentences or prepared.no_target or not road.leads_anywhere:
            return prepared, None
        directory = company.directory() if road.allowed else Directory.of([])
        return prepared, (prompt(self.question, self.turns, prepared, directory, self.now), road)

    def _road(self) -> Road:
        owner = self.owner
        asker = Asker(owner.pk, access.teams_of(owner, self.now.date()))
        allowed = owner.organisation.model_allowed
        return Road(
            asker,
            allowed,
            region=owner.profile.region,
            subject=owner,
            about=self.about,
            stops=self.stops,
        )

    def _by_model(self, prepared: Prepared, sending: Sending, road: Road) -> Iterator[Piece]:
        evidence, kept, said = Evidence(prepared, self.question), 0, list[str]()
        with road.stream(sending.prompt) as flow:
            read = whole(self._until_stopped(flow), lambda: isinstance(flow.ended, Completion))
            for sentence in (line for each in read for line in evidence.lines(each)):
                piece = evidence.piece(sentence, sending.outgoing.back)
                if piece and kept == prepared.points:
                    # It was asked for so many; what it adds is shown to nobody.
                    continue
                self.made.struck += piece is None
                kept += piece is not None
                if piece:
                    said.append(piece.text)
                    # Said before it is shown: whatever happens then, a model has written.
                    self._left_half(sending)
                    yield piece
        ended = flow.ended
        if self.stops():
            return
        if isinstance(ended, Completion):
            self._remember(ended, sending)
            yield from self._unless_enough(prepared, said)
        elif isinstance(ended, Cut) and kept:
            self.made.is_cut = True
        elif isinstance(ended, Exceeded):
            yield from self._instead(prepared, ended, kept)
        else:
            yield from self._by_rules(prepared, failing.sentence(flow.outcomes), again=bool(kept))

    def _until_stopped(self, flow: Iterable[str]) -> Iterator[str]:
        for text in flow:
            if self.stops():
                return
            yield text

    def _remember(self, ended: Completion, sending: Sending) -> None:
        self.made.model = ended.model_answered[:80]
        self.made.prompt_version = sending.prompt.version
        self.made.call = ended.call_id

    def _left_half(self, sending: Sending) -> None:
        """What a model has written is not said to be by rules; which one it was, the ledger knows."""
        self.made.model, self.made.prompt_version = "", sending.prompt.version

    def _unless_enough(self, prepared: Prepared, said: Sequence[str]) -> Iterator[Piece]:
        kept = len(said)
        every = kept + self.made.struck
        if not kept or kept / every < ENOUGH:
            yield from self._by_rules(prepared, _too_little(kept, every), again=bool(kept))
        elif not prepared.is_theirs(said):
            note = _("A language model wrote nothing of your own gap or path. This is the answer by rules.")
            yield from self._by_rules(prepared, note, again=True)

    def _instead(self, prepared: Prepared, ended: Exceeded, kept: int) -> Iterator[Piece]:
        note = ended.sentence + " " + _("This is the answer by rules.")
        if not kept:
            again = time_format(localtime(ended.until))
            note += " " + _("A language model can be asked again at %(time)s.") % {"time": again}
        yield from self._by_rules(prepared, note, again=bool(kept))

    def _by_rules(self, prepared: Prepared, note: str, *, again: bool) -> Iterator[Piece]:
        self.made.model, self.made.prompt_version = "rules", RULES_VERSION
        if again:
            yield Piece(Kind.OVER)
        if note:
            yield Piece(Kind.NOTE, note)
        yield from pieces.of(prepared.by_rules)


def _too_little(kept: int, every: int) -> str:
    """Why the answer is by rules although a model wrote."""
    if every == 1:
        said = _("A language model wrote one sentence, and it was not supported.")
    else:
        words = ngettext(
            "A language model wrote %(n)s sentences, of which %(kept)s was supported.",
            "A language model wrote %(n)s sentences, of which %(kept)s were supported.",
            kept,
        )
        said = words % {"kept": kept, "n": every}
    return said + " " + _("This is the answer by rules.")
