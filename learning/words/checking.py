"""What has to be true of a path in a model's words before anybody looks at it. Pure."""

from collections.abc import Hashable, Iterator, Mapping
from functools import partial

from careerforge.assistant import checks
from careerforge.assistant.frame import Check, Task
from careerforge.assistant.schemas import ProposedPath, ProposedStep, in_order
from learning.paths import extras
from learning.words.offering import Offer

FUNCTION = "learning_path"
MAX_TOKENS = 6_000
THINKING = 2_048


def task(offer: Offer) -> Task[ProposedPath]:
    """Ask for the path of an offer, twice, with every check."""
    return Task(
        function=FUNCTION,
        prompt="path",
        schema=ProposedPath,
        max_tokens=MAX_TOKENS,
        thinking=THINKING,
        checks=every(offer),
        twice=True,
        core=partial(core, offer),
    )


def every(offer: Offer) -> tuple[Check[ProposedPath], ...]:
    """The checks of a path, in the order in which they are said."""
    return (
        checks.offered(lambda path: [step.id for step in path.nodes], offer.by_id.keys()),
        Check("complete", partial(_complete, offer)),
        Check("prerequisites", partial(_prerequisites, offer)),
        Check("hours", partial(_hours, offer)),
        Check("resources", partial(_resources, offer)),
        checks.numbers_stated(partial(_grounds, offer)),
        checks.without_links(_texts),
        checks.within_policy(_texts),
    )


def _texts(path: ProposedPath) -> Iterator[str]:
    yield path.summary
    yield from (step.description for step in path.nodes)


def _grounds(offer: Offer, path: ProposedPath) -> Iterator[tuple[str, str]]:
    yield path.summary, offer.ground
    for step in path.nodes:
        if known := offer.by_id.get(step.id):
            yield step.description, f"{known.ground}. {offer.target_role}"


def _complete(offer: Offer, path: ProposedPath) -> list[str]:
    named = {step.id for step in path.nodes}
    found = [f'"{step.id}" is missing.' for step in offer.steps if step.id not in named]
    if path.target_role.strip().casefold() != offer.target_role.strip().casefold():
        found.append(f"target_role has to be {offer.target_role}.")
    for kind, _type, most in extras.MOST:
        chosen = sum(step.id in named for step in offer.choices if step.kind is kind)
        if chosen > most:
            found.append(f"Choose at most {most} of kind {kind.value}.")
    return found


def _prerequisites(offer: Offer, path: ProposedPath) -> list[str]:
    """They exist and form no circle by the schema; with those that the rules know they form none either."""
    turned = before(_together(offer, path)) is None
    return ["Prerequisites turn around what a step is said to need."] if turned else []


def _together(offer: Offer, path: ProposedPath) -> dict[str, set[str]]:
    """What each step of the path needs, by the rules or by the model."""
    named = {step.id for step in path.nodes}
    return {
        step.id: {
            *step.prerequisites,
            *(need for need in _after(offer, step.id) if need in named),
        }
        for step in path.nodes
    }


def _after(offer: Offer, step: str) -> tuple[str, ...]:
    known = offer.by_id.get(step)
    return known.after if known else ()


def before(needs: Mapping[str, set[str]]) -> dict[str, set[str]] | None:
    """Of each step everything that comes before it, however far; None when they go round in a circle."""
    found: dict[str, set[str]] = {}
    waiting = dict(needs)
    while waiting:
        ready = [step for step, wanted in waiting.items() if wanted <= found.keys()]
        if not ready:
            return None
        for step in ready:
            wanted = waiting.pop(step)
            found[step] = wanted.union(*(found[one] for one in wanted))
    return found


def _hours(offer: Offer, path: ProposedPath) -> list[str]:
    return [
        f'"{step.id}" takes {known.hours}.'
        for step in path.nodes
        if (known := offer.by_id.get(step.id)) and not known.least <= step.estimated_hours <= known.most
    ]


def _resources(offer: Offer, path: ProposedPath) -> list[str]:
    return [
        f'"{one}" is no resource of "{step.id}".'
        for step in path.nodes
        if (known := offer.by_id.get(step.id))
        for one in step.resources
        if one not in known.resources
    ]


def core(offer: Offer, path: ProposedPath) -> Hashable:
    """What two answers have to have in common: the same steps, and the order of those that need others."""
    found = before(_together(offer, path)) or {}
    pairs = frozenset((step, one) for step, wanted in found.items() for one in wanted)
    return frozenset(step.id for step in path.nodes), pairs


def ordered(offer: Offer, path: ProposedPath) -> list[ProposedStep]:
    """The steps in the order of the answer, with what comes first by the rules or by the model first."""
    needs, by_id = _together(offer, path), {step.id: step for step in path.nodes}
    every = [step.model_copy(update={"prerequisites": sorted(needs[step.id])}) for step in path.nodes]
    return [by_id[step.id] for step in in_order(every) or path.nodes]
