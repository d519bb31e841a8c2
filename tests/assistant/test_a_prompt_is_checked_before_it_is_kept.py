"""A new text of a prompt is refused when it is written, with the line, and not at the first call."""

import pytest

from careerforge.assistant.prompts import files, versions
from careerforge.assistant.prompts.checking import problems
from careerforge.assistant.prompts.declared import DECLARED

VALUES = DECLARED["advice"].values
SYSTEM = "<!-- part: system -->\nBe brief.\n"
FACTS = "{% for fact in facts %}{{ fact }}\n{% endfor %}"
CONTEXT = f"<!-- part: context -->\n<data-{{{{ mark }}}}>\n{FACTS}</data-{{{{ mark }}}}>\n"
QUESTION = "<!-- part: question -->\n<question-{{ mark }}>{{ question }}</question-{{ mark }}>\n"
GOOD = SYSTEM + CONTEXT + QUESTION


def said(text: str) -> str:
    return " ".join(map(str, problems(text, VALUES)))


def test_a_good_text_has_no_problem() -> None:
    assert problems(GOOD, VALUES) == []


@pytest.mark.parametrize("name", files.names())
def test_every_shipped_text_is_good(name: str) -> None:
    assert versions.faults(name, files.shipped(name)) == []


@pytest.mark.parametrize("name", [name for name in files.names() if name != files.FRAME])
def test_every_shipped_text_has_its_values_declared(name: str) -> None:
    assert name in DECLARED


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (CONTEXT + QUESTION, 0, "The part “system” is missing"),
        (GOOD.replace("{{ fact }}", "{{ fakt }}"), 5, "“fakt” is no value of this prompt"),
        (GOOD.replace("{{ fact }}", "{{ fact.level }}"), 5, "“fact.level” is no value"),
        (GOOD.replace("in facts", "in claims"), 5, "“claims” is no value"),
        (GOOD.replace("{{ fact }}", "{% if salary %}x{% endif %}"), 5, "“salary” is no value"),
        (GOOD.replace("{{ fact }}", "{{ fact|default:salary }}"), 5, "“salary” is no value"),
        (GOOD.replace("{{ fact }}", "{{ fact|random }}"), 5, "The filter “random” cannot be used"),
        (GOOD.replace("{{ fact }}", "{% include 'x' %}"), 5, "{% include %} cannot be used here"),
        (GOOD.replace("{{ fact }}", "{% now 'Y' %}"), 5, "{% now %} cannot be used here"),
        (GOOD.replace("{% endfor %}", ""), 5, "Unclosed tag on line"),
        (GOOD.replace("{{ fact }}", "{# a word to nobody #}"), 5, "A comment would be sent to nobody"),
        (GOOD.replace("Be brief.", "Be brief, {{ question }}."), 2, "The system part takes no values"),
        (SYSTEM + CONTEXT.replace("-{{ mark }}", "") + QUESTION, 4, "Data stands between marks"),
        (SYSTEM + QUESTION + CONTEXT, 0, "in this order"),
        ("Hello\n" + GOOD, 1, "Nothing stands before the first part"),
        (GOOD.replace("Be brief.\n", ""), 2, "The part “system” is empty"),
        (GOOD + "x" * 40_000, 0, "longer than"),
        (GOOD.replace("{{ fact }}", "{% if " + "not " * 3_000 + "question %}x{% endif %}"), 5, "characters"),
        (GOOD.replace("{{ fact }}", "{% if fact" + " or fact" * 3_000 + " %}x{% endif %}"), 5, "at most"),
        (GOOD.replace("{{ fact }}", "{% if " + "not " * 60 + "question %}x{% endif %}"), 5, "30 words"),
        (GOOD.replace("{{ fact }}", "{{ fact" + "|lower" * 6_000 + " }}"), 5, "characters"),
        (GOOD.replace("{{ fact }}", "{{ fact" + "|lower" * 6 + " }}"), 5, "at most 5 filters"),
        (GOOD.replace("{{ fact }}", "{% if fact %}" * 900 + "{% endif %}" * 900), 5, "in one another"),
        (GOOD.replace("for fact in facts", "for mark in facts"), 5, "“mark” is a value of this prompt"),
        (GOOD.replace("for fact in facts", "for question in facts"), 5, "“question” is a value"),
        (GOOD.replace("for fact in facts", "for forloop in facts"), 5, "“forloop” is a value"),
        (GOOD.replace("{{ fact }}", '{{ fact|floatformat:"3000000" }}'), 5, "no number above 99"),
        (GOOD.replace("{{ fact }}", '{{ fact|floatformat:"-3000000gu" }}'), 5, "no number above 99"),
        (GOOD.replace("{{ fact }}", "{{ fact|floatformat:3000000 }}"), 5, "no number above 99"),
        (GOOD.replace("{{ fact }}", "{{ fact|floatformat:question }}"), 5, "a number that is written here"),
        (GOOD.replace("{{ fact }}", "{% for c in 'abc' %}{{ c }}{% endfor %}"), 5, "A loop goes over a list"),
        (GOOD.replace("{{ fact }}", "{% for c in fact %}{{ c }}{% endfor %}"), 5, "A loop goes over a list"),
        (GOOD.replace("in facts", "in facts|upper"), 5, "A loop goes over a list"),
        (GOOD.replace("for fact in", "for fact, b in"), 5, "This fails with the example"),
        (GOOD.replace("{{ fact }}", "{{ data_date|first }}"), 5, "This fails with the example"),
        (GOOD.replace("{{ fact }}", ("{{ data_date|date:'" + "r" * 300 + "' }}") * 10), 0, "than 60000"),
        (
            GOOD.replace(
                "{{ fact }}", "{% for a in facts %}{% for b in facts %}{{ b }}{% endfor %}{% endfor %}"
            ),
            5,
            "At most 2 loops",
        ),
    ],
)
def test_a_bad_text_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    first = problems(text, VALUES)[0]
    assert words in first.why
    assert first.line == line


def test_the_frame_takes_no_values_and_has_no_parts() -> None:
    assert versions.faults("frame", "Be brief.") == []
    assert str(versions.faults("frame", "Be brief.\n{{ question }}")[0]).startswith("Line 2:")
    assert versions.faults("frame", GOOD)
    assert versions.faults("frame", " ")


def test_two_loops_and_few_decimals_are_fine() -> None:
    inner = '{% for other in facts %}{{ other }}{{ forloop.counter|floatformat:"2" }}{% endfor %}'
    assert said(GOOD.replace("{{ fact }}", inner)) == ""


def test_loops_know_their_number_and_marks_their_name() -> None:
    assert said(GOOD.replace("{{ fact }}", "{{ forloop.counter }} {{ fact|upper }}")) == ""
