"""Concepts that may mean the same as the company's skills and roles, the likeliest first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from careerforge.skills import tuning
from careerforge.skills.checks import normal_form
from careerforge.skills.linking import LabelIndex
from careerforge.skills.meaning import Embeds
from careerforge.skills.models import Alias, Concept, Framework, Label, Mapping, Role, RoleAlias, Skill
from careerforge.skills.titles import TitleIndex, match

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Suggestions for one skill or role, and how near they have to be at least.
MOST, NEAR = 5, 0.45
# Equal names: main and main, one of our others and the concept's main one, and one of the concept's others.
SAME_NAME, SAME_ALIAS, SAME_LABEL = 1.0, 0.97, 0.95
# The best score of a label index: nearest words, whole text, and shared words.
TOP = 1 + tuning.of("linking")["whole"] + tuning.of("linking")["words"]
# What only looks alike is never as near as what is called the same.
ALIKE = 0.9
# Titles of one occupation that are compared by meaning, its preferred one first.
TITLES = 4
# Vectors made between two signs of life.
SLICE = 500
SKILL_KINDS = (Concept.Kind.SKILL, Concept.Kind.TECHNOLOGY)
ROLE_KINDS = (Concept.Kind.OCCUPATION,)
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Near:
    """A concept and how near it is: 0 to 1, to compare the suggestions of one skill or role."""

    concept: int
    score: float


class Watched:
    """An embedder that tells how far it is, and makes the vectors of a slice at a time."""

    def __init__(self, embedder: Embeds, progress: Progress) -> None:
        self._embedder, self._progress = embedder, progress

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        return self._embedder.dimensions

    def embed(self, texts: Sequence[str]) -> "Floats":
        """float32, shape ``(len(texts), dimensions)``."""
        import numpy as np

        if len(texts) <= SLICE:
            return self._embedder.embed(texts)
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), SLICE):
            vectors[start : start + SLICE] = self._embedder.embed(texts[start : start + SLICE])
            self._progress(min((start + SLICE) / len(texts), 1.0))
        return vectors


@dataclass(frozen=True)
class Asked:
    """What suggestions are made from.

    Attributes:
        own: names of each skill (or role) that has no confirmed concept yet, the main one first.
        names: names of each concept, the preferred one first.
        same: concepts that bear a name of a skill (or role).
    """

    own: Names[UUID, Sequence[str]]
    names: Names[int, Sequence[str]]
    same: Names[UUID, Sequence[Near]]


def skills(framework: Framework) -> Asked:
    """The skills in use, and the framework's."""
    own = _own("skill", Skill.objects.filter(retired_at=None), Alias, "name", framework)
    names = _names(framework, SKILL_KINDS)
    return Asked(own, names, _same_names(own, names, framework, SKILL_KINDS))


def roles(framework: Framework) -> Asked:
    """The roles in use, and the framework's occupations with a few titles each."""
    own = _own("role", Role.objects.filter(retired_at=None), RoleAlias, "title", framework)
    names = _names(framework, ROLE_KINDS)
    same = _same_names(own, names, framework, ROLE_KINDS)
    _add_titles(framework, names)
    return Asked(own, names, same)


def near_skills(asked: Asked, embedder: Embeds) -> dict[UUID, list[Near]]:
    """Of each skill the likeliest concepts. Pure, and slow."""
    if not asked.own or not asked.names:
        return {}
    places = list(asked.names)
    index = LabelIndex([asked.names[pk][0] for pk in places], embedder)
    found = {}
    for skill, texts in asked.own.items():
        alike = [Near(places[one.place], ALIKE * one.score / TOP) for one in index.link(texts[0], 2 * MOST)]
        found[skill] = best([*asked.same.get(skill, ()), *alike])
    return found


def near_roles(asked: Asked, embedder: Embeds) -> dict[UUID, list[Near]]:
    """Of each role the likeliest occupations. Pure, and slow."""
    if not asked.own or not asked.names:
        return {}
    index = TitleIndex(asked.names, embedder)
    found = {}
    for role, texts in asked.own.items():
        alike = [Near(one.role_id, ALIKE * one.score) for one in match(texts[0], index, 2 * MOST)]
        found[role] = best([*asked.same.get(role, ()), *alike])
    return found


