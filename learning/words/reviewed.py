"""How a coach sees a path in a model's words, and what their decision does."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import cast

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.assistant import checks
from careerforge.assistant.models import Review
from careerforge.assistant.policy.judging import judge
from careerforge.assistant.policy.links import holds_one
from careerforge.assistant.reviewing import Line, Section, Shown
from careerforge.assistant.sentences import sentences
from careerforge.assistant.support import is_low
from careerforge.design import words
from careerforge.people.models import User
from learning.models import PathDraft, PathDraftStep
from learning.paths import grounds, planning, versions
from learning.paths.plan import Kind, Plan
from learning.paths.versions import Draft
from learning.words import closed, drafts, wishes
from learning.words.closed import Closed

State = PathDraft.State
# A heading that is none: it would vanish into the words of the step before.
MARKUP = re.compile(r"(?:^|\s)##")
# A step by its number: two may have one title.
HEADING = re.compile(r"^##[ \t]*(\d+)\.[ \t]*(.*?)[ \t]*$", re.MULTILINE)


class PathInWords:
    """A path in a model's words, as a target of reviews."""

    name = cast(str, gettext_lazy("Learning path"))
    is_offered = True

    def draft(self, review: Review, reader: User) -> Shown | None:
        """The order, the words and what was struck, beside the path by rules."""
        found = _find(review)
        if found is None:
            return None
        person, role = found.path.user, found.path.role
        read = grounds.read(person, role, localtime(review.submitted_at).date())
        by_rules = Draft(read, planning.plan(read.inputs), {})
        wished = planning.plan(read.inputs, wishes.wished(found))
        hidden = closed.look(found, steps := list(found.steps.all()), reader)
        said = {step.key: "" if step.key in hidden.steps else step.description for step in steps}
        summary = "" if hidden.summary else found.summary
        return Shown(
            title=_("Path to %(role)s, in a model’s words") % {"role": role.title},
            draft=(Section((Line(summary),)), *_sections(wished, Draft(read, wished, {}), said)),
            by_rules=tuple(_sections(by_rules.plan, by_rules, {})),
            sure=_sure(found),
            checks=tuple(checks.in_words(found.checks)),
            problems=(*_problems(found), *_hidden(hidden, steps)),
            about=(
                (_("Model"), found.model),
                (_("Version"), found.prompt_version),
                (_("Made"), date_format(localtime(found.made_at), "j M Y, H:i")),
            ),
            text=text_of(summary, steps, said),
            reason_is_told=True,
        )

    def check(self, review: Review, text: str, by: User) -> Sequence[str]:
        """A changed text names the same steps, holds no address and says nothing about a private life."""
        found = _find(review)
        return list(_faults(text, _titles(found))) if found else [_("The draft is gone.")]

    def approve(self, review: Review, by: User, now: datetime) -> None:
        """It is offered to the person, who takes it line by line. Words that ``by`` could not read go."""
        if found := _find(review):
            closed.strip(found, by)
            drafts.offer(found, now)

    def edit(self, review: Review, text: str, by: User, now: datetime) -> None:
        """The coach's words in place of the model's, then as approved."""
        if found := _find(review):
            summary, said = read(text)
            found.summary = summary
            found.save(update_fields=["summary"])
            steps = list(found.steps.all())
            for step in steps:
                step.description = said.get(step.position, "")
            PathDraftStep.objects.bulk_update(steps, ["description"])
            self.approve(review, by, now)

    def reject(self, review: Review, by: User, now: datetime) -> None:
        """The path by rules stays."""
        if found := _find(review):
            drafts.end(found, State.REJECTED, now)

    def lapse(self, review: Review, now: datetime) -> None:
        """Nobody looked at it in time: the path by rules stays."""
        if found := _find(review):
            drafts.end(found, State.LAPSED, now)


def text_of(summary: str, steps: Iterable[PathDraftStep], said: Mapping[str, str]) -> str:
    """The words of a draft for its editor: the summary, then each step under its number and title.

    Args:
        said: words by key.
    """
    parts = [f"## {step.position}. {step.title}\n{said.get(step.key, '')}" for step in steps]
    return "\n\n".join([summary, *parts])


