"""``manage evaluate retrieval`` measures the search on anybody's set, and leaves nothing behind."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_q.models import OrmQ

from careerforge.assistant.evaluating import company, retrieval
from careerforge.jobs.models import JobRun
from careerforge.knowledge.index import generations
from careerforge.knowledge.models import Chunk, Collection, IndexGeneration
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

ODD = "id with / spaces, ümlauts and \u2028"
CORPUS: list[dict[str, Any]] = [
    {"_id": "1", "title": "Kafka", "text": "Kafka keeps the order of events in a partition."},
    {"_id": ODD, "text": "Terraform plans a change before it is made."},
    {"_id": "3", "title": "Only a title about gardening", "text": ""},
    {"_id": "4", "title": None, "text": "Grafana draws what Prometheus has counted."},
    {"_id": "5", "title": "The same", "text": "Kafka keeps the order of events in a partition."},
]
QUERIES = {"a": "order of events in kafka", "b": "terraform plan", "c": "gardening", "unjudged": "nothing"}


@pytest.fixture(autouse=True)
def generation(settings: Any, as_owner: Callable[[Callable[[], Any]], Any]) -> IndexGeneration:
    settings.EMBEDDER_FOLDER = None
    return as_owner(generations.ensure_live)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set as a stranger might send it."""
    write(tmp_path, [("a", "1", "2"), ("a", "5", "1"), ("b", ODD, "1"), ("c", "3", "1"), ("c", "4", "0")])
    return tmp_path


def write(folder: Path, judged: list[tuple[str, str, str]]) -> None:
    lines = [json.dumps(row) for row in CORPUS]
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    asked = [json.dumps({"_id": key, "text": text}) for key, text in QUERIES.items()]
    (folder / "queries.jsonl").write_text("\n".join(asked), encoding="utf-8")
    rows = ["\t".join(row) for row in [("query-id", "corpus-id", "score"), *judged]]
    (folder / "qrels.tsv").write_text("\n".join(rows), encoding="utf-8")


def measured(folder: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("evaluate", "retrieval", str(folder), stdout=out)
    result: dict[str, Any] = json.loads(out.getvalue())
    return result


def test_every_document_of_an_odd_set_is_found_first(folder: Path):
    figures = measured(folder)
    assert (figures["ndcg@10"], figures["recall@10"], figures["mrr@10"]) == (1.0, 1.0, 1.0)
    assert (figures["queries"], figures["documents"], figures["embedder"]) == (3, 5, "hashing-384")
    assert figures["p95_ms"] >= figures["p50_ms"] > 0


def test_a_wrong_judgement_costs_what_it_should(tmp_path: Path):
    write(tmp_path, [("a", "1", "1"), ("b", "nowhere", "1")])
    figures = measured(tmp_path)
    assert (figures["ndcg@10"], figures["recall@10"], figures["mrr@10"]) == (0.5, 0.5, 0.5)


def rows() -> list[int]:
    left = [model.objects.count() for model in (Organisation, Collection, Chunk, JobRun)]
    return [*left, OrmQ.objects.count()]


def test_nothing_is_left_when_it_ends_or_is_interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch):
    before = rows()
    measured(folder)
    assert rows() == before

    def interrupted(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(retrieval, "_ask", interrupted)
    with pytest.raises(KeyboardInterrupt):
        measured(folder)
    assert rows() == before


def test_what_a_killed_evaluation_left_goes_with_the_next_one(folder: Path):
    left = Organisation(name=company.NAME)
    with context.organisation(left.id):
        left.save(force_insert=True)
        Collection.objects.create(name="Corpus")
    measured(folder)
    assert not Organisation.objects.filter(name=company.NAME).exists()


@pytest.mark.parametrize(("file", "text", "reason"), [
    ("corpus.jsonl", "{", "corpus"),
    ("queries.jsonl", '{"text": "no id"}', "_id"),
    ("qrels.tsv", "a\t1\t0", "no question has a relevant document"),
])  # fmt: skip
def test_a_folder_that_is_not_as_it_should_be_is_named(folder: Path, file: str, text: str, reason: str):
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=str(folder)):
        measured(folder)


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match=r"corpus\.jsonl"):
        measured(tmp_path / "nowhere")