def best(found: Iterable[Near]) -> list[Near]:
    """Each concept once, the nearest first, as many as are worth a look. Pure."""
    nearest: dict[int, float] = {}
    for one in found:
        nearest[one.concept] = max(one.score, nearest.get(one.concept, 0.0))
    ranked = sorted(nearest.items(), key=lambda each: (-each[1], each[0]))
    return [Near(concept, round(score, 4)) for concept, score in ranked[:MOST] if score >= NEAR]


def store(side: str, framework: Framework, found: Names[UUID, Sequence[Near]]) -> int:
    """Replace the suggestions of these skills (or roles); what a person has decided stays.

    Returns:
        How many there are now.
    """
    ids = list(found)
    here = Mapping.objects.filter(**{f"{side}__in": ids}, concept__framework=framework)
    here.filter(state=Mapping.State.SUGGESTED).delete()
    decided = set(here.values_list(f"{side}_id", "concept_id"))
    new = [
        Mapping(**{f"{side}_id": own}, concept_id=near.concept, score=near.score)
        for own, nears in found.items()
        for near in nears
        if (own, near.concept) not in decided
    ]
    Mapping.objects.bulk_create(new, batch_size=1_000)
    return len(new)


def _own(side: str, rows: Any, aliases: Any, name: str, framework: Framework) -> dict[UUID, list[str]]:
    """Names that the company gave, the main one first."""
    done = Mapping.objects.filter(state=Mapping.State.CONFIRMED, concept__framework=framework)
    open_ = rows.exclude(pk__in=done.filter(**{f"{side}__isnull": False}).values(f"{side}_id"))
    own = {pk: [text] for pk, text in open_.order_by("pk").values_list("pk", name)}
    others = aliases.objects.filter(mapping=None, **{f"{side}__in": own}).order_by("pk")
    for owner, text in others.values_list(f"{side}_id", "text"):
        own[owner].append(text)
    return own


def _names(framework: Framework, kinds: Sequence[str]) -> dict[int, list[str]]:
    rows = Concept.objects.filter(framework=framework, kind__in=kinds, retired_at=None)
    return {pk: [name] for pk, name in rows.order_by("pk").values_list("pk", "name")}


def _labels(framework: Framework, kinds: Sequence[str]) -> Iterator[tuple[int, str]]:
    rows = Label.objects.filter(
        concept__framework=framework, concept__kind__in=kinds, concept__retired_at=None
    ).exclude(kind=Label.Kind.HIDDEN)
    # Ids are given in the publisher's order: the preferred label first.
    return rows.order_by("concept_id", "pk").values_list("concept_id", "text").iterator(chunk_size=5_000)


def _same_names(
    own: Names[UUID, Sequence[str]],
    names: Names[int, Sequence[str]],
    framework: Framework,
    kinds: Sequence[str],
) -> dict[UUID, list[Near]]:
    """Concepts with a name of the skill or role, in any language and spelling."""
    owners: dict[str, list[UUID]] = defaultdict(list)
    for key, texts in own.items():
        for form in dict.fromkeys(normal_form(text) for text in texts):
            if form:
                owners[form].append(key)
    main = {key: normal_form(texts[0]) for key, texts in own.items()}
    found: dict[UUID, list[Near]] = defaultdict(list)
    for concept, text in _labels(framework, kinds):
        form = normal_form(text)
        for key in owners.get(form, ()):
            of_own = SAME_NAME if main[key] == form else SAME_ALIAS
            score = of_own if normal_form(names[concept][0]) == form else SAME_LABEL
            found[key].append(Near(concept, score))
    return found


def _add_titles(framework: Framework, names: dict[int, list[str]]) -> None:
    language = framework.languages[0] if framework.languages else "en"
    rows = Label.objects.filter(
        concept__framework=framework,
        concept__kind__in=ROLE_KINDS,
        concept__retired_at=None,
        language=language,
        kind=Label.Kind.ALTERNATIVE,
    )
    for concept, text in rows.order_by("concept_id", "pk").values_list("concept_id", "text").iterator():
        if len(names[concept]) < TITLES:
            names[concept].append(text)
