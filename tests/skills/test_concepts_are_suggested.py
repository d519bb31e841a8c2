from datetime import UTC, datetime
from uuid import uuid4

import pytest

from careerforge.gateway.embedding import Hashing
from careerforge.skills.crosswalk import suggesting
from careerforge.skills.crosswalk.suggesting import Near
from careerforge.skills.models import Alias, Concept, Framework, Label, Mapping

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def framework(company):
    row = Framework.objects.create(scheme="esco", key="esco", title="ESCO", languages=["en"], changed_at=NOW)
    for kind, *names in (
        ("skill", "SQL", "database queries"),
        ("skill", "message queues and brokers"),
        ("skill", "gardening", "pruning"),
        ("skill_group", "Python"),
        ("occupation", "data engineer", "big data engineer"),
        ("occupation", "gardener"),
    ):
        concept = Concept.objects.create(framework=row, kind=kind, external_id=names[0], name=names[0])
        for place, text in enumerate(names):
            Label.objects.create(
                concept=concept, language="en", text=text, kind="alternative" if place else "preferred"
            )
    return row


def names(found, own) -> list[str]:
    return [Concept.objects.get(pk=near.concept).name for near in found[own.pk]]


def test_equal_names_first_and_groups_never(framework, taxonomy) -> None:
    found = suggesting.near_skills(suggesting.skills(framework), Hashing())
    assert found[taxonomy.skills["sql"].pk][0] == Near(Concept.objects.get(name="SQL").pk, 1.0)
    assert names(found, taxonomy.skills["message-queues"]) == ["message queues and brokers"]
    assert "Python" not in names(found, taxonomy.skills["python"])


def test_an_alias_meets_another_name(framework, taxonomy) -> None:
    Alias.objects.create(skill=taxonomy.skills["data-modelling"], text="Data base queries")
    found = suggesting.near_skills(suggesting.skills(framework), Hashing())
    assert found[taxonomy.skills["data-modelling"].pk][0].score == suggesting.SAME_LABEL


def test_equal_main_names_come_before_other_names_of_ours(framework, taxonomy) -> None:
    Alias.objects.create(skill=taxonomy.skills["sql"], text="Gardening")
    found = suggesting.near_skills(suggesting.skills(framework), Hashing())[taxonomy.skills["sql"].pk]
    assert [near.score for near in found[:2]] == [suggesting.SAME_NAME, suggesting.SAME_ALIAS]
    assert [Concept.objects.get(pk=near.concept).name for near in found[:2]] == ["SQL", "gardening"]


def test_roles_meet_occupations(framework, taxonomy) -> None:
    found = suggesting.near_roles(suggesting.roles(framework), Hashing())
    assert names(found, taxonomy.roles["data-engineer"])[0] == "data engineer"


def test_what_a_person_decided_stays(framework, taxonomy) -> None:
    sql, python = taxonomy.skills["sql"], taxonomy.skills["python"]
    theirs = Concept.objects.get(name="SQL")
    Mapping.objects.create(skill=sql, concept=theirs, state="rejected", decided_at=NOW)
    Mapping.objects.create(
        skill=python, concept=Concept.objects.get(name="gardening"), state="confirmed", decided_at=NOW
    )
    old = Mapping.objects.create(skill=taxonomy.skills["etl-pipelines"], concept=theirs, score=0.5)
    asked = suggesting.skills(framework)
    assert python.pk not in asked.own
    suggesting.store("skill", framework, suggesting.near_skills(asked, Hashing()))
    assert Mapping.objects.get(skill=sql, concept=theirs).state == "rejected"
    assert not Mapping.objects.filter(pk=old.pk).exists()
    assert not Mapping.objects.filter(skill=python, state="suggested").exists()


def test_each_concept_once_the_nearest_first() -> None:
    found = [Near(3, 0.6), Near(1, 0.9), Near(3, 0.8), Near(2, 0.1), *(Near(n, 0.5) for n in range(10, 20))]
    assert suggesting.best(found) == [Near(1, 0.9), Near(3, 0.8), Near(10, 0.5), Near(11, 0.5), Near(12, 0.5)]


def test_vectors_are_the_same_in_slices() -> None:
    told: list[float] = []
    texts = [f"text {n}" for n in range(suggesting.SLICE + 3)]
    watched = suggesting.Watched(Hashing(), told.append)
    assert (watched.embed(texts) == Hashing().embed(texts)).all()
    assert len(told) == 2
    assert told[-1] == 1.0


def test_nothing_to_compare_is_nothing_found(company) -> None:
    nothing = suggesting.Asked({uuid4(): ["x"]}, {}, {})
    assert suggesting.near_skills(nothing, Hashing()) == {}
    assert suggesting.near_roles(nothing, Hashing()) == {}
