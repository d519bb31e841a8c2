"""Values to try a prompt out with: the declared examples, with lists as long as they usually are. Pure."""

import re
from collections.abc import Mapping
from typing import Any

# How many entries a list usually has; of any other name one.
USUAL = {
    "facts": 6, "passages": 5, "turns": 3, "steps": 8, "choices": 4, "catalogue": 10, "roles": 5, "skills": 8,
}  # fmt: skip
# In turn in place of the example's skill.
EXAMPLE = "Batch orchestration"
SKILLS = (
    EXAMPLE, "SQL", "Data modelling", "Stream processing", "Data quality", "Python", "Observability",
    "Cloud storage",
)  # fmt: skip
# What a passage is, and what it says.
PASSAGES = (
    ("Data practice ladder", "Level 3", "A data engineer at level 3 runs a batch pipeline alone."),
    (
        "Data practice ladder",
        "Level 4",
        "Senior data engineers design the warehouse model.",
    ),
    ("Playbook: to data engineer", "First steps", "Rebuild one report's source from the raw tables."),
    ("Vacancy: data engineer", "", "We ask for SQL at level 4 and for stream processing at level 2."),
    ("Guide to mentoring", "Pairs", "A mentor meets each of two people every second week."),
)
NUMBER = re.compile(r"(?<=^[a-z])\d+$")


def trial(values: Mapping[str, Any]) -> dict[str, Any]:
    """The examples with lists of their usual length; of an entry's lists the example is kept."""
    return {
        name: _several(value[0], USUAL.get(name, 1)) if isinstance(value, list) and value else value
        for name, value in values.items()
    }


def _several(entry: Any, number: int) -> list[Any]:
    return [_other(entry, place) for place in range(number)]


def _other(value: Any, place: int) -> Any:
    """The entry at another place: its id, and what it is about."""
    if isinstance(value, str):
        named = value.replace(EXAMPLE, SKILLS[place % len(SKILLS)])
        return NUMBER.sub(lambda found: str(int(found[0]) + place), named)
    if isinstance(value, Mapping):
        return {name: _other(inner, place) for name, inner in value.items()} | _passage(value, place)
    return [_other(one, place) for one in value] if isinstance(value, list) else value


def _passage(value: Mapping[str, Any], place: int) -> dict[str, Any]:
    """What makes an entry another passage; nothing for any other entry."""
    if "chunk_id" not in value:
        return {}
    title, heading, text = PASSAGES[place % len(PASSAGES)]
    return {"chunk_id": place + 1, "title": title, "heading": heading, "text": text}
