"""Reasons to look twice at an import before it goes in. Pure."""

from collections.abc import Iterator, Sequence

from careerforge.skills.importing.comparing import Figures
from careerforge.skills.importing.rows import TWICE, UNNAMED

# Of what is there, so much may end in one release; publishers retire a few in a hundred.
MOST_GONE, MOST_RENAMED, MOST_LOST = 0.1, 0.3, 0.3
# Of what is brought, so much may be without a name, told twice or not readable.
MOST_BAD = 0.05
# Fewer are named, and no reason to wait.
FEWEST = 20


def doubts(
    figures: Figures, bad: dict[tuple[str, str], int], before: Sequence[str], now: Sequence[str]
) -> Iterator[str]:
    """A sentence for each doubt; none for a good import.

    Args:
        bad: rows left out, by (file, reason).
        before: languages that the framework has, ``now`` those of the import.
    """
    ended = figures.retired + figures.merged
    if figures.here and ended > MOST_GONE * figures.here:
        yield f"{ended:,} of {figures.here:,} concepts would be gone."
    if figures.here and figures.renamed > MOST_RENAMED * figures.here:
        yield f"{figures.renamed:,} of {figures.here:,} concepts would have another name."
    for what, old, here in (
        ("names", figures.labels_old, figures.labels_here),
        ("relations", figures.relations_old, figures.relations_here),
    ):
        if here and old > MOST_LOST * here:
            yield f"{old:,} of {here:,} {what} would be gone."
    if lost := [language for language in before if language not in now]:
        yield f"There are no names any more in: {', '.join(lost)}."
    yield from _unfit(figures.concepts, bad)


def _unfit(concepts: int, bad: dict[tuple[str, str], int]) -> Iterator[str]:
    for left_out, words in ((UNNAMED, "have no name"), (TWICE, "are there twice")):
        count = sum(n for (_, reason), n in bad.items() if reason == left_out)
        if count >= FEWEST and count > MOST_BAD * (concepts + count):
            yield f"{count:,} of {concepts + count:,} concepts {words}."
