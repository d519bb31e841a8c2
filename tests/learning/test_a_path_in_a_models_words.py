"""Asked for, written, checked, looked at by the coach, and only then the person's path."""

import pytest
from django.utils import timezone

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import Word, decide
from careerforge.governance.models import AuditEvent
from learning.models import Node, PathDraft, Step
from learning.paths import path
from learning.words import drafts
from tests.learning.model import MODEL, do, node, proposal, take


@pytest.fixture
def write(owner, senior, version):
    """Do the job for the owner's path."""
    return lambda: do("learning.word_path", person=str(owner.id), role=str(senior.id))


@pytest.fixture
def waiting(model, offer, write):
    """A draft that waits for the coach, with the last step first."""
    last = [node(step) for step in offer.steps if not step.after and step.id != "s1"]
    rest = [node(step) for step in offer.steps if step.id not in {one["id"] for one in last}]
    answer = proposal(offer, *last, *rest)
    model.says(answer)
    assert write().state == "done"
    return PathDraft.objects.get()


def test_a_draft_waits_and_the_path_by_rules_stays(waiting, owner, version):
    assert waiting.state == "waiting"
    assert path.current(owner) == version
    review = Review.objects.get(target_id=waiting.id)
    assert review.kind == "high_stakes"
    assert "first_path" in review.why
    assert "runs_disagree" not in review.why


def test_it_is_asked_twice_with_time_to_think_and_says_what_it_has_passed(waiting, model):
    assert len(model.sent) == 2
    assert {"schema", "offered", "hours", "prerequisites", "agreement"} <= set(waiting.checks)
    assert waiting.supported == waiting.sentences


def test_two_answers_that_disagree_are_of_low_confidence(model, offer, write):
    free = [step for step in offer.steps if not step.after]
    twisted = [node(free[0], needs=(free[1].id,)), *(node(s) for s in offer.steps if s.id != free[0].id)]
    model.says(proposal(offer), proposal(offer, *twisted))
    write()
    assert not PathDraft.objects.get().agreed
    assert "runs_disagree" in Review.objects.get().why


@pytest.fixture
def taken(waiting, owner, coach):
    """The draft, approved by the coach and taken whole by the person."""
    assert decide(Review.objects.get().id, coach, Word("approve"), timezone.now()).done
    assert take(owner, waiting) is None
    return waiting


def test_approved_it_waits_for_the_person(waiting, owner, coach, version):
    assert decide(Review.objects.get().id, coach, Word("approve"), timezone.now()).done
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert path.current(owner) == version


def test_once_taken_it_is_the_path(taken, owner, version):
    now = path.current(owner)
    assert (now.built_by, now.number) == (MODEL, 2)
    assert now.prompt_version.startswith("path-")
    worded = Node.objects.filter(version=now, step__type="skill")
    assert worded
    assert {one.worded_by for one in worded} == {MODEL}
    before = {n.step_id: (n.hours, n.required_level) for n in version.nodes.filter(step__type="skill")}
    assert {n.step_id: (n.hours, n.required_level) for n in worded} == before
    first = worded.order_by("phase", "position").first()
    assert first.step.key == taken.steps.first().key


def test_finished_work_stays_when_it_is_taken(waiting, owner, coach, step_of, now):
    from learning.paths import progress

    skill = Node.objects.filter(step__type="skill", step__user=owner).first().step
    progress.finish(owner, skill, timezone.now())
    decide(Review.objects.get().id, coach, Word("approve"), timezone.now())
    take(owner, waiting)
    kept = Node.objects.get(version=path.current(owner), step=skill)
    assert kept.step.status == "done"


def test_a_refresh_by_rules_follows_what_was_taken(taken, owner, senior):
    approved = path.current(owner)
    assert path.build(owner, senior, timezone.now()) == approved
    assert drafts.set_aside(owner, senior, timezone.now())
    again = path.build(owner, senior, timezone.now())
    assert (again.built_by, again.number) == ("rules", 3)


def test_a_coach_changes_words_and_nothing_else(waiting, owner, coach):
    review = Review.objects.get()
    title = waiting.steps.first().title
    foreign = "Streams.\n\n## 1. Astrology\nStars."
    assert "Astrology" in decide(review.id, coach, Word("edit", text=foreign), timezone.now()).problems[0]
    text = f"Batch jobs come first.\n\n## 1. {title}\nYou will run the batch jobs of your team."
    assert decide(review.id, coach, Word("edit", text=text), timezone.now()).done
    take(owner, waiting)
    now = path.current(owner)
    assert now.summary == "Batch jobs come first."
    assert (
        Node.objects.get(version=now, title=title).description == "You will run the batch jobs of your team."
    )


def test_steps_of_one_title_keep_each_its_own_words(waiting, coach):
    review, (one, other, *_rest) = Review.objects.get(), waiting.steps.all()
    waiting.steps.filter(pk__in=[one.pk, other.pk]).update(title="Batch jobs")
    text = "Jobs.\n\n## 1. Batch jobs\nYou run them.\n\n## 2. Batch jobs\nYou repair them."
    assert decide(review.id, coach, Word("edit", text=text), timezone.now()).done
    said = dict(waiting.steps.values_list("position", "description"))
    assert (said[1], said[2]) == ("You run them.", "You repair them.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Jobs.\n\n## 1. {0}\nA.\n\n## 1. {0}\nB.", "Step 1 is there twice."),
        ("Jobs.\n\n## {0}\nWithout its number.", "A heading is two signs"),
        ("Jobs.\n\n## 2. {0}\nUnder another number.", "There is no step"),
    ],
)
def test_a_heading_that_names_no_step_is_refused(text, problem, waiting, coach):
    title = waiting.steps.first().title
    ended = decide(Review.objects.get().id, coach, Word("edit", text=text.format(title)), timezone.now())
    assert not ended.done
    assert problem in " ".join(ended.problems)


