"""The facts of the part of the skills page where a person tells their skills."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careerforge.people.models import User
from careerforge.skills.models import Skill
from learning.forms import TellForm
from learning.gaps import own_word
from learning.models import Step
from learning.paths import progress

FOUND = 12


@dataclass(frozen=True)
class Told:
    """An own word that stands, or one that was just taken back."""

    claim_id: UUID
    skill: Skill
    level: int
    evidence_on: date


@dataclass(frozen=True)
class Telling:
    """``form`` is about ``skill``; without one, ``found`` answers what was looked for."""

    told: Sequence[Told]
    skill: Skill | None = None
    form: TellForm | None = None
    asked: str = ""
    found: Sequence[Skill] = ()
    taken: Told | None = None

    @property
    def before(self) -> Told | None:
        """What was told about the chosen skill so far."""
        return next((one for one in self.told if self.skill and one.skill.pk == self.skill.pk), None)


def telling(
    person: User,
    now: datetime,
    done: Iterable[Step],
    *,
    slug: str = "",
    asked: str = "",
    taken: str = "",
    form: TellForm | None = None,
) -> Telling:
    """Read it in one query; ``done`` are the person's finished steps, whose claims are not told here."""
    words = asked.strip()[:80]
    # The claim's columns are annotated by the query.
    rows: list[Any] = list(own_word.look(person, slug=slug, words=words, taken=_id(taken)))
    of_steps = progress.claims_of(done)
    mine = [row for row in rows if row.claim_id and row.claim_id not in of_steps]
    told = [_told(row) for row in mine if row.claim_gone is None]
    gone = [_told(row) for row in mine if row.claim_gone and row.claim_gone > now - own_word.UNDO]
    skill = next((row for row in rows if slug and row.slug == slug and row.retired_at is None), None)
    if skill and form is None:
        before = next((one for one in told if one.skill.pk == skill.pk), None)
        form = TellForm(initial={"level": before.level} if before else None)
    found = [row for row in rows if words and row.retired_at is None and _has(row, words)]
    return Telling(
        told=told,
        skill=skill,
        form=form if skill else None,
        asked=words,
        found=list({row.pk: row for row in found}.values())[:FOUND],
        taken=gone[0] if gone else None,
    )


def _told(row: Any) -> Told:
    return Told(row.claim_id, row, row.claim_level, row.claim_on)


def _has(row: Any, words: str) -> bool:
    """A row without a claim was looked for; what was told is found if its name fits."""
    return row.claim_id is None or words.lower() in row.name.lower()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
