"""What was sent to a model about a person, for that person alone: the list, and one text to the letter."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.assistant import withholding
from careerforge.gateway import names
from careerforge.gateway.models import FunctionSwitch, ModelCall, SentText
from careerforge.gateway.sent import Sent, open_text
from careerforge.people.models import User

# What coaches ask; everything else is asked by the person, or made for what they asked for.
BY_COACHES = frozenset({FunctionSwitch.Function.ADVICE.value})
ENDED = {
    "under_way": gettext_lazy("The answer is on its way, or whoever waited for it stopped waiting."),
    "unavailable": gettext_lazy("No answer came: the provider could not be reached or was out of order."),
    "rate_limited": gettext_lazy("No answer came: the provider was asked too often."),
    "out_of_money": gettext_lazy("No answer came: the company's account with the provider was empty."),
    "bad_key": gettext_lazy("No answer came: the provider did not accept the company's key."),
    "refused": gettext_lazy("The model declined to answer."),
    "bad_answer": gettext_lazy("What came could not be used, so nobody was shown it."),
    "cut": gettext_lazy("The answer broke off, so nobody was shown it as an answer."),
}


@dataclass(frozen=True)
class Line:
    """One call as the list shows it."""

    id: UUID
    at: datetime
    function: str
    asked_by: str
    model: str
    provider: str
    region: str
    price: str
    # How it ended, in words; empty when an answer came.
    ended: str


@dataclass(frozen=True)
class Opened:
    """One call with its text.

    Attributes:
        letters: how many characters left.
        is_whole: False when something of the text is closed to who opens it.
    """

    line: Line
    text: Sent
    digest: str
    letters: int
    is_whole: bool = True


def about(person: User) -> QuerySet[SentText]:
    """Everything that left about a person, the newest first; nobody else's."""
    return SentText.objects.filter(subject=person).select_related("call").order_by("-sent_at", "-pk")


def line(row: SentText) -> Line:
    """A row of :func:`about` in words."""
    call = row.call
    return Line(
        id=row.pk,
        at=row.sent_at,
        function=names.function(call.function),
        asked_by=_("Your coach") if call.function in BY_COACHES else _("You"),
        model=call.model_answered or call.model_asked,
        provider=names.provider(call.provider),
        region=call.data_region,
        price=_price(call),
        ended=str(ENDED.get(call.outcome, "")),
    )


def opened(person: User, row_id: UUID) -> Opened | None:
    """One text, if it is about this person; of documents only what is open to them now."""
    # The key is on the person who asks, so it is not read again.
    row = about(person).filter(pk=row_id).first()
    if row is None:
        return None
    row.subject = person
    text = open_text(row)
    letters = len(text.system) + len(text.context) + len(text.question)
    shown = withholding.for_reader(person, text, row.call.prompt_version)
    return Opened(line(row), shown or text, row.digest, letters, shown is None)


def _price(call: ModelCall) -> str:
    """US dollars; most calls cost less than a cent."""
    return f"${number_format(call.micros / 1_000_000, decimal_pos=4)}"
