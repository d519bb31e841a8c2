"""What a model may put into order and words: the planned steps, and choices out of the catalogue. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from careerforge.assistant.outgoing import Outgoing, without_people
from careerforge.assistant.support import Line
from careerforge.gateway.redact import Directory
from learning.paths import extras, planning, versions
from learning.paths.plan import Kind, PlannedNode
from learning.paths.reading import Reading
from learning.paths.reasons import Reason
from learning.paths.versions import Draft

# More choices than this only cost tokens.
CHOICES = 8
LONGEST_FACT = 400


@dataclass(frozen=True)
class Offered:
    """One step.

    Attributes:
        id: short, for this call alone.
        key: of the planned node.
        lines: everything that its words may rest on, beside its title.
        least, most: hours that the catalogue knows for it.
        after: ids of the steps that the rules want before it.
        resources: ids of the catalogue's rows for it.
    """

    id: str
    key: str
    title: str
    kind: Kind
    lines: tuple[Line, ...]
    least: int
    most: int
    after: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The lines as the prompt shows them."""
        return tuple(line.text for line in self.lines)

    @property
    def chunks(self) -> tuple[int | None, ...]:
        """The passage of each line, if it is one: kept beside what left, so that it can be withheld there."""
        return tuple(line.chunk for line in self.lines)

    @property
    def hours(self) -> str:
        """The bounds in words."""
        return f"{self.least} hours" if self.least == self.most else f"{self.least} to {self.most} hours"

    @property
    def ground(self) -> str:
        """All of its lines as one text."""
        return ". ".join((self.title, *self.facts, self.hours))


@dataclass(frozen=True)
class Row:
    """A row of the catalogue, as a line."""

    id: str
    resource: UUID
    title: str


@dataclass(frozen=True)
class Offer:
    """Everything that is offered for one path. ``steps`` have to be in it, ``choices`` may be."""

    current_role: str
    target_role: str
    about: tuple[str, ...]
    steps: tuple[Offered, ...]
    choices: tuple[Offered, ...]
    catalogue: tuple[Row, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Offered]:
        """Every step that may be named."""
        return {step.id: step for step in (*self.steps, *self.choices)}

    @property
    def ground(self) -> str:
        """Everything that a summary may rest on."""
        return ". ".join((self.target_role, *self.about, *(step.ground for step in self.by_id.values())))

    @property
    def values(self) -> dict[str, Any]:
        """For the prompt."""
        names = ("current_role", "target_role", "about", "steps", "choices", "catalogue")
        return {name: getattr(self, name) for name in names}

    def without_people(self, directory: Directory) -> tuple["Offer", Outgoing]:
        """The same without people, and the way back."""
        every = (*self.steps, *self.choices)
        out = without_people(
            [
                self.current_role,
                self.target_role,
                *self.about,
                *(text for step in every for text in (step.title, *step.facts)),
                *(row.title for row in self.catalogue),
            ],
            directory,
        )
        clean = iter(out.texts)
        offer = replace(
            self,
            current_role=next(clean),
            target_role=next(clean),
            about=tuple(next(clean) for _one in self.about),
            steps=tuple(_clean(step, clean) for step in self.steps),
            choices=tuple(_clean(step, clean) for step in self.choices),
            catalogue=tuple(replace(row, title=next(clean)) for row in self.catalogue),
        )
        return offer, out


def _clean(step: Offered, texts: Iterator[str]) -> Offered:
    title = next(texts)
    return replace(step, title=title, lines=tuple(replace(line, text=next(texts)) for line in step.lines))


def offer(draft: Draft, current_role: str) -> Offer:
    """What may be put into order and words for a path that the rules have planned and explained."""
    read = draft.reading
    steps = [node for node in draft.plan.nodes if node.kind is Kind.SKILL]
    choices = extras.offered(planning.climb_of(read.inputs), read.inputs)[:CHOICES]
    rows = {one: f"r{at}" for at, one in enumerate(_resources(steps, read), 1)}
    ids = {node.key: f"s{at}" for at, node in enumerate(steps, 1)}
    ids |= {node.key: f"{node.kind.value[0]}{at}" for at, node in enumerate(choices, 1)}
    return Offer(
        current_role=current_role or "none",
        target_role=read.role.title,
        about=(read.role.summary,) if read.role.summary else (),
        steps=tuple(_offered(node, draft, ids, rows) for node in steps),
        choices=tuple(_offered(node, draft, ids, {}) for node in choices),
        catalogue=tuple(Row(id_, one, _line(one, read)) for one, id_ in rows.items()),
    )


def _offered(node: PlannedNode, draft: Draft, ids: Mapping[str, str], rows: Mapping[UUID, str]) -> Offered:
    read = draft.reading
    title, description = versions.wording(node, draft)
    options = [one for one in _options(node, read) if one in rows]
    each = [read.resources[one].hours for one in options]
    reasons = draft.reasons.get(node.key, ())
    lines = [Line(description), *(line for one in reasons for line in _lines(one))]
    return Offered(
        id=ids[node.key],
        key=node.key,
        title=title,
        kind=node.kind,
        lines=tuple(replace(line, text=line.text[:LONGEST_FACT]) for line in lines if line.text),
        least=min([node.hours, *each]),
        most=max(node.hours, sum(each)),
        after=tuple(ids[need] for need in node.needs if need in ids),
        resources=tuple(rows[one] for one in options),
    )


def _lines(reason: Reason) -> tuple[Line, ...]:
    """What we say of a passage rests on it like its own words: it names what the passage is about."""
    return Line(reason.text, reason.chunk_id), Line(reason.quote, reason.chunk_id)


def _options(node: PlannedNode, read: Reading) -> list[UUID]:
    """The rules' own choice, then whatever else there is for the skill on the way to that level."""
    if node.kind is not Kind.SKILL:
        return list(node.resources)
    fits = [
        one.id
        for one in read.inputs.resources
        if one.skill_id == node.skill and one.type != "certification" and one.level <= (node.level or 0)
    ]
    return list(dict.fromkeys([*node.resources, *fits]))[: 2 * planning.RESOURCES_A_NODE]


def _resources(steps: Sequence[PlannedNode], read: Reading) -> list[UUID]:
    return list(dict.fromkeys(one for node in steps for one in _options(node, read)))


def _line(resource: UUID, read: Reading) -> str:
    row = read.resources[resource]
    return f"{row.type}: {row.title}, to level {row.level}, {row.hours} hours"
