import re
from collections import Counter

from django.db import connection

from careerforge.demo import cast, library
from careerforge.gateway.words import ORDINARY, TRADE
from careerforge.knowledge.models import Chunk, DocumentVersion
from careerforge.people import identity
from careerforge.people.models import User


def words():
    """Everything that names somebody: parts of names, cities, numbers, mail."""
    for one in cast.company().people:
        yield from [*one.person.name.split(), one.person.city, one.person.employee_number, one.person.email]


def test_no_name_of_a_person_is_in_a_document():
    texts = " ".join(f"{page.title} {page.text}" for page in library.pages()).lower()
    assert [word for word in words() if re.search(rf"\b{re.escape(word.lower())}\b", texts)] == []


def test_no_name_is_an_ordinary_word():
    assert {word.lower() for word in words()} & (ORDINARY | TRADE) == set()


def test_nobody_shares_a_surname_or_a_number():
    people = [one.person for one in cast.company().people]
    told = [word for one in people for word in (*one.name.split(), one.phone, one.employee_number, one.email)]
    assert [word for word, times in Counter(told).items() if times > 1] == []


def test_nothing_was_masked_in_the_library(tarnvale):
    stored = dict(DocumentVersion.objects.values_list("document__external_id", "text"))
    assert stored == {page.path: page.text for page in library.pages()}
    assert Chunk.objects.filter(live=True).count() > len(stored)


def test_names_can_be_read_back_by_who_may(tarnvale):
    user = User.objects.select_related("identity", "key").get(username="emp-data")
    told = next(one for one in cast.company().people if one.account == "emp-data")
    assert identity.read_all(user) == told.person


def test_no_plain_column_of_the_people_holds_a_name(tarnvale):
    names = list(words())
    tables = (
        "people_user",
        "people_profile",
        "people_evidence",
        "people_skillclaim",
        "governance_auditevent",
    )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} AS t")
            text = cursor.fetchone()[0] or ""
            assert [name for name in names if name in text] == []
