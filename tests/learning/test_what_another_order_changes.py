"""Which steps stay, come, move and go, and the order that is left when some of it is turned down."""

from hypothesis import given
from hypothesis import strategies as st

from learning.paths.changes import What, changes, without

KEYS = st.lists(st.sampled_from("abcdefghij"), unique=True)


def kinds(before, after):
    return {change.key: change.what for change in changes(before, after)}


def test_each_step_is_kept_added_moved_or_retired():
    found = kinds("abcd", "dbce")
    assert found == {
        "a": What.RETIRED, "b": What.KEPT, "c": What.KEPT, "d": What.MOVED, "e": What.ADDED,
    }  # fmt: skip


def test_one_step_to_the_front_is_one_move_and_says_from_where_to_where():
    (moved,) = [change for change in changes("abcdef", "fabcde") if change.what is What.MOVED]
    assert (moved.key, moved.before, moved.after) == ("f", 6, 1)


def test_a_step_around_which_the_others_change_places_has_not_moved():
    assert kinds("abc", "cba") == {"a": What.MOVED, "b": What.KEPT, "c": What.MOVED}
    assert kinds("abcdef", "decfab")["c"] is What.KEPT


@given(KEYS, KEYS)
def test_whatever_has_moved_has_another_place(before, after):
    moved = [change for change in changes(before, after) if change.what is What.MOVED]
    assert all(one.before != one.after for one in moved)


@given(KEYS, KEYS)
def test_every_step_is_listed_once(before, after):
    listed = [change.key for change in changes(before, after)]
    assert sorted(listed) == sorted({*before, *after})


@given(KEYS, KEYS)
def test_what_is_kept_keeps_its_order(before, after):
    kept = [change for change in changes(before, after) if change.what is What.KEPT]
    places = [one.before for one in kept if one.before]
    assert places == sorted(places)


@given(KEYS, KEYS)
def test_all_turned_down_is_the_old_order_and_nothing_turned_down_the_new_one(before, after):
    every = {change.key for change in changes(before, after) if change.what is not What.KEPT}
    assert without(before, after, every) == before
    assert without(before, after, ()) == after


@given(KEYS, KEYS, st.sets(st.sampled_from("abcdefghij")))
def test_a_step_that_is_left_comes_after_the_one_it_came_after(before, after, left):
    found = without(before, after, left)
    assert len(found) == len(set(found))
    assert set(found) == (set(after) - left) | (set(before) & left)
