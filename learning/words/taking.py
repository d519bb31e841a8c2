"""What an approved draft would change of the person's path, and what they take of it, line by line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.people.models import User
from learning.models import Node, PathDraft, PathVersion
from learning.paths import extras, grounds, path, planning, versions
from learning.paths.changes import Change, What, changes, without
from learning.paths.plan import Kind, PlannedNode
from learning.paths.versions import Draft
from learning.words import closed, drafts, wishes

State = PathDraft.State


@dataclass(frozen=True)
class Line:
    """One step of the path, as it is and as it would be.

    Attributes:
        reason: why it comes, moves or goes; empty for one that stays.
        now, then: its description before and after, where they differ.
        may_be_left: whether the person may say no to it; what the rules ask for stays.
    """

    change: Change
    title: str
    hours: int
    reason: str = ""
    now: str = ""
    then: str = ""
    may_be_left: bool = True

    @property
    def key(self) -> str:
        """Of the step."""
        return self.change.key

    @property
    def what(self) -> str:
        """As :class:`learning.paths.changes.What`; ``worded`` for a step that stays, in other words."""
        return "worded" if self.change.what is What.KEPT and self.then else self.change.what.value


@dataclass(frozen=True)
class Offered:
    """An approved draft beside the path that stands."""

    draft: PathDraft
    version: PathVersion
    lines: tuple[Line, ...]
    summary: str
    # Of projects and certificates, which have a limit each.
    choices: frozenset[str]

    @property
    def changed(self) -> tuple[Line, ...]:
        """Everything but the steps that stay as they are."""
        return tuple(line for line in self.lines if line.what != "kept")

    @property
    def kept(self) -> tuple[Line, ...]:
        """The steps that stay as they are."""
        return tuple(line for line in self.lines if line.what == "kept")


def waits(person: User) -> PathDraft | None:
    """The draft of the current path that the person has not taken or left yet, with its steps: two
    queries.
    """
    rows = PathDraft.objects.filter(path=path.newest(person), path__user=person, state=State.OFFERED)
    return rows.select_related("path__role__practice").prefetch_related("steps").first()


def offered(person: User, draft: PathDraft, on: date) -> Offered:
    """Every line, computed against the path as it stands on that day: ten queries, if the draft's steps are
    loaded.
    """
    steps, nodes = list(draft.steps.all()), path.standing(person)
    hidden = closed.look(draft, steps, person, nodes)
    wish = wishes.wished(draft)
    words = {key: text for key, text in wish.words.items() if key not in hidden.steps}
    read = grounds.read(person, draft.path.role, on, replace(wish, words=words))
    followed = path.decide(read)
    plan = versions.merged(nodes, followed)
    before = {node.step.key: node for node in nodes if node.step.type != Kind.MILESTONE.value}
    after = {node.key: node for node in plan.nodes if node.kind is not Kind.MILESTONE}
    choices = frozenset(node.key for node in extras.offered(planning.climb_of(read.inputs), read.inputs))
    return Offered(
        draft=draft,
        version=nodes[0].version,
        lines=tuple(
            _line(one, before.get(one.key), after.get(one.key), followed, choices)
            for one in changes(list(before), list(after))
        ),
        summary="" if hidden.summary else draft.summary,
        choices=choices,
    )


def take(person: User, draft_id: UUID, taken: Collection[str], now: datetime) -> str | None:
    """Take these lines of an approved draft, and leave the others; the next version is built at once.

    Returns:
        A sentence that says why nothing was done; None when it was done.
    """
    with transaction.atomic():
        version = path.current(person)
        draft = _held(person, draft_id)
        if draft is None or version is None or draft.path_id != version.path_id:
            return _("This is not waiting for you any more. Here is how it stands now.")
        found = offered(person, draft, now.date())
        left = {line.key for line in found.lines if line.may_be_left and line.key not in taken}
        order = _order(found, left)
        if problem := _too_many(order, found.choices):
            return problem
        if left.issuperset(line.key for line in found.changed):
            drafts.decline(draft)
            audit.record(person, "path.words_not_taken", subject=person.id, target=draft)
            return None
        drafts.follow(draft, order, [line.key for line in found.lines if line.key not in left])
        built = path.build(person, version.path.role, now)
        audit.record(person, "path.words_taken", subject=person.id, target=built, left=len(left))
    return None


def _held(person: User, draft_id: UUID) -> PathDraft | None:
    mine = PathDraft.objects.select_for_update().filter(path__user=person, state=State.OFFERED)
    return mine.filter(pk=draft_id).first()


def _order(found: Offered, left: Collection[str]) -> list[str]:
    """The keys of the path with what was left where it was."""
    moving = {line.key for line in found.lines if line.key in left and line.change.what is not What.KEPT}
    return without(_in_order(found, "before"), _in_order(found, "after"), moving)


def _in_order(found: Offered, when: str) -> list[str]:
    there = [line.change for line in found.lines if getattr(line.change, when) is not None]
    return [change.key for change in sorted(there, key=lambda change: getattr(change, when))]


def _too_many(order: Sequence[str], choices: Collection[str]) -> str:
    """The same limits as the rules have."""
    for kind, _type, most in extras.MOST:
        if sum(key in choices and key.startswith(f"{kind}:") for key in order) > most:
            return {
                Kind.PROJECT: _(
                    "A path has two projects at most. Leave one of those that come, or let one go."
                ),
                Kind.CERTIFICATE: _(
                    "A path has one certificate at most. Leave the new one, or let the old one go."
                ),
            }[kind]
    return ""


def _line(
    change: Change, now: Node | None, then: PlannedNode | None, followed: Draft, choices: Collection[str]
) -> Line:
    # What was begun and is asked for no more stays as it was worded.
    planned = None if isinstance(then, versions.Kept) else then
    title, text = _told(planned, followed) if planned else (now.title if now else "", "")
    said = now.description if now else ""
    same = planned is None or text == said
    is_choice = change.key in choices
    return Line(
        change=change,
        title=title,
        hours=then.hours if then else now.hours if now else 0,
        reason=_reason(change, is_choice),
        now="" if same else said,
        then="" if same else text,
        may_be_left=_may_be_left(change, is_choice, same),
    )


def _may_be_left(change: Change, is_choice: bool, same: bool) -> bool:
    if change.what is What.KEPT:
        return not same
    return is_choice or change.what is What.MOVED


def _told(node: PlannedNode, followed: Draft) -> tuple[str, str]:
    wish = followed.reading.wish
    title, text = versions.wording(node, followed)
    return title, (wish.words.get(node.key, text) if wish else text)


def _reason(change: Change, is_choice: bool) -> str:
    places = {"now": change.before, "then": change.after}
    if change.what is What.MOVED:
        earlier = (change.after or 0) < (change.before or 0)
        text = _("Earlier: from place %(now)s to place %(then)s.")
        return (text if earlier else _("Later: from place %(now)s to place %(then)s.")) % places
    if change.what is What.ADDED and is_choice:
        return _("Chosen from the catalogue: it shows one of your widest gaps closed.")
    if change.what is What.ADDED:
        return _("What the role asks for or where you stand has changed since, so the rules add it.")
    if change.what is What.RETIRED and is_choice:
        return _("Not chosen in this version. You have not begun it, so nothing is lost.")
    if change.what is What.RETIRED:
        return _("What the role asks for or where you stand has changed since, so the rules let it go.")
    return ""