@pytest.mark.parametrize("verdict", ["reject", "lapse"])
def test_rejected_or_lapsed_the_path_by_rules_stays(verdict, waiting, owner, coach, version):
    from careerforge.assistant.reviewing import lapse_overdue

    review = Review.objects.get()
    if verdict == "reject":
        decide(review.id, coach, Word("reject", reason="Too general."), timezone.now())
    else:
        lapse_overdue(review.due_at)
    waiting.refresh_from_db()
    assert waiting.state == {"reject": "rejected", "lapse": "lapsed"}[verdict]
    assert path.current(owner) == version


def test_the_person_cancels_it(waiting, owner, teammate):
    assert not drafts.cancel(teammate, waiting.id, timezone.now())
    assert drafts.cancel(owner, waiting.id, timezone.now())
    assert Review.objects.get().state == "withdrawn"
    assert not drafts.cancel(owner, waiting.id, timezone.now())


def test_the_same_job_twice_makes_one_draft(waiting, write, model):
    asked = len(model.sent)
    assert write().result == {"draft": str(waiting.id)}
    assert len(model.sent) == asked


def test_a_wrong_answer_is_sent_back_once_with_what_is_wrong(model, offer, write):
    wrong = proposal(offer, *[node(step) | {"estimated_hours": 400} for step in offer.steps])
    model.says(wrong, proposal(offer))
    assert write().state == "done"
    assert "hours." in model.sent[1]
    assert "Your last answer" in model.sent[1]
    assert PathDraft.objects.get().agreed


def attacks(offer):
    good = [node(step) for step in offer.steps]
    first = offer.steps[0]
    needing = next((s for s in offer.steps if s.after), None)
    found = {
        "a foreign role": proposal(offer, target_role="Chief executive"),
        "an invented resource": proposal(offer, *[one | {"resources": ["r99"]} for one in good]),
        "a link": proposal(offer, summary="See https://evil.example/course."),
        "a circle": proposal(offer, good[0] | {"prerequisites": [first.id]}, *good[1:]),
        "400 hours": proposal(offer, *[one | {"estimated_hours": 400} for one in good]),
        "an invented step": proposal(offer, *good, good[0] | {"id": "s99"}),
        "a missing step": proposal(offer, *good[1:]),
        "an invented number": proposal(offer, summary="You earn 90000 euros after 17 weeks."),
        "no JSON": "I would rather not.",
    }
    if needing:
        turned = {s.id: node(s, needs=()) for s in offer.steps}
        turned[needing.after[0]]["prerequisites"] = [needing.id]
        found["a reversed order"] = proposal(offer, *turned.values())
    return found


def test_no_attack_gets_to_a_draft(model, offer, write, owner, version):
    found = attacks(offer)
    assert "a reversed order" in found
    for name, answer in found.items():
        model.wire.answers.clear()
        model.says(answer)
        run = write()
        assert run.state == "failed", name
        assert "Your path by rules stays as it is." in run.error, name
    assert not PathDraft.objects.exists()
    assert path.current(owner) == version


def test_an_act_in_an_answer_does_nothing(model, offer, write, owner, version):
    before = AuditEvent.objects.count()
    acts = {"action": {"type": "mail_manager"}, "tool_calls": [{"name": "change_coach"}]}
    model.says(
        proposal(offer, *[node(step) | {"level": 5, "status": "done"} for step in offer.steps], **acts)
    )
    assert write().state == "done"
    draft = PathDraft.objects.get()
    assert "manager" not in f"{draft.summary} {list(draft.steps.values())}"
    assert not Step.objects.filter(user=owner).exclude(status="todo").exists()
    acts_on_record = AuditEvent.objects.order_by("-pk")[: AuditEvent.objects.count() - before]
    assert {event.act for event in acts_on_record} == {"review.submitted", "path.drafted"}
    assert path.current(owner) == version


def test_with_its_provider_down_the_path_stays(model, write, owner, version):
    model.fails(400)
    run = write()
    assert run.state == "failed"
    assert path.current(owner) == version


def test_without_a_coach_nobody_is_asked(model, offer, owner, write):
    from careerforge.people.models import Assignment

    Assignment.objects.filter(employee=owner).delete()
    assert not drafts.may_ask(owner, timezone.now())
    assert write().state == "failed"
    assert not model.sent


def test_unsupported_sentences_are_struck_and_shown_to_the_coach(model, offer, write, coach):
    said = [node(step) for step in offer.steps]
    said[0] |= {"description": f"{offer.steps[0].facts[0]} Everybody in Norway loves astrology."}
    model.says(proposal(offer, *said))
    write()
    draft = PathDraft.objects.get()
    assert draft.struck == ["Everybody in Norway loves astrology."]
    assert "Norway" not in draft.steps.first().description