def read(text: str) -> tuple[str, Mapping[int, str]]:
    """Summary, and words by the number of the step, out of what :func:`text_of` gave and somebody has
    changed. Pure.
    """
    summary, *parts = HEADING.split(text.replace("\r\n", "\n"))
    said = zip(parts[::3], parts[2::3], strict=True)
    return " ".join(summary.split()), {int(number[:9]): " ".join(body.split()) for number, body in said}


def _faults(text: str, titles: Mapping[int, str]) -> Iterator[str]:
    summary, said = read(text)
    if not summary:
        yield _("The first paragraph says what the path leads to. It is empty.")
    for number, title in _headings(text):
        if titles.get(number) != title:
            yield _("There is no step “%(number)s. %(title)s”. Steps keep their numbers and titles.") % {
                "number": number,
                "title": title,
            }
    for number in _twice(text):
        yield _("Step %(number)s is there twice.") % {"number": number}
    if MARKUP.search("\n".join((summary, *said.values()))):
        yield _("A heading is two signs, the number of a step and its title, as they stood there.")
    if holds_one(" ".join((summary, *said.values()))):
        yield _("It holds an address or markup. Resources of the catalogue are linked by themselves.")
    for part in (summary, *said.values()):
        for sentence in sentences(part):
            if not judge(sentence.text).is_ok:
                yield _("This may say something about a person’s private life: “%(text)s”") % {
                    "text": sentence.text
                }


def _headings(text: str) -> list[tuple[int, str]]:
    return [(int(number[:9]), title) for number, title in HEADING.findall(text.replace("\r\n", "\n"))]


def _twice(text: str) -> list[int]:
    numbers = [number for number, _title in _headings(text)]
    return sorted({number for number in numbers if numbers.count(number) > 1})


def _find(review: Review) -> PathDraft | None:
    """The draft, while it waits or after it was decided; None when the person has cancelled it."""
    rows = PathDraft.objects.select_related("path__user__profile", "path__role__practice")
    return rows.filter(pk=review.target_id).exclude(state=State.CANCELLED).first()


def _titles(draft: PathDraft) -> dict[int, str]:
    return {step.position: " ".join(step.title.split()) for step in draft.steps.all()}


def _sections(plan: Plan, draft: Draft, said: Mapping[str, str]) -> Iterator[Section]:
    """The phases of a plan, each with its steps in order."""
    for number in range(1, plan.phases + 1):
        lines = [
            _line(title, said.get(node.key) or description, node.hours)
            for node in plan.nodes
            if node.phase == number and node.kind is not Kind.MILESTONE
            for title, description in [versions.wording(node, draft)]
        ]
        if lines:
            yield Section(tuple(lines), _("Phase %(n)s") % {"n": number})


def _line(title: str, text: str, hours: int) -> Line:
    return Line(title, detail=f"{words.hours(hours)}. {text}" if text else words.hours(hours))


def _sure(draft: PathDraft) -> str:
    said = ngettext(
        "%(kept)s of %(every)s sentence is supported by what was given",
        "%(kept)s of %(every)s sentences are supported by what was given",
        draft.sentences,
    ) % {"kept": draft.supported, "every": draft.sentences}
    agreed = _("a second run agreed") if draft.agreed else _("a second run did not agree")
    low = is_low(draft.supported, draft.sentences) or not draft.agreed
    return f"{_('Not sure') if low else _('Fairly sure')}: {said}; {agreed}."


def _problems(draft: PathDraft) -> Iterator[str]:
    for text in draft.struck:
        yield _("Nothing supports this sentence, so it was left out: “%(text)s”") % {"text": text}


def _hidden(hidden: Closed, steps: Sequence[PathDraftStep]) -> Iterator[str]:
    """What the reader cannot look at, and so cannot let through."""
    titles = [step.title for step in steps if step.key in hidden.steps]
    if hidden.summary:
        titles.insert(0, _("the summary"))
    if titles:
        yield _(
            "Words that stand on a document which is closed to you are not shown, and are left out if you "
            "approve: %(titles)s."
        ) % {"titles": ", ".join(titles)}
