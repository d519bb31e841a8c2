import pytest

from careerforge.skills.titles import TitleIndex, match
from tests.skills.embedding import Groups

ROLES = {
    "backend": ["Backend engineer", "Server-side developer"],
    "senior": ["Senior backend engineer"],
    "data": ["Data engineer"],
    "nurse": ["Registered nurse"],
    "cook": ["Cook"],
    "driver": ["Truck driver"],
}


@pytest.fixture(scope="module")
def index():
    return TitleIndex(ROLES, Groups())


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Backend engineer", "backend"),
        ("Server-side developer", "backend"),
        ("BACKEND ENGINEER (m/w/d) - Leeds", "backend"),
        ("Senior Backend Engineer", "senior"),
        ("RN", "nurse"),
        ("Lorry driver", "driver"),
        ("Kitchen cook / chef", "cook"),
        ("Statistics programmer", "data"),
    ],
)
def test_the_likeliest_role_is_the_one_the_title_means(index, title, role):
    assert match(title, index, 1)[0].role_id == role


def test_a_match_says_what_the_title_says_about_the_level(index):
    first = match("Sr. Data Engineer", index)[0]
    assert (first.role_id, first.level_words) == ("data", ("senior",))
    assert 0 <= first.score <= 1


def test_candidates_come_in_order_and_no_more_than_asked_for(index):
    scores = [one.score for one in match("Backend engineer", index, 3)]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_nothing_is_matched_without_a_letter_or_without_roles(index):
    assert match("  42 - ", index) == []
    assert match("Cook", TitleIndex({}, Groups())) == []


def test_a_title_asked_alone_scores_as_among_others(index):
    together = index.rank(["Cook", "Data engineer"])
    assert together[0] == pytest.approx(index.rank(["Cook"])[0], abs=1e-6)
