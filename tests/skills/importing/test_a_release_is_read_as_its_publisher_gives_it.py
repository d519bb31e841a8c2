from datetime import UTC, date, datetime

import pytest

from careerforge.skills.importing import case, esco, onet
from careerforge.skills.importing.taking import take
from careerforge.skills.models import Concept, Framework, Label, Relation
from tests.skills.importing import publishers
from tests.skills.importing.publishers import BAKER, GLAZE, KNEAD, POTTER

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def labels(external_id: str) -> set[tuple[str, str, str]]:
    rows = Label.objects.filter(concept__external_id=external_id)
    return set(rows.values_list("language", "kind", "text"))


@pytest.mark.parametrize("ours", [False, True], ids=["the publisher's names", "our names"])
def test_onet(company, tmp_path, ours) -> None:
    taken = take(onet.read(publishers.onet(tmp_path, ours=ours), "29.3"), NOW)

    assert not taken.missing
    assert not taken.problems
    baker = Concept.objects.get(external_id="51-0001.00")
    assert (baker.kind, baker.name, baker.summary) == ("occupation", "Bakers", "Bake bread.")
    assert baker.details == {
        "education": {"category": 2, "percent": 60.0},
        "job_zone": 2,
        "tasks": ["Knead dough."],
    }
    assert labels("51-0001.00") == {
        ("en", "preferred", "Bakers"),
        ("en", "alternative", "Bread Baker"),
        ("en", "alternative", "Chief Oven Officer"),
        ("en", "alternative", "COO"),
    }
    assert labels("51-0002.00") == {("en", "preferred", "Potters"), ("en", "alternative", "Ceramicist")}


def test_what_onet_rates_important_is_essential(company, tmp_path) -> None:
    take(onet.read(publishers.onet(tmp_path)), NOW)

    told = Relation.objects.filter(target__name="Timing").values_list("origin__name", "kind", "level")
    assert set(told) == {("Bakers", "essential", 3.2), ("Potters", "optional", None)}
    assert Relation.objects.filter(kind="uses").get().target.details == {"hot": True}


def test_esco_in_every_language_that_is_there(company, tmp_path) -> None:
    taken = take(esco.read(publishers.esco(tmp_path), "1.2.0"), NOW)

    assert taken.framework.languages == ["en", "de"]
    assert labels(BAKER) == {
        ("en", "preferred", "baker"),
        ("en", "alternative", "bread maker"),
        ("en", "alternative", "oven hand"),
        ("de", "preferred", "Bäcker"),
        ("de", "alternative", "Brotbäcker"),
    }
    assert ("en", "hidden", "poter") in labels(POTTER)
    assert Concept.objects.get(external_id=BAKER).name == "baker"
    needs = Relation.objects.values_list("origin__external_id", "target__external_id", "kind")
    assert set(needs) == {(BAKER, KNEAD, "essential"), (POTTER, GLAZE, "optional")}


def test_collections_stand_in_for_missing_skills(company, tmp_path) -> None:
    publishers.esco(tmp_path)
    (tmp_path / "skills_en.csv").unlink()
    publishers.write(
        tmp_path,
        "digitalSkillsCollection_en.csv",
        "conceptType,conceptUri,preferredLabel,status,altLabels,description,broaderConceptUri\n"
        f"Skill,{KNEAD},knead with robots,released,robot kneading | dough robotics,Kneads.,\n",
    )
    taken = take(esco.read(tmp_path), NOW)

    assert "“skills_en.csv” is missing: there are no skills beyond those of the collections." in taken.missing
    assert ("en", "alternative", "dough robotics") in labels(KNEAD)
    assert "names a concept that is in none of the files." in " ".join(taken.problems)


def test_case_with_its_licence_order_and_translations(company, tmp_path) -> None:
    items = [
        {"identifier": "i-1", "fullStatement": "Makes things.", "humanCodingScheme": "M"},
        {"identifier": "i-2", "fullStatement": "Makes𝑑 pots on a wheel.", "abbreviatedStatement": "Pots"},
        {"identifier": "i-3", "fullStatement": "Töpfert.", "language": "de"},
        {"identifier": "i-4", "fullStatement": "Wove once.", "statusEndDate": "2020-01-01"},
    ]
    links = [("i-2", "isChildOf", "i-1"), ("i-1", "isChildOf", "d-1"), ("i-3", "isTranslationOf", "i-2")]
    path = publishers.case(tmp_path / "craft.json", items, links)
    taken = take(case.read(path, today=date(2026, 11, 1)), NOW)

    assert not taken.problems
    framework = Framework.objects.get()
    assert (framework.licence, framework.licence_url) == ("Craft licence", "https://licence.example/by")
    assert framework.attribution == "“Craft”, Guild of Makers."
    assert labels("i-2") == {("en", "preferred", "Pots"), ("de", "preferred", "Töpfert.")}
    assert Concept.objects.get(external_id="i-2").summary == "Makes𝑑 pots on a wheel."
    assert Concept.objects.get(external_id="i-1").kind == "skill_group"
    # What is over does not come in.
    assert not Concept.objects.filter(external_id="i-4").exists()
