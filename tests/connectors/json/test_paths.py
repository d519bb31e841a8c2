"""A path may pick and reshape; it may not multiply what it is given."""

import pytest

from connectors.parsing.paths import compiled


@pytest.mark.parametrize(
    "path", ["data.jobs[?open].{title: name, text: body}", "[].title", "join(', ', tags)"]
)
def test_paths_that_pick_and_reshape_are_fine(path: str) -> None:
    assert compiled(path) is not None


@pytest.mark.parametrize("path", ["|".join(["[@,@][]"] * 20), "{a: @, b: @}.*[] | {a: @, b: @}.*[]"])
def test_paths_that_multiply_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="more than once"):
        compiled(path)
