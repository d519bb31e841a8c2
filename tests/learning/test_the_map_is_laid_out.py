from types import SimpleNamespace
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from learning.paths import layout
from learning.paths.states import Phase, State, Stop


def stop(name, *needs, kind="skill"):
    node = SimpleNamespace(step_id=uuid5(NAMESPACE_OID, name), step=SimpleNamespace(type=kind), title=name)
    return Stop(node, State.READY, tuple(each.node for each in needs), (), ())


def milestone(name):
    return stop(name, kind="milestone")


def rows(*phases):
    """Rows by title, of phases numbered from 1."""
    found = layout.columns([Phase(number, stops) for number, stops in enumerate(phases, 1)])
    return {cell.stop.node.title: cell.row for column in found for cell in column.cells}


def test_a_step_stands_beside_what_it_needs():
    a, b = stop("a"), stop("b")
    at = rows((a, b, milestone("1")), (stop("free"), stop("after b", b), milestone("2")))
    assert at["after b"] == at["b"] == 2
    assert at["free"] == 1


def test_a_step_stands_below_a_need_of_its_own_phase():
    a, b = stop("a"), stop("b")
    at = rows((a, b, stop("after a", a), milestone("1")))
    assert at["after a"] == at["a"] + 1


def test_milestones_share_the_last_row_and_follow_each_other():
    a, first = stop("a"), milestone("1")
    columns = layout.columns([Phase(1, (a, stop("b"), first)), Phase(2, (stop("c"), milestone("2")))])
    ends = [column.cells[-1] for column in columns]
    assert [cell.row for cell in ends] == [3, 3]
    assert ends[1].after == (first.node.step_id,)


@given(st.lists(st.integers(1, 7), min_size=1, max_size=4), st.randoms())
def test_no_two_steps_of_a_phase_share_a_row(sizes, chance):
    phases: list[Any] = []
    before: list[Any] = []
    for number, size in enumerate(sizes, 1):
        mine: list[Any] = []
        for place in range(size):
            needs = chance.sample(before + mine, min(len(before + mine), chance.randint(0, 2)))
            mine.append(stop(f"{number}.{place}", *needs))
        phases.append(Phase(number, (*mine, milestone(f"end {number}"))))
        before += mine
    for column in layout.columns(phases):
        taken = [cell.row for cell in column.cells]
        assert len(set(taken)) == len(taken)
        assert all(1 <= row <= layout.height(phases) for row in taken)
