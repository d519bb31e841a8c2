from hypothesis import given
from hypothesis import strategies as st

from coaching.disclosure import SMALLEST, Tally, row_of_cells, widen

tallies = st.builds(Tally, st.integers(0, 12), st.floats(0, 50))
groups_of_people = st.dictionaries(st.sampled_from("ABCDEFG"), tallies, min_size=1, max_size=7)


def test_a_group_of_five_is_printed() -> None:
    total, cells = row_of_cells({"A": Tally(5, 5.0), "B": Tally(6, 18.0)})
    assert (cells["A"].mean, cells["B"].mean, total.people) == (1.0, 3.0, 11)


def test_a_single_small_group_takes_a_second_one_with_it() -> None:
    _total, cells = row_of_cells({"A": Tally(4, 4), "B": Tally(6, 18), "C": Tally(9, 18)})
    assert [name for name, cell in cells.items() if cell.hidden] == ["A", "B"]


def test_two_tiny_groups_that_together_are_under_five_take_a_third() -> None:
    _total, cells = row_of_cells({"A": Tally(1, 1), "B": Tally(2, 2), "C": Tally(9, 18)})
    assert all(cell.hidden for cell in cells.values())


@given(groups_of_people)
def test_no_hidden_remainder_is_ever_smaller_than_five(groups: dict[str, Tally]) -> None:
    total, cells = row_of_cells(groups)
    hidden = [name for name, cell in cells.items() if cell.hidden and groups[name].people]
    assert all(cell.hidden or cell.people >= SMALLEST for cell in cells.values())
    if not total.hidden and hidden:
        assert len(hidden) > 1
        assert sum(groups[name].people for name in hidden) >= SMALLEST


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_bands_of_a_histogram_widen_until_each_holds_five(counts: list[int]) -> None:
    bands = widen([(str(i), str(i + 1), n) for i, n in enumerate(counts)])
    assert all(people >= SMALLEST for _low, _high, people in bands)
    assert not bands or sum(people for *_span, people in bands) == sum(counts)
