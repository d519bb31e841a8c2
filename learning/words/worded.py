"""What a model is told of suggested roles and of a gap: facts as lines. Pure."""

from collections.abc import Iterator, Sequence

from careerforge.assistant.support import Line
from careerforge.skills.models import Role
from learning.gaps.gap import Gap, GapRow
from learning.gaps.mentions import Mention
from learning.words.wordings import Subject

NAMED = 6


def of_role(gap: Gap) -> Subject:
    """A suggested role: what it is, what it asks for, what of it is there. English, as the prompt is."""
    return Subject(gap.role.id, None, gap.role.title, tuple(Line(text) for text in _about_role(gap)))


def _about_role(gap: Gap) -> Iterator[str]:
    role = gap.role
    if role.summary:
        yield role.summary
    for row in gap.rows[:NAMED]:
        yield f"{role.title} asks for {row.skill.name} at level {row.required}."
    if held := [row for row in gap.rows if row.known and row.at_level]:
        yield f"You already have {_names(held)} at the level that {role.title} asks for."
    if wide := next((row for row in gap.top(len(gap.rows)) if row.known), None):
        yield f"The widest gap is {wide.skill.name}, at level {wide.evidence.level:.1f} of {wide.required}."
    if gap.unknown:
        yield f"Nothing has been told yet about {_names(gap.unknown)}."


def _names(rows: Sequence[GapRow]) -> str:
    names = [row.skill.name for row in rows[:NAMED]]
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]


def of_skill(role: Role, row: GapRow, said: Mention | None) -> Subject:
    """A skill of a gap: what it is, what the role asks, what a document says of it."""
    lines = [Line(row.skill.summary)] if row.skill.summary else []
    lines.append(Line(f"{role.title} asks for {row.skill.name} at level {row.required}."))
    if said:
        lines.append(Line(said.quote, said.chunk_id))
    return Subject(role.id, row.skill.id, row.skill.name, tuple(lines))
