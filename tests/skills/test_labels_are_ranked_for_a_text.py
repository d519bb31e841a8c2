import pytest

from careerforge.skills.linking import LabelIndex
from careerforge.skills.linking.windows import windows
from tests.skills.embedding import Groups

LABELS = ["manage personnel", "truck driving", "Java (computer programming)", "cook meals", "statistics"]


@pytest.fixture(scope="module")
def index():
    return LabelIndex(LABELS, Groups())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("You lead people and plan the day in an office by the sea", "manage personnel"),
        ("Every morning a lorry has to be moved across the yard", "truck driving"),
        ("Deep knowledge of Java is expected of whoever joins us", "Java (computer programming)"),
        ("You will work with data all day long", "statistics"),
    ],
)
def test_a_few_words_of_a_sentence_are_enough(index, text, label):
    assert LABELS[index.link(text, 1)[0].place] == label


def test_a_link_says_which_words_mean_the_label(index):
    text = "In the morning you manage personnel"
    first = index.link(text, 1)[0]
    assert text[first.start : first.end] == "manage personnel"
    assert first.nearness > 0.99


def test_an_empty_text_or_list_of_labels_links_nothing(index):
    assert index.link(" ") == []
    assert LabelIndex([], Groups()).link("manage personnel") == []


def test_windows_lie_in_the_text_and_say_something():
    text = "the cook and a driver of the team"
    found = windows(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert not {"the", "and", "of the", "the team"} & {one.text for one in found}
    assert {"cook", "driver", "team", "cook and a driver"} <= {one.text for one in found}
