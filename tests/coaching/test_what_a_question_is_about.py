import pytest

from coaching.questions.intent import Topic, read


@pytest.mark.parametrize(
    ("question", "topic", "number"),
    [
        ("Which two skills should they build first for a senior role, and why?", Topic.GAP, 2),
        ("Name 4 gaps", Topic.GAP, 4),
        ("the one most important skill", Topic.GAP, 1),
        ("Which skill should they build first?", Topic.GAP, 1),
        ("What is their strongest skill?", Topic.STRENGTH, 1),
        ("What should they focus on first?", Topic.GAP, None),
        ("Where should they start?", Topic.GAP, None),
        ("What are their strengths?", Topic.STRENGTH, None),
        ("How far are they from being ready?", Topic.READINESS, None),
        ("Before or after the certificate?", Topic.CERTIFICATE, None),
        ("What is their next step?", Topic.NEXT, None),
        ("How many hours a week may they learn at work?", Topic.NONE, None),
        ("How many days of leave do I get?", Topic.NONE, None),
        ("Which skills are growing in adverts?", Topic.NONE, None),
        ("Which skills does a staff application usually lack?", Topic.NONE, None),
        ("Where do I start?", Topic.GAP, None),
        ("What am I working on?", Topic.NEXT, None),
        ("What is left of the learning budget?", Topic.NONE, None),
        ("Then what comes next?", Topic.NEXT, None),
        ("Which project would help me most?", Topic.PROJECT, None),
        ("Are there any hands-on projects for me?", Topic.PROJECT, None),
        ("Does a project manager need SQL?", Topic.NONE, None),
        ("What have I finished so far?", Topic.DONE, None),
        ("And how long would that take?", Topic.TIME, None),
        ("How much work is left on my path?", Topic.TIME, None),
    ],
)
def test_the_topic_and_the_number_are_read_from_the_question(question, topic, number):
    found = read(question)
    assert (found.topic, found.number) == (topic, number)
