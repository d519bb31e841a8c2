"""What a coach has approved is offered: a line comes, moves, goes or is worded anew as the person says."""

import pytest
from django.utils import timezone

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import Word, decide
from careerforge.governance.models import AuditEvent
from learning.models import Node, PathDraft, Resource
from learning.paths import path
from learning.words import drafts, taking
from tests.learning.model import MODEL, do, node, proposal, take

OWN = "You will have read the lines that stand below it."


@pytest.fixture
def project(taxonomy):
    """A project that fits a wide gap, so that the rules take it."""
    skill = taxonomy.skills["batch-orchestration"]
    return Resource.objects.create(
        slug="p", type="project", title="A nightly run", provider_kind="own", hours=20, skill=skill, level=3
    )


@pytest.fixture
def version(project, version):
    assert project.pk in version.nodes.values_list("step__resource", flat=True)
    return version


@pytest.fixture
def approved(model, offer, owner, senior, coach, version):
    """A draft that begins with the step that was last of those which wait for nothing."""
    free = [step for step in offer.steps if not step.after]
    order = [free[-1], *(step for step in offer.steps if step.id != free[-1].id)]
    model.says(proposal(offer, *(node(step) for step in order)))
    do("learning.word_path", person=str(owner.id), role=str(senior.id))
    assert decide(Review.objects.get().id, coach, Word("approve"), timezone.now()).done
    return PathDraft.objects.get()


@pytest.fixture
def lines(approved, owner, version):
    found = taking.offered(owner, approved, timezone.now().date())
    return {one.key: one for one in found.lines}


def keys(version):
    rows = Node.objects.filter(version=version).exclude(step__type="milestone")
    return list(rows.order_by("phase", "position").values_list("step__key", flat=True))


def test_lines_say_what_moves_and_from_where_to_where(lines, approved):
    first = lines[approved.steps.first().key]
    assert first.what == "moved"
    assert first.reason.startswith("Earlier: from place ")
    assert first.reason.endswith("to place 1.")


def test_projects_and_certificates_that_were_not_chosen_go_with_a_reason(lines, version):
    extras = [key for key in keys(version) if not key.startswith("skill:")]
    assert extras
    assert {lines[key].what for key in extras} == {"retired"}
    assert all(lines[key].reason and lines[key].may_be_left for key in extras)


def test_all_taken_the_path_is_as_offered(approved, owner, lines, version):
    assert take(owner, approved) is None
    now = path.current(owner)
    assert now.number == version.number + 1
    assert keys(now) == [one.key for one in lines.values() if one.change.after]
    assert AuditEvent.objects.filter(act="path.words_taken").count() == 1


def test_nothing_taken_nothing_changes_and_it_is_not_offered_again(approved, owner, version):
    assert taking.take(owner, approved.id, (), timezone.now()) is None
    assert path.current(owner) == version
    assert taking.waits(owner) is None
    assert AuditEvent.objects.filter(act="path.words_not_taken").exists()


def test_a_move_that_is_left_leaves_the_step_where_it_was(approved, owner, lines, version):
    moved = next(key for key, one in lines.items() if one.what == "moved")
    extras = [key for key, one in lines.items() if one.what == "retired"]
    assert take(owner, approved, moved, *extras) is None
    assert keys(path.current(owner)) == keys(version)


def test_a_project_that_may_not_go_stays(approved, owner, lines):
    one = next(key for key, line in lines.items() if line.what == "retired")
    assert take(owner, approved, one) is None
    assert one in keys(path.current(owner))


def test_words_that_are_left_are_the_rules_words(approved, owner, lines, version):
    approved.steps.update(description=OWN)
    left = approved.steps.last().key
    assert take(owner, approved, left) is None
    said = dict(Node.objects.filter(version=path.current(owner)).values_list("step__key", "description"))
    assert said[approved.steps.first().key] == OWN
    assert said[left] != OWN


def test_a_later_version_follows_what_was_taken_and_nothing_else(approved, owner, senior, lines):
    one = next(key for key, line in lines.items() if line.what == "retired")
    take(owner, approved, one)
    before = path.current(owner)
    assert path.build(owner, senior, timezone.now()) == before
    assert before.built_by == MODEL


def test_more_projects_than_a_path_has_are_refused_with_a_sentence(approved, owner, version):
    found = taking.offered(owner, approved, timezone.now().date())
    every = [f"project:{n}" for n in range(3)]
    assert "two projects at most" in taking._too_many(every, frozenset(every))
    assert not taking._too_many(every[:2], found.choices)


def test_taken_twice_it_is_told_that_it_is_not_waiting_any_more(approved, owner):
    assert take(owner, approved) is None
    assert "not waiting" in taking.take(owner, approved.id, (), timezone.now())
    assert AuditEvent.objects.filter(act="path.words_taken").count() == 1


def test_somebody_elses_is_not_there(approved, teammate, signed_in):
    assert "not waiting" in taking.take(teammate, approved.id, (), timezone.now())
    assert signed_in(teammate).post(f"/path/words/{approved.id}/take/", {"do": "take"}).status_code == 404


def test_a_newer_one_takes_the_place_of_one_that_was_not_taken(approved, owner, coach, senior):
    do("learning.word_path", person=str(owner.id), role=str(senior.id))
    decide(Review.objects.get(state="waiting").id, coach, Word("approve"), timezone.now())
    states = list(PathDraft.objects.order_by("made_at").values_list("state", flat=True))
    assert states == ["set_aside", "offered"]


def test_the_page_takes_the_ticked_lines(approved, owner, signed_in, lines, version):
    client = signed_in(owner)
    page = client.get("/path/words/changes/").text
    assert "Moved" in page
    assert "Retired" in page
    ticked = [key for key, one in lines.items() if one.what == "moved"]
    answer = client.post(f"/path/words/{approved.id}/take/", {"do": "take", "line": ticked})
    assert answer.status_code == 302
    now = path.current(owner)
    assert keys(now)[0] == ticked[0]
    assert set(keys(version)) == set(keys(now))


def test_left_on_the_page_the_path_stays(approved, owner, signed_in, version):
    signed_in(owner).post(f"/path/words/{approved.id}/take/", {"do": "leave", "line": ["x"]})
    assert path.current(owner) == version
    assert not drafts.waiting(owner, version.path.role)
