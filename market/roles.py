"""Which of the company's roles a posting's title means, or none."""

import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.db import connection

from careerforge.knowledge.index import embedders
from careerforge.skills.models import Requirement, Role, RoleAlias
from careerforge.skills.titles import Match, TitleIndex, match
from careerforge.skills.titles.wording import read
from careerforge.tenancy import context

# Scores only order the candidates of one title, so a high one is not enough: of 250 random vacancy titles
# of JobBERT's validation split (seed 3) against the 64 starter roles, those from .95 on are of the field,
# and between .75 and .95 "Data Quality Engineer" stands beside "Delivery Driver". There the posting has to
# name skills that these roles require.
SURE, POSSIBLE = 0.95, 0.75
NAMED = 2
# Candidates as near as this to the best are told apart by the level that the title says; those of another
# level are none at all, so that "Senior mobile developer" is no "Junior mobile developer".
AS_NEAR = 0.1
CANDIDATES = 8
LEVELS = {
    **dict.fromkeys(("intern", "interns", "internship", "internships", "trainee", "apprentice",
                     "apprenticeship", "graduate", "entry", "entrylevel", "junior", "jnr", "beginner",
                     "fresher", "freshers"), 1),
    **dict.fromkeys(("mid", "midlevel", "middle", "experienced"), 2),
    "senior": 3,
    "lead": 4, "staff": 4, "expert": 4,
    "principal": 5,
}  # fmt: skip
USUAL = 2
# Raised whenever the same title may mean another role: then every posting is read again.
RULE = 2
# So many organisations' indexes stay in a worker.
MOST = 4

STATE = """
SELECT count(*), coalesce(sum(hashtextextended(named.text, 0)::numeric), 0) FROM (
    SELECT id::text || level || title AS text FROM skills_role WHERE retired_at IS NULL
    UNION ALL SELECT role_id::text || text FROM skills_rolealias
    UNION ALL SELECT role_id::text || skill_id FROM skills_requirement
) AS named
"""


@dataclass(frozen=True)
class Roles:
    """The company's roles, ready to be found by a title.

    Attributes:
        levels, required: each role's level, and the skills that it requires.
        called: every name of each role, as :func:`_spoken` gives it.
        levelled: roles whose own title says a level ("Staff platform engineer").
    """

    index: TitleIndex[UUID]
    levels: Mapping[UUID, int]
    required: Mapping[UUID, frozenset[UUID]]
    called: Mapping[UUID, frozenset[object]]
    levelled: frozenset[UUID]

    def meant(self, title: str, named: Collection[UUID]) -> tuple[UUID | None, int | None]:
        """The role that a title means, and the level it says (1 to 5); None for what it does not say.

        Args:
            named: the skills that the posting asks for.
        """
        found = match(title, self.index, CANDIDATES)
        said = next(
            (LEVELS[word] for word in (found[0].level_words if found else ()) if word in LEVELS), None
        )
        near = [one for one in found if one.score >= max(POSSIBLE, found[0].score - AS_NEAR)]
        if not near or not (near[0].score >= SURE or self._names(near, named)):
            return None, said
        spoken = _spoken(title)
        fitting = [one for one in near if spoken in self.called[one.role_id]] or [
            one for one in near if self._fits(one.role_id, said)
        ]
        if not fitting:
            return None, said
        return min(fitting, key=lambda one: abs(self.levels[one.role_id] - (said or USUAL))).role_id, said

    def _fits(self, role: UUID, said: int | None) -> bool:
        """Whether the level that a title says, or that it says none, agrees with the role's."""
        return self.levels[role] == said if said else role not in self.levelled

    def _names(self, near: Sequence[Match[UUID]], named: Collection[UUID]) -> bool:
        """Whether enough is asked for of what any of these roles requires."""
        required = frozenset[UUID]().union(*(self.required.get(one.role_id, frozenset()) for one in near))
        return len(required.intersection(named)) >= NAMED


def _spoken(name: str) -> object:
    """What is equal for equal names: the jobs at a level, or where none is said every word ("II" too)."""
    wording = read(name)
    return (wording.jobs, wording.level) if wording.level else wording.full


_kept: OrderedDict[UUID | None, tuple[str, Roles]] = OrderedDict()
_lock = Lock()


def state() -> str:
    """A short text that is equal for equal roles and rules: one query."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        row = cursor.fetchone()
    return hashlib.sha256(repr((RULE, *map(str, row))).encode()).hexdigest()[:15]


def current() -> tuple[str, Roles]:
    """The state of the open organisation's roles, and the roles of that state, built once a process."""
    organisation, now = context.current_id(), state()
    with _lock:
        known = _kept.get(organisation)
        if known and known[0] == now:
            _kept.move_to_end(organisation)
            return known
    built = _built()
    with _lock:
        _kept[organisation] = (now, built)
        _kept.move_to_end(organisation)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return now, built


def _built() -> Roles:
    """Three queries. Titles are compared by the embedder that is built in: nothing leaves the machine."""
    rows = Role.objects.filter(retired_at=None).order_by("slug").values_list("pk", "title", "level")
    names: dict[UUID, list[str]] = {pk: [title] for pk, title, _level in rows}
    for role, text in RoleAlias.objects.order_by("pk").values_list("role_id", "text"):
        if role in names:
            names[role].append(text)
    required: dict[UUID, set[UUID]] = defaultdict(set)
    for role, skill in Requirement.objects.values_list("role_id", "skill_id"):
        required[role].add(skill)
    return Roles(
        TitleIndex(names, embedders.built_in()),
        {pk: level for pk, _title, level in rows},
        {role: frozenset(skills) for role, skills in required.items()},
        {role: frozenset(map(_spoken, texts)) for role, texts in names.items()},
        frozenset(pk for pk, title, _level in rows if read(title).level),
    )
