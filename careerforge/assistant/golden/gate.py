"""Whether a change may go live: what the golden set says about it."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.assistant.golden import running
from careerforge.assistant.golden.changing import Change, live_digest
from careerforge.assistant.golden.reading import Question, set_digest
from careerforge.assistant.golden.scoring import Figures
from careerforge.assistant.models import GoldenBar, GoldenRun
from careerforge.assistant.prompts.declared import DECLARED

Standing = Literal["passed", "below", "unproven", "unasked"]


@dataclass(frozen=True)
class Verdict:
    """What may be done with a change.

    Attributes:
        standing: ``passed`` may go live, ``below`` may not, ``unproven`` may with a reason, and ``unasked``
            has to be asked first.
        why: in a sentence or two.
        run: what it rests on.
    """

    standing: Standing
    why: str
    run: GoldenRun | None = None

    @property
    def may_go_live(self) -> bool:
        """At all, be it with a reason."""
        return self.standing in ("passed", "unproven")

    @property
    def needs_reason(self) -> bool:
        """Nothing proves it, so that somebody has to say why."""
        return self.standing == "unproven"


def bar() -> GoldenBar:
    """The organisation's bar, or the one that a company begins with."""
    return GoldenBar.objects.first() or GoldenBar()


def verdict(change: Change) -> Verdict:
    """What the newest run of this change against what is live now says."""
    asked = running.questions()
    level = bar()
    proving = [one for one in asked if _is_about(change, one)]
    if len(proving) < level.fewest:
        why = _too_few(len(proving), level.fewest) if proving or not change.prompt else _none_about_it()
        return Verdict("unproven", why, newest(change, asked))
    run = newest(change, asked)
    if run is None:
        why = _("The golden set has not been asked about it since it, or what is live, has changed.")
        return Verdict("unasked", why)
    return judged(change, run, level)


def judged(change: Change, run: GoldenRun, level: GoldenBar) -> Verdict:
    """What a run says, by a bar. Pure."""
    before, after = Figures(**run.before), Figures(**run.after)
    if change.prompt and not after.worded:
        why = _("No model has answered, so the prompt was not asked.")
        return Verdict("unproven", why, run)
    if after.right < before.right:
        said = {"after": f"{after.right:.0%}", "before": f"{before.right:.0%}"}
        why = _("It cites the right passage in %(after)s of the answers, what is live in %(before)s.") % said
        return Verdict("below", why, run)
    share = run.worse / max(after.questions, 1)
    if share > level.most_worse / 100:
        said = {"share": f"{share:.0%}", "most": f"{level.most_worse} %"}
        why = _("%(share)s of the answers are worse; %(most)s may be.") % said
        return Verdict("below", why, run)
    return Verdict("passed", _("It reaches the bar."), run)


def newest(change: Change, asked: list[Question]) -> GoldenRun | None:
    """The newest run of a change over today's questions, against what is live today."""
    return GoldenRun.objects.filter(
        prompt=change.prompt,
        prompt_digest=change.prompt_digest,
        generation=change.generation,
        model=change.model,
        asked_digest=set_digest(asked),
        live_digest=live_digest(),
    ).first()


def _is_about(change: Change, question: Question) -> bool:
    """Whether the question says anything about the change: one of another function says nothing."""
    declared = DECLARED.get(change.prompt)
    return declared is None or question.row.function == declared.function


def _none_about_it() -> str:
    return _("No golden question is about this prompt, so nothing shows what it does to answers.")


def _too_few(found: int, fewest: int) -> str:
    words = ngettext(
        "%(found)s golden question is about this, and it takes %(fewest)s to prove anything.",
        "%(found)s golden questions are about this, and it takes %(fewest)s to prove anything.",
        found,
    )
    return words % {"found": found, "fewest": fewest}
