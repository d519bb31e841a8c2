from datetime import UTC, datetime

import pytest

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.skills.importing import deciding, esco, keeping
from careerforge.skills.importing.taking import take
from careerforge.skills.models import Change, Concept, Mapping, Release, ReleasePart
from tests.skills.importing import publishers
from tests.skills.importing.publishers import BAKER, GLAZE, KNEAD, POTTER, SKILLS, THROW

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATER = datetime(2026, 12, 1, tzinfo=UTC)
ORG = "admin-org"


@pytest.fixture
def imported(company, tmp_path):
    return take(esco.read(publishers.esco(tmp_path), "1.1"), NOW)


def merged(folder) -> None:
    """Throwing pots is now called glazing pots, and kneading is gone."""
    publishers.write(
        folder,
        "skills_en.csv",
        f"{SKILLS}Skill,{GLAZE},skill/competence,sector-specific,make pots,throw pots,,released,Makes.\n",
    )


def changes():
    return set(Change.objects.values_list("kind", "before", "after", "into"))


def test_nothing_changes_before_somebody_accepts(imported, tmp_path) -> None:
    merged(tmp_path)
    before = list(Concept.objects.order_by("pk").values())
    waiting = take(esco.read(tmp_path, "1.2"), LATER)

    assert waiting.waits
    assert not waiting.written
    assert list(Concept.objects.order_by("pk").values()) == before
    assert changes() == {
        ("renamed", "glaze pots", "make pots", ""),
        ("merged", "throw pots", "make pots", GLAZE),
        ("retired", "knead dough", "", ""),
    }


def test_what_was_accepted_goes_in_by_a_job(imported, tmp_path, admin_org) -> None:
    merged(tmp_path)
    release = take(esco.read(tmp_path, "1.2"), LATER).release
    assert deciding.accept(release, admin_org, LATER, kind=ORG)
    assert JobRun.objects.get(job=deciding.APPLY).arguments == {"release_id": str(release.pk)}

    deciding.go_in(release.pk, LATER)
    throw = Concept.objects.get(external_id=THROW)
    assert throw.retired_at == LATER
    assert throw.replaced_by.name == "make pots"
    assert Concept.objects.get(external_id=KNEAD).retired_at == LATER
    release.refresh_from_db()
    assert (release.state, release.framework.version) == ("applied", "1.2")
    assert not ReleasePart.objects.exists()
    # Twice is once; and the same files again change nothing.
    assert deciding.go_in(release.pk, LATER) == {}
    assert take(esco.read(tmp_path, "1.2"), LATER).release is None


def test_what_was_dropped_is_gone(imported, tmp_path, admin_org) -> None:
    merged(tmp_path)
    release = take(esco.read(tmp_path, "1.2"), LATER).release
    assert deciding.drop(release, admin_org, LATER, kind=ORG)
    assert not deciding.accept(release, admin_org, LATER, kind=ORG)
    assert not ReleasePart.objects.exists()
    assert Concept.objects.get(external_id=GLAZE).name == "glaze pots"


def test_every_decision_is_on_record(imported, tmp_path, admin_org) -> None:
    merged(tmp_path)
    release = take(esco.read(tmp_path, "1.2"), LATER).release
    deciding.accept(release, admin_org, LATER, kind=ORG)
    deciding.go_in(release.pk, LATER)
    acts = AuditEvent.objects.filter(object_id=str(release.pk)).values_list("act", "actor")
    assert set(acts) == {
        ("taxonomy.waits", None),
        ("taxonomy.accepted", admin_org.pk),
        ("taxonomy.imported", None),
    }


def test_a_newer_import_takes_the_place_of_one_that_waits(imported, tmp_path) -> None:
    merged(tmp_path)
    first = take(esco.read(tmp_path, "1.2"), LATER).release
    second = take(esco.read(publishers.esco(tmp_path, baker="bread artist"), "1.3"), LATER).release
    first.refresh_from_db()
    assert (first.state, second.state) == ("dropped", "waiting")
    assert not first.parts.exists()


