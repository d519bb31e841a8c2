from datetime import UTC, datetime

import pytest

from careerforge.skills.extraction import extract, kept
from careerforge.skills.models import Alias, Skill


@pytest.fixture
def git(company):
    return Skill.objects.create(slug="git", name="Git")


def skills(text):
    return {mention.skill_id for mention in extract(text, kept.lexicon())}


def test_it_is_built_once_for_a_state_of_the_taxonomy(git, django_assert_num_queries):
    first = kept.lexicon()
    with django_assert_num_queries(1):
        assert kept.lexicon() is first


def test_a_new_alias_a_new_name_and_a_retired_skill_are_seen_at_once(git):
    assert skills("Git and version control") == {git.id}
    Skill.objects.filter(pk=git.pk).update(name="Gitling")
    assert skills("Git") == set()
    Alias.objects.create(skill=git, text="version control")
    assert skills("version control") == {git.id}
    Skill.objects.filter(pk=git.pk).update(retired_at=datetime(2026, 9, 1, tzinfo=UTC))
    assert skills("version control") == set()


def test_only_so_many_are_kept(git, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 1)
    kept.lexicon()
    assert len(kept._kept) == 1
