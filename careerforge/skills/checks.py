"""What must hold for any taxonomy, whoever wrote it. Pure: a check gives sentences, none when all is well."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from careerforge.skills.starter import StarterTaxonomy

# Spellings that differ between countries and mean the same.
SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("lling", "ling"),
    ("our", "or"),
    ("programme", "program"),
)


def normal_form(text: str) -> str:
    """A name without case, accents, punctuation, plural and national spelling: two equal ones mean one thing.

    "C", "C++" and "C#" stay different, and so do ".NET" and "net".
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("c++", "cplusplus").replace("c#", "csharp").replace("f#", "fsharp")
    plain = plain.replace("&", " and ").replace(".net", "dotnet")
    for british, american in SPELLINGS:
        plain = plain.replace(british, american)
    words = re.findall(r"[a-z0-9]+", plain)
    return "".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word for word in words
    )


def cycle(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A circle among "builds on", as the nodes along it, or an empty tuple."""
    done: set[str] = set()
    for start in needs:
        trail: list[str] = []
        if found := _circle(start, needs, trail, done):
            return found
    return ()


def _circle(at: str, needs: Mapping[str, Iterable[str]], trail: list[str], done: set[str]) -> tuple[str, ...]:
    if at in trail:
        return (*trail[trail.index(at) :], at)
    if at in done:
        return ()
    trail.append(at)
    for basis in needs.get(at, ()):
        if found := _circle(basis, needs, trail, done):
            return found
    trail.pop()
    done.add(at)
    return ()


def same_meaning(names: Mapping[str, Iterable[str]]) -> list[str]:
    """Skills (slug → name and aliases) of which two have a spelling in common."""
    owners: dict[str, set[str]] = defaultdict(set)
    for slug, texts in names.items():
        for text in texts:
            owners[normal_form(text)].add(slug)
    return [f"“{form}” is {' and '.join(sorted(of))}." for form, of in sorted(owners.items()) if len(of) > 1]


def unreachable(taxonomy: StarterTaxonomy) -> list[str]:
    """Required skills that nobody could reach: a basis or anything to learn from is missing."""
    needs = {skill.slug: skill.prerequisites for skill in taxonomy.skills}
    taught = {resource.skill for resource in taxonomy.resources}
    required = {skill for role in taxonomy.roles for skill in role.requires}
    found = []
    for skill in sorted(required):
        basis = _closure(skill, needs)
        found += [f"{skill} builds on {each}, which is not there." for each in sorted(basis - needs.keys())]
        found += [f"{skill} needs {each}, and nothing teaches it." for each in sorted(basis - taught)]
    return found


def _closure(skill: str, needs: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [skill]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += needs.get(at, ())
    return found