def test_mappings_follow_merges_and_come_back(imported, taxonomy, tmp_path, admin_org) -> None:
    throw, glaze = (Concept.objects.get(external_id=each) for each in (THROW, GLAZE))
    skill, other = taxonomy.skills["sql"], taxonomy.skills["python"]
    Mapping.objects.create(skill=skill, concept=throw, state="confirmed", decided_at=NOW)
    Mapping.objects.create(skill=skill, concept=glaze, state="suggested", score=0.6)
    Mapping.objects.create(skill=other, concept=throw, state="suggested", score=0.6)
    merged(tmp_path)
    release = take(esco.read(tmp_path, "1.2"), LATER).release
    deciding.accept(release, admin_org, LATER, kind=ORG)
    deciding.go_in(release.pk, LATER)

    rows = Mapping.objects.values_list("skill", "concept", "state", "merged_from")
    assert set(rows) == {(skill.pk, glaze.pk, "confirmed", throw.pk)}

    back = take(esco.read(publishers.esco(tmp_path), "1.1"), LATER).release
    deciding.accept(back, admin_org, LATER, kind=ORG)
    deciding.go_in(back.pk, LATER)
    again = Mapping.objects.get()
    assert (again.skill, again.concept, again.state, again.merged_from) == (skill, throw, "confirmed", None)
    assert Concept.objects.get(external_id=KNEAD).retired_at is None


def test_a_bad_import_says_why_it_waits(imported, tmp_path) -> None:
    lines = (tmp_path / "skills_en.csv").read_text("utf-8").splitlines(keepends=True)
    empty = "".join(f"Skill,{publishers.ESCO}/skill/e{n},,,,,,released,\n" for n in range(30))
    twice = "".join(lines[1:2] * 30)
    publishers.write(tmp_path, "skills_en.csv", "".join(lines) + empty + twice)
    (tmp_path / "occupations_de.csv").unlink()
    (tmp_path / "occupations_en.csv").unlink()
    waiting = take(esco.read(tmp_path, "1.2"), LATER)
    assert set(waiting.doubts) == {
        "2 of 5 concepts would be gone.",
        "There are no names any more in: de.",
        "30 of 33 concepts have no name.",
        "30 of 33 concepts are there twice.",
    }


def test_a_first_import_of_bad_quality_waits_too(company, tmp_path) -> None:
    publishers.esco(tmp_path)
    empty = "".join(f"Skill,{publishers.ESCO}/skill/e{n},,,,,,released,\n" for n in range(30))
    path = tmp_path / "skills_en.csv"
    path.write_text(path.read_text("utf-8") + empty, "utf-8")
    assert take(esco.read(tmp_path), NOW).waits
    assert not Concept.objects.exists()


def test_what_is_kept_is_what_came(company, tmp_path) -> None:
    rows = list(esco.read(publishers.esco(tmp_path)).rows)
    assert keeping.unpack(keeping.pack(rows)) == rows


def test_a_concept_that_its_publisher_ends_is_merged_where_it_says(imported, tmp_path) -> None:
    publishers.write(
        tmp_path,
        "skills_en.csv",
        f"{SKILLS.strip()},replacedBy\n"
        f"Skill,{KNEAD},,,knead dough,,,obsolete,,{GLAZE}\n"
        f"Skill,{GLAZE},skill/competence,sector-specific,glaze pots,,,released,Glazes.,\n"
        f"Skill,{THROW},skill/competence,sector-specific,throw pots,,,released,Throws.,\n",
    )
    assert take(esco.read(tmp_path, "1.2"), LATER).waits
    assert changes() == {("merged", "knead dough", "glaze pots", GLAZE)}
    assert Release.objects.filter(state="waiting").count() == 1
    assert {BAKER, POTTER} <= set(Concept.objects.values_list("external_id", flat=True))
