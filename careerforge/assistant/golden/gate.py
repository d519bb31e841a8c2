"""Whether a change may go live: what the golden set says about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.assistant.golden.changing import Change, live_digest, of_version
from careerforge.assistant.golden.planning import Case, cases, digest_of, functions
from careerforge.assistant.golden.reaching import lack
from careerforge.assistant.golden.reading import askable
from careerforge.assistant.golden.scoring import Figures
from careerforge.assistant.models import GoldenBar, GoldenRun, PromptVersion
from careerforge.gateway.models import FunctionSwitch

# What a company begins with, and what no bar goes beyond.
FEWEST, MOST_NEEDED = 20, 50
Standing = Literal["passed", "below", "unproven", "unasked", "known"]


@dataclass(frozen=True)
class Verdict:
    """What may be done with a change.

    Attributes:
        standing: ``passed`` may go live, ``known`` too, because it was proven or shipped; ``below`` may not,
            ``unproven`` may with a reason, and ``unasked`` has to be asked first.
        why: in a sentence or two.
        run: what it rests on, or what is under way.
    """

    standing: Standing
    why: str
    run: GoldenRun | None = None

    @property
    def may_go_live(self) -> bool:
        """At all, be it with a reason."""
        return self.standing in ("passed", "known", "unproven")

    @property
    def needs_reason(self) -> bool:
        """Nothing proves it, so that somebody has to say why."""
        return self.standing == "unproven"


def bar() -> GoldenBar:
    """The organisation's bar, or the one that a company begins with."""
    return GoldenBar.objects.first() or GoldenBar()


def most_needed() -> int:
    """How many questions the bar may ask for: as many as there are, and never under the shipped bar."""
    return max(FEWEST, min(len(askable()), MOST_NEEDED))


def verdict_of(version: PromptVersion) -> Verdict:
    """Of a version of a prompt. Going back to what was proven or shipped is possible at once."""
    if version.live_at and (version.is_shipped or not version.live_reason):
        return Verdict("known", _("It has been live before, so it can be gone back to at once."))
    return verdict(of_version(version))


def verdict(change: Change) -> Verdict:
    """What the newest run of this change against what is live now says."""
    planned, level = cases(change), bar()
    open_ = unprovable(change, planned, level.fewest)
    if len(open_) == len(_wanted(change)):
        return Verdict("unproven", next(iter(open_.values())))
    run = newest(change, planned)
    if run is None:
        said = _("The golden set has not been asked about it since it, or what is live, has changed.")
        return Verdict("unasked", said)
    if run.open:
        return Verdict("unasked", _("The golden set is being asked about it."), run)
    return judged(change, run, level, open_)


def unprovable(change: Change, planned: Sequence[Case], fewest: int) -> dict[str, str]:
    """The functions of which nothing can be proven now, each with the reason: too few questions, no model."""
    found = Counter(one.function for one in planned)
    wanted = _wanted(change)
    number = {one: found[one] if one else len(planned) for one in wanted}
    few = {one: _label(one) + _few(n, fewest) for one, n in number.items() if n < fewest}
    return few | (lack(change, [one for one in wanted if one not in few]) if change.by_models else {})


def _wanted(change: Change) -> tuple[str, ...]:
    """The functions that a change shows itself in; one without a name for the questions as they are."""
    return functions(change) or ("",)


def judged(change: Change, run: GoldenRun, level: GoldenBar, open_: Mapping[str, str]) -> Verdict:
    """What a run says, by a bar: each function that can be proven has to reach it. Pure.

    Args:
        open_: the functions of which nothing can be proven, each with the reason.
    """
    parts: Mapping[str, Any] = run.after.get("by", {}) if functions(change) else {"": _whole(run)}
    return _weighed(run, parts, level, open_)


def said_by(run: GoldenRun) -> Verdict | None:
    """What a run itself shows, by today's bar; whether its change may go live now its own page says.

    None for one that is not over, and for one without a change, which only measures.
    """
    if run.open or not (run.prompt or run.generation is not None or run.model):
        return None
    level = bar()
    parts = run.after.get("by") or {"": _whole(run)}
    number = {name: Figures.from_json(part["after"]).questions for name, part in parts.items()}
    few = {name: _label(name) + _few(n, level.fewest) for name, n in number.items() if n < level.fewest}
    return _weighed(run, parts, level, few)


def _weighed(run: GoldenRun, parts: Mapping[str, Any], level: GoldenBar, open_: Mapping[str, str]) -> Verdict:
    by_models = bool(run.prompt or run.model)
    unproven = list(open_.values())
    for function, part in sorted(parts.items()):
        before, after = Figures.from_json(part["before"]), Figures.from_json(part["after"])
        if function in open_:
            continue
        if by_models and not (before.worded or after.worded):
            unproven.append(_label(function) + _("No model has answered, so this was not asked."))
            continue
        if why := _below(by_models, before, after, part["worse"], level):
            return Verdict("below", f"{_label(function)}{why}", run)
    if unproven:
        return Verdict("unproven", unproven[0], run)
    return Verdict("passed", _("No fewer answers are right than now, and few enough are worse."), run)


def _whole(run: GoldenRun) -> dict[str, Any]:
    return {"before": run.before, "after": run.after, "worse": run.worse}


def _below(by_models: bool, before: Figures, after: Figures, worse: int, level: GoldenBar) -> str:
    """Why one function's answers do not reach the bar; empty when they do. Pure."""
    if by_models and before.worded and not after.worded:
        return _("With the change no model gives an answer; with what is live one does.")
    if after.right < before.right:
        said = {"after": f"{after.right:.0%}", "before": f"{before.right:.0%}"}
        return _("%(after)s of the answers are right, of what is live %(before)s.") % said
    share = worse / max(after.questions, 1)
    if share > level.most_worse / 100:
        said = {"share": f"{share:.0%}", "most": f"{level.most_worse} %"}
        return _("%(share)s of the answers are worse; %(most)s may be.") % said
    return ""


def _label(function: str) -> str:
    names = dict(FunctionSwitch.Function.choices)
    return f"{names[function]}: " if function in names else ""


def newest(change: Change, planned: Sequence[Case]) -> GoldenRun | None:
    """The newest run of a change over today's questions, against what is live today."""
    return GoldenRun.objects.filter(
        **change.key, asked_digest=digest_of(planned), live_digest=live_digest()
    ).first()


def _few(found: int, fewest: int) -> str:
    if not found:
        return _("No golden question is about this, so nothing shows what it does to answers.")
    words = ngettext(
        "%(found)s golden question is about this, and it takes %(fewest)s to prove anything.",
        "%(found)s golden questions are about this, and it takes %(fewest)s to prove anything.",
        found,
    )
    return words % {"found": found, "fewest": fewest}
