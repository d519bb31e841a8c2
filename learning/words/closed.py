"""A model's words that stand on a passage closed to their reader: the rules' words take their place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from careerforge.knowledge.withholding import still_open
from careerforge.people.models import User
from learning.models import Node, PathDraft, PathDraftStep, PathVersion, Step


@dataclass(frozen=True)
class Closed:
    """What of a draft is closed to somebody: its summary, and steps by their keys."""

    summary: bool
    steps: frozenset[str]


def look(draft: PathDraft, steps: Iterable[PathDraftStep], reader: User) -> Closed:
    """One query; none where no words stand on a passage."""
    rows = list(steps)
    open_ = still_open(reader, {*draft.stands_on, *(one for row in rows for one in row.stands_on)})
    return Closed(
        summary=not open_.issuperset(draft.stands_on),
        steps=frozenset(row.key for row in rows if not open_.issuperset(row.stands_on)),
    )


def strip(draft: PathDraft, by: User) -> None:
    """Take out of a draft what its coach could not read: nobody has looked at that."""
    rows = list(draft.steps.all())
    found = look(draft, rows, by)
    if found.summary:
        draft.summary = ""
        draft.save(update_fields=["summary"])
    draft.steps.filter(key__in=found.steps).update(description="")


def summary_of(version: PathVersion, reader: User) -> str:
    """The summary of a stored path; empty where it stands on what is closed. Select ``draft`` along."""
    draft = version.draft
    if draft is None or still_open(reader, draft.stands_on).issuperset(draft.stands_on):
        return version.summary
    return ""


def withhold(nodes: Iterable[Node], reader: User) -> None:
    """Give nodes the rules' description where a model's is closed: two queries where any is a model's."""
    worded = [node for node in nodes if node.worded_by]
    if not worded:
        return
    stands_on = _known(worded) or _passages(worded)
    open_ = still_open(reader, {one for chunks in stands_on.values() for one in chunks})
    closed = [node for node in worded if not open_.issuperset(stands_on.get(_said(node), ()))]
    if closed:
        _by_rules(closed)


def beside() -> Subquery:
    """What the words of a node stand on, to annotate nodes with as ``stands_on``: no query more."""
    rows = PathDraftStep.objects.filter(
        draft__path=OuterRef("version__path"), key=OuterRef("step__key"), description=OuterRef("description")
    )
    return Subquery(rows.order_by("-draft__made_at").values("stands_on")[:1])


def _known(worded: Iterable[Node]) -> dict[tuple[str, str], set[int]]:
    """The same, where it was annotated."""
    return {
        _said(node): set(getattr(node, "stands_on") or ())  # noqa: B009
        for node in worded
        if hasattr(node, "stands_on")
    }


def _said(node: Node) -> tuple[str, str]:
    """A node that was kept has the words of an earlier draft, so the words tell which."""
    return node.step.key, node.description


def _passages(worded: Iterable[Node]) -> dict[tuple[str, str], set[int]]:
    """What the words of these nodes stand on, in any draft of their path."""
    rows = PathDraftStep.objects.filter(
        draft__path__versions__in={node.version_id for node in worded},
        key__in=[node.step.key for node in worded],
    )
    found: dict[tuple[str, str], set[int]] = {}
    for key, said, chunks in rows.values_list("key", "description", "stands_on"):
        found.setdefault((key, said), set()).update(chunks)
    return found


def _by_rules(closed: Iterable[Node]) -> None:
    """As ``versions.wording`` describes a step."""
    rows = Step.objects.filter(pk__in=[node.step_id for node in closed]).select_related("skill", "resource")
    steps = {row.pk: row for row in rows}
    for node in closed:
        step = steps[node.step_id]
        told = step.resource or step.skill
        node.description, node.worded_by = (told.summary if told else ""), ""
