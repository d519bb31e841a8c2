"""What follows from what one or more reviewers have said."""

from dataclasses import dataclass

import pytest

from careerforge.assistant.reviewing.settling import Settled, settle


@dataclass(frozen=True)
class Said:
    verdict: str

    @property
    def is_yes(self):
        return self.verdict != "reject"


def settled(*verdicts, needs_two=False):
    return settle([Said(verdict) for verdict in verdicts], needs_two=needs_two)


@pytest.mark.parametrize("verdict", ["approve", "edit", "reject"])
def test_one_word_is_enough(verdict):
    assert settled(verdict) == Settled(verdict)


def test_where_two_are_wanted_one_waits():
    assert settled("approve", needs_two=True) == Settled()


@pytest.mark.parametrize(
    ("first", "second", "done"),
    [
        ("approve", "approve", "approve"),
        ("reject", "reject", "reject"),
        ("approve", "edit", "edit"),
        ("edit", "approve", "edit"),
    ],
)
def test_two_who_agree_settle_it(first, second, done):
    assert settled(first, second, needs_two=True) == Settled(done)


@pytest.mark.parametrize("pair", [("approve", "reject"), ("reject", "edit")])
def test_yes_and_no_settle_nothing(pair):
    assert settled(*pair, needs_two=True) == Settled(split=True)


@pytest.mark.parametrize("third", ["approve", "reject"])
def test_a_third_settles_what_two_did_not(third):
    assert settled("approve", "reject", third, needs_two=True) == Settled(third)
