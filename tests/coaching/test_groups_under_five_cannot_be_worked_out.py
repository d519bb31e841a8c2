from functools import reduce
from itertools import accumulate, pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from coaching.teams.disclosure import SMALLEST, Tally, Values, band, hold, row_of_cells, steady, widen

tallies = st.builds(Tally, st.integers(0, 12), st.floats(0, 50))
groups_of_people = st.dictionaries(st.sampled_from("ABCDEFG"), tallies, min_size=1, max_size=7)
PEOPLE = [UUID(int=n) for n in range(1, 25)]
# A week: the group of each person, or none.
weeks_of_groups = st.lists(
    st.lists(st.sampled_from(["A", "B", "C", ""]), min_size=len(PEOPLE), max_size=len(PEOPLE)),
    min_size=1,
    max_size=4,
)


def week(groups: list[str]) -> dict[str, Values]:
    return {
        name: {person: 0.5 for person, group in zip(PEOPLE, groups, strict=True) if group == name}
        for name in sorted({*groups} - {""})
    }


def printed(weeks: list[dict[str, Values]]) -> dict[str, Values]:
    """The last of these weeks as it is printed."""
    return reduce(lambda last, one: hold(one, last), weeks)


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


@given(tallies)
def test_a_mean_is_a_whole_per_cent(tally: Tally) -> None:
    total, _cells = row_of_cells({"A": tally})
    assert total.mean is None or total.mean == round(total.mean, 2)


def test_numbers_of_people_are_bands_of_five() -> None:
    assert [band(n) for n in (5, 9, 10, 36)] == ["5–9", "5–9", "10–14", "35–39"]


def test_a_group_that_one_person_joined_stays_with_those_counted_before() -> None:
    before, now = {"A": dict.fromkeys(PEOPLE[:11], 0.3)}, {"A": dict.fromkeys(PEOPLE[:12], 0.4)}
    assert hold(now, before) == {"A": dict.fromkeys(PEOPLE[:11], 0.4)}


def test_who_has_gone_counts_with_what_was_last_known() -> None:
    before, now = {"A": dict.fromkeys(PEOPLE[:11], 0.3)}, {"A": dict.fromkeys(PEOPLE[1:11], 0.4)}
    assert hold(now, before) == {"A": {**dict.fromkeys(PEOPLE[1:11], 0.4), PEOPLE[0]: 0.3}}


def test_a_group_whose_people_are_the_same_has_the_new_figures() -> None:
    before, now = {"A": dict.fromkeys(PEOPLE[:11], 0.3)}, {"A": dict.fromkeys(PEOPLE[:11], 0.4)}
    assert hold(now, before) == now


def test_one_more_person_a_week_is_compared_with_what_was_printed_last() -> None:
    growing = [{"A": dict.fromkeys(PEOPLE[:n], n / 100)} for n in (10, 11, 11, 12)]
    assert printed(growing)["A"].keys() == growing[0]["A"].keys()


def test_a_new_group_of_four_is_hidden() -> None:
    assert hold({"A": dict.fromkeys(PEOPLE[:4], 0.3)}, {}) == {"A": {}}


@given(weeks_of_groups)
def test_from_week_to_week_no_group_changes_by_one_to_four_people(found: list[list[str]]) -> None:
    weeks = accumulate([week(groups) for groups in found], lambda last, one: hold(one, last))
    for before, now in pairwise(weeks):
        assert all(steady(now.get(n, {}).keys(), before.get(n, {}).keys()) for n in "ABC")


@given(weeks_of_groups)
def test_nobody_is_in_two_printed_groups(found: list[list[str]]) -> None:
    groups = printed([week(one) for one in found]).values()
    assert sum(map(len, groups)) == len({person for group in groups for person in group})
