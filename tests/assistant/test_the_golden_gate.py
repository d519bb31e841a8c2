"""Golden questions are asked before a change goes live, and what makes answers worse does not."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careerforge.assistant import golden, tasks
from careerforge.assistant.golden import gate, guarding, planning, proposing, queueing, running
from careerforge.assistant.golden.changing import Change, of_version
from careerforge.assistant.golden.reading import askable, shown
from careerforge.assistant.models import GoldenBar, GoldenQuestion, GoldenRun, PromptVersion
from careerforge.assistant.prompts import files, versions
from careerforge.gateway.models import FunctionSwitch
from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import run as work
from careerforge.knowledge.index import generations
from careerforge.knowledge.models import Collection, Document, DocumentVersion, IndexGeneration
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from tests.assistant.answering import FUNCTION, answering, ask

NOW = datetime(2031, 2, 3, tzinfo=UTC)
TEXT = "Levels are shown by work. Senior data engineers review the queries of others. They mentor too."
WORDS = "Senior data engineers review the queries of others."
Marked = Callable[..., GoldenQuestion]


def document(collection: Collection, name: str = "1") -> DocumentVersion:
    row = Document.objects.create(collection=collection, external_id=name, title="Ladder", fetched_at=NOW)
    version = DocumentVersion.objects.create(document=row, number=1, content_hash=name, text=TEXT)
    Document.objects.filter(pk=row.pk).update(current_version=version)
    return version


def span(version: DocumentVersion, words: str = WORDS) -> golden.Span:
    start = TEXT.index(words)
    return golden.Span(version.document_id, version.pk, start, start + len(words), words)


@pytest.fixture
def version(company: Organisation) -> DocumentVersion:
    return document(Collection.objects.create(name="Ladders"))


@pytest.fixture
def marked(coach: User, version: DocumentVersion) -> Marked:
    def mark(question: str = "What do seniors do?", by: User = coach, **about: object) -> GoldenQuestion:
        made = golden.propose(FUNCTION, question, about, [span(version)])
        return golden.keep(made, by, NOW, acting="coach")

    return mark


@pytest.fixture
def right(version: DocumentVersion) -> golden.Answered:
    return golden.Answered((golden.Sentence(WORDS, (span(version),)),), model="a-model")


@pytest.fixture
def wrong(version: DocumentVersion) -> golden.Answered:
    other = span(version, "They mentor too.")
    return golden.Answered((golden.Sentence("They mentor too.", (other,)),), model="a-model")


@pytest.fixture
def other(admin_lnd: User) -> PromptVersion:
    text = files.shipped("advice").replace("At most six sentences.", "At most two sentences.")
    return versions.write("advice", text, "Shorter", owner=None, by=admin_lnd, now=NOW)


@pytest.fixture
def model(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language model that may be asked."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "x")
    Organisation.objects.update(model_allowed=True)


@pytest.fixture
def low_bar(model: None) -> GoldenBar:
    return GoldenBar.objects.create(fewest=2, most_worse=10)


# --- what is kept ----------------------------------------------------------------------------------


def test_a_question_is_kept_without_anybody(coach: User, owner: User, marked: Marked) -> None:
    row = marked(
        f"What should Ottilie Varnhagen ({owner.handle}) of Quellmoor do?", note=f"For {owner.handle}"
    )
    for kept in (row.question, json.dumps(row.about)):
        assert "Varnhagen" not in kept
        assert owner.handle not in kept
    assert "[person 1]" in row.question
    assert not hasattr(row, "employee")
    event = AuditEvent.objects.get(act="golden.marked")
    assert (event.actor, event.subject, event.object_id) == (coach.pk, None, str(row.pk))


def test_what_is_kept_is_what_was_proposed(coach: User, version: DocumentVersion) -> None:
    made = golden.propose(FUNCTION, " What counts? ", {"role": "Analyst"}, [span(version)])
    row = golden.keep(made, coach, NOW, acting="coach")
    assert (row.question, row.about) == (made.question, made.about) == ("What counts?", {"role": "Analyst"})
    kept = row.passages.get()
    assert (kept.version_id, TEXT[kept.start : kept.end]) == (version.pk, WORDS)


def test_the_same_question_is_in_the_set_once_and_a_retired_one_returns(marked: Marked, coach: User) -> None:
    row = marked()
    assert marked("what do  SENIORS do?").pk == row.pk
    assert marked(role="Analyst").pk != row.pk
    assert proposing.retire(row, coach, NOW, acting="coach")
    assert not proposing.retire(row, coach, NOW, acting="coach")
    assert row.pk not in {one.pk for one in askable()}
    marked()
    assert row.pk in {one.pk for one in askable()}


def test_a_passage_is_shown_to_who_may_read_its_document(coach: User, admin_lnd: User) -> None:
    restricted = document(Collection.objects.create(name="For coaches", audience="coaches"))
    spans = [span(restricted)]
    assert [one.text for one in shown(spans, coach)] == [WORDS]
    assert [one.is_open or one.text or one.title for one in shown(spans, admin_lnd)] == [""]


def test_a_question_whose_source_is_gone_is_not_asked(marked: Marked) -> None:
    marked()
    Document.objects.update(gone_at=NOW)
    assert askable() == []


# --- what it says ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("low_bar")
def test_a_change_that_is_worse_cannot_go_live(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered, wrong: golden.Answered
) -> None:
    marked(), marked("And what else?")
    with answering(lambda asked: right, lambda asked: wrong):
        assert gate.verdict(of_version(other)).standing == "unasked"
        run = ask(of_version(other), admin_lnd)
        found = gate.verdict(of_version(other))
    assert (run.better, run.worse) == (0, 2)
    assert (found.standing, found.may_go_live) == ("below", False)
    assert "0% of the answers are right, of what is live 100%" in found.why


@pytest.mark.usefixtures("low_bar")
def test_a_change_that_is_better_goes_live_without_a_reason(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered, wrong: golden.Answered
) -> None:
    marked(), marked("And what else?")
    with answering(lambda asked: wrong, lambda asked: right):
        ask(of_version(other), admin_lnd)
        found = gate.verdict(of_version(other))
    assert (found.standing, found.needs_reason) == ("passed", False)


@pytest.mark.usefixtures("low_bar")
def test_more_worse_than_the_bar_allows_is_below_it_even_if_as_many_are_better(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered, wrong: golden.Answered
) -> None:
    marked("One?"), marked("Two?")
    with answering(
        lambda asked: right if asked.question == "One?" else wrong,
        lambda asked: wrong if asked.question == "One?" else right,
    ):
        ask(of_version(other), admin_lnd)
        assert gate.verdict(of_version(other)).standing == "below"


def test_with_few_questions_nothing_is_proven_and_a_reason_is_needed(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered
) -> None:
    marked()
    with answering(lambda asked: right):
        ask(of_version(other), admin_lnd)
        found = gate.verdict(of_version(other))
    assert (found.standing, found.needs_reason) == ("unproven", True)
    assert "1 golden question is about this, and it takes 20" in found.why


@pytest.mark.usefixtures("low_bar")
def test_questions_of_another_function_prove_nothing(
    marked: Marked, admin_lnd: User, company: object
) -> None:
    marked(), marked("And what else?")
    text = files.shipped("path").replace("No circles.", "No circles at all.")
    path = versions.write("path", text, "Clearer", owner=None, by=admin_lnd, now=NOW)
    assert gate.verdict(of_version(path)).standing == "unproven"


@pytest.mark.usefixtures("low_bar")
def test_a_prompt_that_no_model_has_read_is_not_proven(
    marked: Marked, other: PromptVersion, admin_lnd: User, version: DocumentVersion
) -> None:
    marked(), marked("And what else?")
    by_rules = golden.Answered((golden.Sentence(WORDS, (span(version),)),))
    with answering(lambda asked: by_rules):
        ask(of_version(other), admin_lnd)
        assert gate.verdict(of_version(other)).standing == "unproven"


@pytest.mark.usefixtures("low_bar")
def test_a_run_proves_nothing_once_what_is_live_or_asked_has_changed(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered
) -> None:
    marked(), marked("And what else?")
    with answering(lambda asked: right):
        ask(of_version(other), admin_lnd)
        marked("Something new?")
        assert gate.verdict(of_version(other)).standing == "unasked"
        ask(of_version(other), admin_lnd)
        assert gate.verdict(of_version(other)).standing == "passed"
        frame = versions.write("frame", "Be brief.", "Brief", owner=None, by=admin_lnd, now=NOW)
        versions.make_live(frame, admin_lnd, NOW)
        assert gate.verdict(of_version(other)).standing == "unasked"


def test_it_is_asked_with_the_eyes_of_who_marked_it_while_they_are_here(
    marked: Marked, coach: User, admin_lnd: User, right: golden.Answered
) -> None:
    marked()
    with answering(lambda asked: right) as scripted:
        ask(Change(), admin_lnd)
        coach.state = User.State.LEFT
        coach.save(update_fields=["state"])
        ask(Change(), admin_lnd)
    assert scripted.readers == [coach, admin_lnd]


@pytest.mark.usefixtures("low_bar")
def test_another_index_waits_until_the_set_is_asked_about_it(
    marked: Marked, coach: User, right: golden.Answered, wrong: golden.Answered
) -> None:
    generation = IndexGeneration.objects.create(embedder="other", dimensions=8)
    with answering(lambda asked: right):
        assert guarding.objection(generation) == ""
        marked(), marked("And what else?")
        assert "has not been asked" in guarding.objection(generation)
        job = JobRun.objects.get(job="assistant.ask_golden")
        work(str(job.pk), str(job.organisation_id))
        assert guarding.objection(generation) == ""
        assert generations.objection(generation) == ""
    GoldenRun.objects.update(worse=2)
    with answering(lambda asked: right):
        assert "of the answers are worse" in guarding.objection(generation)
        with pytest.raises(CommandError, match="are worse"):
            call_command("generations", "switch", str(generation.pk))


# --- how it is asked -------------------------------------------------------------------------------


def test_a_job_asks_and_keeps_the_run(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered, wrong: golden.Answered
) -> None:
    row = marked()
    with answering(lambda asked: right, lambda asked: wrong):
        job = enqueue("assistant.ask_golden", key="x", by=str(admin_lnd.pk), version=str(other.pk))
        work(str(job.pk), str(job.organisation_id))
    done = JobRun.objects.get(pk=job.pk)
    assert done.state == "done"
    assert done.result == {"run": str(GoldenRun.objects.get().pk), "better": 0, "worse": 1}
    result = GoldenRun.objects.get().results.get()
    assert (result.golden, result.outcome, result.before["right"], result.after["right"]) == (
        row, "worse", True, False,
    )  # fmt: skip


def test_what_was_answered_before_a_limit_is_kept_and_the_rest_is_asked_when_it_ends(
    marked: Marked, admin_lnd: User, right: golden.Answered
) -> None:
    marked("One?"), marked("Two?")
    until = datetime(2031, 2, 4, tzinfo=UTC)
    # The oldest is asked first.
    GoldenQuestion.objects.filter(question="Two?").update(marked_at=until)

    def tired(asked: golden.Asked) -> golden.Answered:
        if asked.question == "Two?":
            raise golden.NotNow("The budget of today is used up.", until)
        return right

    with answering(tired):
        first = queueing.queue(admin_lnd.pk, admin_lnd.pk)
        work(str(first.pk), str(first.organisation_id))
    run = GoldenRun.objects.get()
    assert (run.open, run.waits_until, run.results.count()) == (True, until, 1)
    rest = JobRun.objects.get(state="queued")
    assert (rest.run_after, rest.asked_by) == (until, admin_lnd.pk)
    assert queueing.queue(admin_lnd.pk).pk == rest.pk
    with answering(lambda asked: right) as scripted:
        work(str(rest.pk), str(rest.organisation_id))
    assert len(scripted.readers) == 1
    run.refresh_from_db()
    assert (run.open, run.waits_until, run.results.count(), run.before["questions"]) == (False, None, 2, 2)


def test_a_long_run_gives_others_their_turn_after_a_minute(
    marked: Marked, admin_lnd: User, right: golden.Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked("One?"), marked("Two?"), marked("Three?")
    ticks = iter(range(0, 1000, 50))
    monkeypatch.setattr(tasks, "monotonic", lambda: float(next(ticks)))
    with answering(lambda asked: right):
        job = queueing.queue(admin_lnd.pk)
        work(str(job.pk), str(job.organisation_id))
        told = JobRun.objects.get(pk=job.pk, state="done").result or {}
        assert (told["done"], told["of"]) == (1, 3)
        for _slice in range(2):
            rest = JobRun.objects.get(state="queued")
            work(str(rest.pk), str(rest.organisation_id))
    assert (GoldenRun.objects.get().open, JobRun.objects.filter(state="queued").exists()) == (False, False)


@pytest.mark.usefixtures("low_bar")
def test_a_run_that_is_not_whole_proves_nothing(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered
) -> None:
    marked(), marked("And what else?")
    change = of_version(other)
    with answering(lambda asked: right):
        run = running.begin(change, planning.cases(change), admin_lnd, NOW)
        assert gate.verdict(change).standing == "unasked"
        versions.make_live(versions.shipped_version("chat", NOW), admin_lnd, NOW)
        frame = versions.write("frame", "Be brief.", "Brief", owner=None, by=admin_lnd, now=NOW)
        versions.make_live(frame, admin_lnd, NOW)
        assert running.begin(change, planning.cases(change), admin_lnd, NOW).pk != run.pk
    assert not GoldenRun.objects.filter(pk=run.pk).exists()


@pytest.mark.usefixtures("low_bar")
def test_an_answer_of_a_model_that_is_lost_is_worse_whatever_the_rules_say_instead(
    marked: Marked, other: PromptVersion, admin_lnd: User, right: golden.Answered, version: DocumentVersion
) -> None:
    marked(), marked("And what else?")
    by_rules = golden.Answered((golden.Sentence(WORDS, (span(version),)),))
    with answering(lambda asked: right, lambda asked: by_rules):
        ask(of_version(other), admin_lnd)
        found = gate.verdict(of_version(other))
    assert (found.standing, found.may_go_live) == ("below", False)


@pytest.mark.parametrize("lost", ["key", "company", "function"])
@pytest.mark.usefixtures("low_bar")
def test_without_a_model_it_is_said_that_nothing_can_be_proven_now(
    marked: Marked, other: PromptVersion, right: golden.Answered, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(), marked("And what else?")
    if lost == "key":
        monkeypatch.delenv("ANTHROPIC_API_KEY")
    elif lost == "company":
        Organisation.objects.update(model_allowed=False)
    else:
        FunctionSwitch.objects.create(function=FUNCTION, is_on=False)
    with answering(lambda asked: right):
        found = gate.verdict(of_version(other))
    assert (found.standing, found.needs_reason) == ("unproven", True)
    assert "cannot be proven now" in found.why


def test_the_command_prints_both_sides_and_what_is_worse(
    marked: Marked, other: PromptVersion, right: golden.Answered, wrong: golden.Answered
) -> None:
    marked()
    out = StringIO()
    with answering(lambda asked: right, lambda asked: wrong):
        call_command("evaluate", "answers", "--prompt", f"advice:{other.number}", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["questions"], told["live"]["right"], told["change"]["right"]) == (1, 1.0, 0.0)
    assert [one["question"] for one in told["worse"]] == ["What do seniors do?"]
    assert told["better"] == []
    assert told["standing"] == "unproven"
    assert GoldenRun.objects.get().worse == 1


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--prompt", "advice:99", "no version 99"),
        ("--prompt", "poem.md", "no prompt is called “poem”"),
        ("--generation", "99", "no index generation 99"),
        ("--model", "claude", "provider:model"),
        ("--model", "nobody:a-model", "anthropic"),
        ("--model", "anthropic:no such model", "provider:model"),
        ("--company", "Nobody", "no company"),
    ],
)
def test_the_command_says_what_is_not_there(company: object, option: str, value: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("evaluate", "answers", option, value, stdout=StringIO())


@pytest.mark.usefixtures("low_bar")
def test_a_model_that_never_answers_proves_nothing_and_the_command_says_so(
    marked: Marked, version: DocumentVersion, admin_lnd: User
) -> None:
    marked(), marked("And what else?")
    by_rules = golden.Answered((golden.Sentence(WORDS, (span(version),)),))
    nothing = pytest.raises(CommandError, match="anthropic:nope has answered nothing")
    with answering(lambda asked: by_rules), nothing:
        call_command("evaluate", "answers", "--model", "anthropic:nope", stdout=StringIO())
    run = GoldenRun.objects.get()
    found = gate.said_by(run)
    assert found is not None
    assert (run.open, found.standing) == (False, "unproven")


@pytest.mark.usefixtures("low_bar")
def test_rules_beside_worse_rules_are_unproven_and_not_below(
    marked: Marked, other: PromptVersion, admin_lnd: User, version: DocumentVersion
) -> None:
    marked(), marked("And what else?")
    by_rules = golden.Answered((golden.Sentence(WORDS, (span(version),)),))
    with answering(lambda asked: by_rules, lambda asked: golden.Answered(())):
        ask(of_version(other), admin_lnd)
        found = gate.verdict(of_version(other))
    assert (found.standing, found.needs_reason) == ("unproven", True)
    assert "No model has answered" in found.why
