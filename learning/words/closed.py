"""A model's words that stand on a passage closed to their reader: the rules' words take their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from careerforge.knowledge.withholding import still_open
from careerforge.people.models import User
from learning.models import Node, PathDraft, PathDraftStep, PathVersion


@dataclass(frozen=True)
class Closed:
    """What of a draft is closed to somebody: its summary, and steps by their keys."""

    summary: bool
    steps: frozenset[str]


def look(
    draft: PathDraft, steps: Iterable[PathDraftStep], reader: User, nodes: Sequence[Node] = ()
) -> Closed:
    """One query; none where no words stand on a passage.

    Args:
        nodes: of the path that stands, annotated by :func:`beside`: what is closed of their words is replaced
            by the rules' in the same query.
    """
    rows, standing = list(steps), _known(nodes)
    stand_on = {*draft.stands_on, *(one for row in rows for one in row.stands_on)}
    open_ = still_open(reader, stand_on.union(*standing.values()))
    _by_rules(node for node in nodes if not open_.issuperset(standing[_said(node)]))
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


def summary_of(version: PathVersion, reader: User) -> str | None:
    """A model's summary of a stored path: empty where there is none, None where it stands on what is closed.

    Select ``draft`` along. How much there is to do no stored sentence says: that changes with each step.
    """
    draft = version.draft
    if draft is None:
        return ""
    return draft.summary if still_open(reader, draft.stands_on).issuperset(draft.stands_on) else None


def withhold(nodes: Sequence[Node], reader: User) -> None:
    """Give nodes, annotated by :func:`beside`, the rules' description where a model's is closed.

    One query where any words stand on a passage.
    """
    stands_on = _known(nodes)
    open_ = still_open(reader, set[int]().union(*stands_on.values()))
    _by_rules(node for node in nodes if not open_.issuperset(stands_on[_said(node)]))


def beside() -> Subquery:
    """What the words of a node stand on, to annotate nodes with as ``stands_on``: no query more."""
    rows = PathDraftStep.objects.filter(
        draft__path=OuterRef("version__path"), key=OuterRef("step__key"), description=OuterRef("description")
    )
    return Subquery(rows.order_by("-draft__made_at").values("stands_on")[:1])


def _known(nodes: Iterable[Node]) -> dict[tuple[str, str], set[int]]:
    """What a model's words stand on; the rules' stand on nothing."""
    return {
        _said(node): set(getattr(node, "stands_on") or ()) if node.worded_by else set()  # noqa: B009
        for node in nodes
    }


def _said(node: Node) -> tuple[str, str]:
    """A node that was kept has the words of an earlier draft, so the words tell which."""
    return node.step.key, node.description


def _by_rules(closed: Iterable[Node]) -> None:
    """As ``versions.wording`` describes a step. No query where its step's skill and resource are loaded."""
    for node in closed:
        told = node.step.resource or node.step.skill
        node.description, node.worded_by = (told.summary if told else ""), ""
