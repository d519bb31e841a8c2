"""Real threads on committed rows: two at once take turns, and the second is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections

from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import files, versions
from careerforge.people.models import Grant, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_person

NOW = datetime(2031, 2, 3, tzinfo=UTC)
TEXT = files.shipped("advice") + "\nBe brief.\n"


@pytest.fixture
def writer(transactional_db: None) -> User:
    made = Organisation(name="Northwind Works")
    with context.organisation(made.id):
        made.save(force_insert=True)
        return make_person("lnd", "Ludovica Nardone", Grant.Kind.ADMIN_LND)


Act = Callable[[], object]


def at_once(writer: User, *acts: Act) -> list[object]:
    def one(act: Act) -> object:
        try:
            with context.organisation(writer.organisation_id):
                return act()
        except ValueError as told:
            return str(told)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.mark.django_db(transaction=True)
def test_the_same_text_twice_is_one_version_and_a_sentence(writer: User) -> None:
    def write() -> object:
        return versions.write("advice", TEXT, "Shorter", owner=None, by=writer, now=NOW).number

    assert sorted(map(str, at_once(writer, *[write] * 4))) == [
        "1", *["This is the text of version 1, word for word."] * 3,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_other_texts_at_once_are_numbered_one_after_the_other(writer: User) -> None:
    def write(n: int) -> Act:
        text = f"{TEXT}{n}\n"
        return lambda: versions.write("advice", text, "Shorter", owner=None, by=writer, now=NOW).number

    assert sorted(map(str, at_once(writer, *map(write, range(4))))) == ["1", "2", "3", "4"]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_go_live_at_once_one_is_live_at_the_end(writer: User) -> None:
    with context.organisation(writer.organisation_id):
        rows = [
            versions.write("advice", f"{TEXT}{n}\n", "Shorter", owner=None, by=writer, now=NOW)
            for n in range(3)
        ]

    def live(row: PromptVersion) -> Act:
        return lambda: versions.make_live(row, writer, NOW)

    assert at_once(writer, *map(live, [*rows, rows[0]])).count(True) >= 3
    with context.organisation(writer.organisation_id):
        assert PromptVersion.objects.filter(name="advice", live=True).count() == 1
