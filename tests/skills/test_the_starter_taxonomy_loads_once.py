from time import perf_counter

from careerforge.skills import starter
from careerforge.skills.models import Alias, Neighbour, Prerequisite, Requirement, Role, Skill
from careerforge.tenancy import context
from learning.catalogue import starter as catalogue
from learning.models import Resource

EVERY = (Skill, Role, Alias, Prerequisite, Neighbour, Requirement, Resource)


def load():
    starter.load()
    catalogue.load()


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in EVERY}


def test_it_loads_within_three_seconds(company):
    started = perf_counter()
    load()
    assert perf_counter() - started < 3
    assert Skill.objects.count() == len(starter.read().skills)
    assert Resource.objects.count() == len(starter.read().resources)


def test_a_second_load_changes_nothing(company):
    load()
    before = everything()
    load()
    assert everything() == before


def test_what_the_company_has_changed_stays_changed(company):
    load()
    Skill.objects.filter(slug="sql").update(name="SQL at Northwind", hours=99)
    Requirement.objects.filter(role__slug="senior-data-engineer").delete()
    load()
    assert Skill.objects.get(slug="sql").hours == 99
    assert not Requirement.objects.filter(role__slug="senior-data-engineer").exists()


def test_it_takes_few_statements_however_many_rows(company, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        load()


def test_each_company_gets_its_own(company, other_company):
    load()
    with context.organisation(other_company.id):
        assert not Skill.objects.exists()
        load()
        assert Skill.objects.count() == len(starter.read().skills)
