"""O*NET and ESCO as their publishers give them, and CASE packages that others wrote.

They are no part of the project: ``CAREERFORGE_SHARED`` names their folder; without it, a folder ``shared``
beside the checkout is looked for.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from careerforge.skills.importing import case, esco, onet
from careerforge.skills.importing.taking import take
from careerforge.skills.models import Concept, Label, Relation, Role, Skill

SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared")
NOW = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (SHARED / "data/onet").is_dir(), reason="no sets here; name their folder in CAREERFORGE_SHARED"
    ),
]


def test_the_whole_of_onet(company) -> None:
    taken = take(onet.read(SHARED / "data/onet", "29.3"), NOW)
    assert not taken.missing
    assert not taken.problems
    assert not taken.doubts
    assert Concept.objects.filter(kind="occupation").count() == 1016
    # Every alternate title that differs from its occupation's title by more than case.
    assert Label.objects.filter(concept__kind="occupation").count() > 56_000
    assert Relation.objects.filter(kind="uses").count() == 32_681
    assert Relation.objects.filter(kind="related").count() == 18_460
    assert sum(take(onet.read(SHARED / "data/onet", "29.3"), NOW).written.values()) == 0
    # A reference, beside the company's own.
    assert not Skill.objects.exists()
    assert not Role.objects.exists()


def test_esco_with_its_missing_files(company) -> None:
    taken = take(esco.read(SHARED / "data/esco", "1.2.0"), NOW)
    assert [each.split("”")[0] for each in taken.missing] == [
        "“skills_en.csv",
        "“occupationSkillRelations_en.csv",
        "“broaderRelationsSkillPillar_en.csv",
    ]
    assert not taken.doubts
    assert Concept.objects.filter(kind="occupation").count() == 3039
    assert Concept.objects.filter(kind="skill").count() == 1284
    assert sum(take(esco.read(SHARED / "data/esco", "1.2.0"), NOW).written.values()) == 0


def test_packages_of_others(company) -> None:
    # Some of these test files share an identifier: each is read on its own.
    for path in case.packages(SHARED / "payloads/learning/case-opensalt"):
        source = case.read(path, today=date(2026, 11, 1))
        assert list(source.rows) or "Empty" in path.name
        assert not source.problems.total, path.name
