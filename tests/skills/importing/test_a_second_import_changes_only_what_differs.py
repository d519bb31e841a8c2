from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.governance.models import AuditEvent
from careerforge.skills.importing import esco, onet
from careerforge.skills.importing.taking import take
from careerforge.skills.models import Concept, Label, Release, Skill
from tests.skills.importing import publishers
from tests.skills.importing.publishers import BAKER

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(("reader", "release"), [(onet, publishers.onet), (esco, publishers.esco)])
def test_twice_writes_no_row(company, tmp_path, reader, release) -> None:
    release(tmp_path)
    first = take(reader.read(tmp_path), NOW)
    assert sum(first.written.values()) > 10
    rows = list(Concept.objects.order_by("pk").values())
    events = AuditEvent.objects.count()

    second = take(reader.read(tmp_path), NOW)

    assert second.release is None
    assert set(second.written.values()) == {0}
    assert list(Concept.objects.order_by("pk").values()) == rows
    assert Release.objects.count() == 1
    assert AuditEvent.objects.count() == events


def test_new_names_and_concepts_go_in_at_once(company, tmp_path) -> None:
    publishers.esco(tmp_path)
    take(esco.read(tmp_path), NOW)
    publishers.write(
        tmp_path,
        "occupations_fr.csv",
        f"{publishers.OCCUPATIONS}Occupation,{BAKER},7512,boulanger,,,released,,7512.1\n",
    )
    taken = take(esco.read(tmp_path), NOW)

    # The language on the framework, and one label.
    assert {name: n for name, n in taken.written.items() if n} == {"framework": 1, "labels added": 1}
    assert Label.objects.get(language="fr").text == "boulanger"


def test_a_name_that_is_gone_is_taken_away(company, tmp_path) -> None:
    publishers.esco(tmp_path)
    take(esco.read(tmp_path), NOW)
    text = (tmp_path / "occupations_en.csv").read_text("utf-8")
    publishers.write(tmp_path, "occupations_en.csv", text.replace("\noven hand", ""))
    taken = take(esco.read(tmp_path), NOW)
    assert taken.written["labels removed"] == 1
    assert not Label.objects.filter(text="oven hand").exists()


def test_the_companys_own_skills_stay_as_they_are(company, taxonomy, tmp_path) -> None:
    before = list(Skill.objects.order_by("pk").values())
    publishers.onet(tmp_path)
    call_command("import_taxonomy", "onet", str(tmp_path))
    assert list(Skill.objects.order_by("pk").values()) == before


def test_another_company_has_nothing_of_it(company, other_company, tmp_path) -> None:
    from careerforge.tenancy import context

    take(esco.read(publishers.esco(tmp_path)), NOW)
    with context.organisation(other_company.pk):
        assert not Concept.objects.exists()
        taken = take(esco.read(tmp_path), NOW)
        assert taken.written["concepts added"] == 5
    assert Concept.objects.count() == 5


def test_an_import_asks_the_same_number_of_queries_for_more_rows(company, tmp_path) -> None:
    take(esco.read(publishers.esco(tmp_path)), NOW)
    with CaptureQueriesContext(connection) as few:
        take(esco.read(tmp_path), NOW)
    more = "".join(
        f"Occupation,{publishers.ESCO}/occupation/x{n},1,maker {n},,,released,,1\n" for n in range(300)
    )
    path = tmp_path / "occupations_en.csv"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    take(esco.read(tmp_path), NOW)
    with CaptureQueriesContext(connection) as many:
        take(esco.read(tmp_path), NOW)
    assert len(many) == len(few)
