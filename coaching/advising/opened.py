"""One stored advice in clear, as its page and the API show it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.assistant import checks, confidence
from careerforge.assistant.confidence import HowSure
from careerforge.assistant.feedback import Asked
from careerforge.assistant.policy import Handover, out_of_scope
from careerforge.assistant.receipt import Receipt
from careerforge.assistant.reviewing import Outcome
from careerforge.design.parts import Source as Shown
from careerforge.people.models import User
from coaching.answers.answer import Answer


@dataclass(frozen=True)
class Opened:
    """One stored advice in clear, for a member of its room.

    Attributes:
        by_rules: what was shown before a coach approved a model's version; None for most.
        review: where a model's version stands that a coach has to look at first; None where there is none.
        rate: what its reader thinks of it.
    """

    id: UUID
    question: str
    answer: Answer
    model_used: str
    prompt_version: str
    generated_at: datetime
    receipt: Receipt | None = None
    by_rules: Answer | None = None
    review: Outcome | None = None
    rate: Asked | None = None

    @property
    def sources(self) -> list[Shown]:
        """The sources as the page lists them."""
        return shown_sources(self.answer)

    @property
    def sure(self) -> HowSure:
        """How sure it is, in words with their basis."""
        return how_sure(self.answer)

    @property
    def said(self) -> float | None:
        """The share of its sentences that was supported when it was given."""
        return said(self.answer)

    @property
    def about(self) -> list[tuple[str, str]]:
        """How the answer was made, in terms and words."""
        by_rules = self.model_used == "rules"
        return [
            (_("Made by"), _("Built by rules") if by_rules else self.model_used),
            (_("Version"), self.prompt_version),
            (_("Made"), date_format(localtime(self.generated_at), "j M Y, H:i")),
            (_("Checks"), " ".join(self.checks)),
            *([(_("Looked at"), self.review.sentence)] if self.review and not by_rules else []),
        ]

    @property
    def checks(self) -> list[str]:
        """The checks that it has passed, in words."""
        if self.answer.checks:
            return checks.in_words(self.answer.checks)
        return [_("Every sentence is tied to a quoted span; figures come from the gap.")]

    @property
    def withheld(self) -> str:
        """That something may not be shown any more, in words; empty when nothing is withheld."""
        n = self.answer.withheld
        if not n:
            return ""
        if self.answer.dont_know:
            return ngettext(
                "%(n)s passage is withheld: you may no longer see its document, or it is gone.",
                "%(n)s passages are withheld: you may no longer see their documents, or they are gone.",
                n,
            ) % {"n": n}
        return ngettext(
            "%(n)s sentence is withheld: you may no longer see its document, or that is gone.",
            "%(n)s sentences are withheld: you may no longer see their documents, or those are gone.",
            n,
        ) % {"n": n}

    def help(self, reader: User) -> Handover | None:
        """Whom the company names now for what a person has to answer; None for other questions."""
        found = None
        if self.answer.dont_know and self.answer.note:
            found = out_of_scope(self.question, reader.organisation, for_another=True)
        return found if found and self.answer.note.startswith(found.text) else None

    @property
    def left_out(self) -> int:
        """Sentences of a model that are shown to nobody."""
        return self.answer.struck - len(self.answer.unsupported) if not self.answer.withheld else 0


def how_sure(answer: Answer) -> HowSure:
    """From what is left of it and what was struck."""
    kept = len(answer.sentences)
    return confidence.how_sure(kept, kept + answer.struck, len(answer.sources))


def said(answer: Answer) -> float | None:
    """The share of its sentences that was supported when it was given, 0 to 1; None when there is none."""
    kept = len(answer.sentences) + (0 if answer.dont_know else answer.withheld)
    return confidence.share(kept, kept + answer.struck)


def shown_sources(answer: Answer, prefix: str = "s") -> list[Shown]:
    """Its sources, numbered."""
    return [
        Shown(s.title, f"{prefix}{n}", s.detail, s.day, s.url, s.quote)
        for n, s in enumerate(answer.sources, 1)
    ]
