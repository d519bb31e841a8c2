"""The company's skills or roles with what they are mapped to: what the crosswalk's pages show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from careerforge.skills.crosswalk.suggesting import ROLE_KINDS, SKILL_KINDS
from careerforge.skills.models import Alias, Concept, Framework, Label, Mapping, Role, RoleAlias, Skill

SKILL, ROLE = "skill", "role"
NAMES = {SKILL: "name", ROLE: "title"}
UNMAPPED, SUGGESTED, CONFIRMED = "unmapped", "suggested", "confirmed"
STATES = (SUGGESTED, UNMAPPED, CONFIRMED)
State = Mapping.State
# Concepts found by a search by hand, and other names of a concept that are shown.
MOST_FOUND, MOST_NAMES = 20, 6


@dataclass(frozen=True)
class Line:
    """A skill or role of the company, with its mappings to a framework, the likeliest first."""

    own: Any
    name: str
    confirmed: list[Mapping] = field(default_factory=list)
    suggested: list[Mapping] = field(default_factory=list)
    rejected: list[Mapping] = field(default_factory=list)


def rows(side: str, framework: Framework | None, state: str = "", words: str = "") -> QuerySet[Any]:
    """What is in use, by name, suggestions by nearness; those in a state, those that have the words."""
    model: Any = Skill if side == SKILL else Role
    name = NAMES[side]
    mine = Mapping.objects.filter(**{side: OuterRef("pk")}, concept__framework=framework)
    found = model.objects.filter(retired_at=None).annotate(
        is_confirmed=Exists(mine.filter(state=State.CONFIRMED)),
        is_suggested=Exists(mine.filter(state=State.SUGGESTED)),
    )
    if words:
        alias: Any = Alias if side == SKILL else RoleAlias
        other = Exists(alias.objects.filter(**{side: OuterRef("pk")}, mapping=None, text__icontains=words))
        theirs = Exists(mine.exclude(state=State.REJECTED).filter(concept__name__icontains=words))
        found = found.filter(Q(**{f"{name}__icontains": words}) | Q(other) | Q(theirs))
    wanted = {
        CONFIRMED: Q(is_confirmed=True),
        SUGGESTED: Q(is_confirmed=False, is_suggested=True),
        UNMAPPED: Q(is_confirmed=False, is_suggested=False),
    }
    # What is likeliest right is decided first.
    best = mine.filter(state=State.SUGGESTED).order_by(F("score").desc(nulls_last=True)).values("score")[:1]
    nearest = F("best").desc(nulls_last=True)
    order = [nearest, name, "pk"] if state == SUGGESTED else [name, "pk"]
    chosen: QuerySet[Any] = found.annotate(best=Subquery(best)).filter(wanted.get(state, Q()))
    return chosen.order_by(*order)


def counts(side: str, framework: Framework | None) -> dict[str, int]:
    """How many are in each state, and under "" how many there are: one query."""
    found: dict[str, int] = rows(side, framework).aggregate(
        confirmed=Count("pk", filter=Q(is_confirmed=True)),
        suggested=Count("pk", filter=Q(is_confirmed=False, is_suggested=True)),
        all=Count("pk"),
    )
    total = found.pop("all")
    return {**found, UNMAPPED: total - found[CONFIRMED] - found[SUGGESTED], "": total}


def lines(side: str, own: Iterable[Any], framework: Framework | None = None) -> list[Line]:
    """With their mappings to one framework, or to all: one query."""
    here = list(own)
    mappings = Mapping.objects.filter(**{f"{side}__in": here}).select_related("concept__framework")
    if framework:
        mappings = mappings.filter(concept__framework=framework)
    by_own: dict[UUID, dict[str, list[Mapping]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(mappings, key=lambda m: (-(m.score or 0), m.concept_id)):
        by_own[getattr(one, f"{side}_id")][one.state].append(one)
    return [
        Line(
            row,
            getattr(row, NAMES[side]),
            *(by_own[row.pk][state] for state in (State.CONFIRMED, State.SUGGESTED, State.REJECTED)),
        )
        for row in here
    ]


def search(side: str, words: str) -> list[Concept]:
    """Concepts of all frameworks, one of whose names has the words, the shortest names first."""
    kinds = SKILL_KINDS if side == SKILL else ROLE_KINDS
    named = Label.objects.filter(text__icontains=words, concept__kind__in=kinds, concept__retired_at=None)
    ids = list(named.values_list("concept_id", flat=True).distinct()[:500])
    found = Concept.objects.filter(pk__in=ids).select_related("framework")
    wanted = words.casefold()
    return sorted(found, key=lambda c: (wanted not in c.name.casefold(), len(c.name), c.pk))[:MOST_FOUND]


def other_names(concepts: Iterable[int]) -> dict[int, str]:
    """A few other names of each concept, in one line: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    labels = Label.objects.filter(concept__in=list(concepts), kind=Label.Kind.ALTERNATIVE).order_by("pk")
    for concept, text in labels.values_list("concept_id", "text"):
        if len(found[concept]) < MOST_NAMES:
            found[concept].append(text)
    return {concept: "; ".join(texts) for concept, texts in found.items()}
