"""The embedding model is changed while searches go on: built beside, compared, switched, switched back."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection

from careerforge.gateway.embedding import Hashing
from careerforge.knowledge.index import comparison, generations, graph, indexing
from careerforge.knowledge.index.comparison import summed
from careerforge.knowledge.models import ChunkVector, Collection, Document, IndexGeneration
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from tests.knowledge.conftest import NOW, stored

AsOwner = Callable[[Callable[[], Any]], Any]
State = IndexGeneration.State
SIZE = indexing.BATCH + 6


class Shorter:
    """Another model, of another width: spelling folded into 24 places."""

    name, dimensions = "shorter-24", 24

    def embed(self, texts: list[str]) -> Any:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.empty((0, 24))

    def embed_query(self, text: str) -> Any:
        folded = Hashing().embed_query(text).reshape(-1, 24).sum(axis=0)
        return (folded / np.linalg.norm(folded)).astype(np.float32)

    def token_starts(self, text: str) -> list[int]:
        return [match.start() for match in re.finditer(r"\S+", text)]


class Useless(Shorter):
    """A model to which every text is the same."""

    name = "useless-24"

    def embed_query(self, text: str) -> Any:
        return np.full(24, 24**-0.5, dtype=np.float32)


@pytest.fixture
def documents(collection: Collection) -> list[Document]:
    """More passages than one batch, each about something of its own."""
    made = [
        stored(
            collection, str(n), f"## Topic {n:03d}{n * 7}\n\nPassage {n * 13} about backfills.", title=f"N{n}"
        )
        for n in range(SIZE)
    ]
    return made


@pytest.fixture
def live(documents: list[Document], generation: IndexGeneration) -> IndexGeneration:
    """The generation that searches use, complete."""
    indexing.index_pending()
    return generation


@pytest.fixture
def change(live: IndexGeneration, as_owner: AsOwner, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Any]:
    """Set the installation to another model and start anew, as `serve` does."""

    def to(model: Any) -> IndexGeneration:
        known = {one.name: one for one in (Hashing(), Shorter(), Useless())}
        monkeypatch.setattr("careerforge.knowledge.index.embedders.configured", model)
        monkeypatch.setattr("careerforge.knowledge.index.embedders.named", known.get)
        return as_owner(generations.ensure_live)

    return to


def test_the_first_generation_is_live_and_made_once(as_owner: AsOwner, company: Organisation):
    first, second = as_owner(generations.ensure_live), as_owner(generations.ensure_live)
    assert first == second
    assert (first.state, first.embedder, first.dimensions) == ("live", "hashing-384", 384)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = %s", [f"graph_of_generation_{first.pk}"]
        )
        assert f"(generation_id = {first.pk})" in cursor.fetchone()[0]


def test_a_switch_that_is_killed_half_way_leaves_no_gap_in_search(
    live: IndexGeneration, change: Callable[[Any], Any], owner: User, monkeypatch: pytest.MonkeyPatch
):
    beside = change(Shorter)
    before = search(owner, "backfills", now=NOW)
    embedded: list[int] = []
    embed, insert = Shorter.embed, indexing.insert

    def killed(self: Shorter, texts: list[str]) -> Any:
        embedded.append(len(texts))
        if len(embedded) == 2:
            raise KeyboardInterrupt
        return embed(self, texts)

    def meanwhile(*given: Any) -> None:
        assert search(owner, "backfills", now=NOW) == before
        insert(*given)
        assert search(owner, "backfills", now=NOW) == before

    monkeypatch.setattr(Shorter, "embed", killed)
    monkeypatch.setattr(indexing, "insert", meanwhile)
    with pytest.raises(KeyboardInterrupt):
        indexing.index_pending()
    # Half of it is there. Nothing has been switched, everything is found, by both ways.
    assert ChunkVector.objects.filter(generation=beside).count() == indexing.BATCH
    assert (generations.switch(), generations.live()) == (None, live)
    assert search(owner, "backfills", now=NOW) == before
    # The next run goes on where that one stopped.
    monkeypatch.setattr(indexing, "insert", insert)
    assert indexing.index_pending() == SIZE - indexing.BATCH
    assert generations.switch() == beside == generations.live()
    assert len(search(owner, "backfills", now=NOW)) == len(before)


def test_what_comes_during_the_change_is_in_both(
    live: IndexGeneration, change: Callable[[Any], Any], collection: Collection
):
    beside = change(Shorter)
    stored(collection, "late", "A late arrival.")
    indexing.index_pending()
    counts = [ChunkVector.objects.filter(generation=one).count() for one in (live, beside)]
    assert counts == [SIZE + 1, SIZE + 1]


def test_a_model_that_finds_less_waits_for_a_person(live: IndexGeneration, change: Callable[[Any], Any]):
    beside = change(Useless)
    indexing.index_pending()
    assert generations.switch() is None
    beside.refresh_from_db()
    assert (beside.state, generations.live()) == (State.BUILDING, live)
    assert beside.comparison["questions"] > 20
    assert beside.comparison["after"] < beside.comparison["before"] - comparison.TOLERATED
    assert generations.make_live(beside, by_hand=True) == generations.live()


def test_switching_back_is_at_once_and_is_not_undone_by_the_next_start(
    live: IndexGeneration,
    change: Callable[[Any], Any],
    as_owner: AsOwner,
    owner: User,
    collection: Collection,
):
    before = search(owner, "topic 0037 backfills", now=NOW)
    beside = change(Shorter)
    indexing.index_pending()
    generations.switch()
    assert generations.make_live(live, by_hand=True) == generations.live() == live
    assert search(owner, "topic 0037 backfills", now=NOW) == before
    as_owner(generations.ensure_live)
    indexing.index_pending()
    assert (generations.switch(), generations.live()) == (None, live)
    beside.refresh_from_db()
    assert beside.state == State.RETIRED


def test_a_model_that_was_left_and_is_set_again_is_filled_up_and_not_made_anew(
    live: IndexGeneration, change: Callable[[Any], Any], collection: Collection
):
    change(Shorter)
    indexing.index_pending()
    generations.switch()
    stored(collection, "late", "A late arrival.")
    indexing.index_pending()
    assert change(Hashing) == live
    assert indexing.index_pending() == 1
    assert generations.switch() == live


def test_searches_go_through_the_graph_of_their_own_generation(
    live: IndexGeneration, change: Callable[[Any], Any]
):
    beside = change(Shorter)
    indexing.index_pending()
    assert graph.bring_in(beside, 10) == 10
    assert ChunkVector.objects.filter(generation=live, in_graph=True).count() == 0


def test_a_forgotten_generation_leaves_nothing(
    live: IndexGeneration, change: Callable[[Any], Any], as_owner: AsOwner
):
    beside = change(Shorter)
    indexing.index_pending()
    generations.switch()
    assert as_owner(lambda: generations.forget(live)) == SIZE
    assert list(IndexGeneration.objects.all()) == [beside]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname = %s", [f"graph_of_generation_{live.pk}"]
        )
        assert cursor.fetchone() == (0,)


def test_the_command_shows_compares_and_switches(
    live: IndexGeneration, change: Callable[[Any], Any], as_owner: AsOwner, capsys: pytest.CaptureFixture[str]
):
    beside = change(Shorter)
    indexing.index_pending()
    as_owner(lambda: call_command("generations", "compare", str(beside.pk)))
    as_owner(lambda: call_command("generations", "switch", str(beside.pk)))
    as_owner(lambda: call_command("generations"))
    said = capsys.readouterr().out
    assert "of the right passages in the first ten" in said
    assert f"{beside.pk}  shorter-24" in said
    assert generations.live() == beside


def test_a_comparison_counts_what_both_find():
    rows = [
        ([1, 2], [2, 1], frozenset([1])),
        ([3, 4], [9, 8], frozenset([4])),
    ]
    result = summed(rows)
    assert (result.before, result.after) == (1.0, 0.5)
    assert (result.before_rank, result.after_rank) == (0.75, 0.25)
    assert result.agreement == 0.5
    assert not result.is_no_worse
    assert summed([]).is_no_worse
