"""What a model is told does not change by itself; what it answered then is read as it was."""

import json
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer

from careerforge.assistant.prompts import files, rebuild
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.gateway.errors import ProviderError
from careerforge.gateway.prompt import Prompt
from careerforge.gateway.providers import prefix
from careerforge.gateway.providers.anthropic import Anthropic
from careerforge.gateway.providers.retry import Patience
from tests.assistant.composing import snapshots
from tests.assistant.composing.cases import EVERY, Case
from tests.assistant.composing.recorded import Tape, recording

AGAIN = "if that is meant, write the snapshots anew with CAREERFORGE_RECORD=1"


@pytest.fixture
def tape(httpserver: HTTPServer) -> Tape:
    tape = Tape()
    httpserver.expect_request("/v1/messages", method="POST").respond_with_handler(tape.answer)
    return tape


@pytest.fixture
def anthropic(httpserver: HTTPServer, tape: Tape) -> Anthropic:
    patience = Patience(0, jitter=lambda: 0.0, sleep=lambda seconds: None)
    return Anthropic("a-key", httpserver.url_for(""), "claude-sonnet-4-6", patience=patience)


def prompt_of(case: Case) -> Prompt:
    return case.parts.prompt(DECLARED[case.name].function, case.schema, max_tokens=300)


def test_there_are_sixty_of_them() -> None:
    assert len(EVERY) >= 60
    assert set(files.names()) == {files.FRAME, *(case.name for case in EVERY)}


@pytest.mark.parametrize("name", DECLARED)
def test_a_composed_prompt_keeps_its_bytes_or_has_another_version(name: str) -> None:
    if snapshots.WRITES:
        snapshots.write(name)
    kept = snapshots.read(name)
    for case in (case for case in EVERY if case.name == name):
        now = snapshots.pinned(case)
        before = kept.get(case.case, {})
        if now != before:
            changed = "its bytes" if now["version"] == before.get("version") else "its version"
            pytest.fail(f"{case} has changed {changed}; {AGAIN}")


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_a_composed_prompt_is_rebuilt_from_its_version_and_values(case: Case) -> None:
    parts = case.parts
    assert rebuild(parts.version, json.loads(json.dumps(parts.values))) == parts


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_data_stays_between_its_marks(case: Case) -> None:
    parts = case.parts
    assert parts.system == Case(case.name, "plain").parts.system
    mark = parts.context.rsplit("</data-", 1)[1][:8]
    assert parts.context.count(f"<data-{mark}>") == parts.context.count(f"</data-{mark}>") == 1
    assert parts.context.rstrip().endswith(f"</data-{mark}>")


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_what_was_recorded_is_read_or_refused_for_the_right_reason(
    case: Case, tape: Tape, anthropic: Anthropic
) -> None:
    expected = recording(case).outcome
    try:
        made = anthropic.complete(prompt_of(case), timeout_s=30)
        outcome = "repaired" if made.repaired else "ok"
    except ProviderError as error:
        outcome = error.kind
    assert not tape.unknown
    assert outcome == expected


def test_a_request_that_was_not_recorded_fails_and_goes_nowhere(tape: Tape, anthropic: Anthropic) -> None:
    unheard = replace(prompt_of(EVERY[0]), question="Something that nobody has recorded")
    with pytest.raises(ProviderError):
        anthropic.complete(unheard, timeout_s=30)
    assert tape.unknown == tape.asked


def test_a_paths_prefix_is_long_enough_to_be_kept_by_the_model_it_is_asked_of() -> None:
    """1,024 tokens for Sonnet; why the others are shorter than what Haiku keeps: see ``bench/replay.py``."""
    blocks = Case("path", "plain").parts.blocks
    assert "cache_control" in prefix.marked(blocks, "claude-sonnet-4-6")[-1]
