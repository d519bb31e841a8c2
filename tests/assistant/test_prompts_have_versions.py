"""A company's own versions of a prompt: one is live, none is edited, any can be gone back to."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import UnknownVersion, files, load, rebuild, versions
from careerforge.governance.models import AuditEvent
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.assistant.passages import passage

NOW = datetime(2031, 2, 3, tzinfo=UTC)
OTHER = "<!-- part: system -->\nSay it in one telegram.\n"
TEXT = (
    OTHER
    + files.shipped("advice").partition("<!-- part: context -->")[1]
    + (files.shipped("advice").partition("<!-- part: context -->")[2])
)


def asked(question: str = "What next?"):
    return load(
        "advice",
        now=NOW,
        data_date=NOW,
        facts=["SQL: level 2 of 4"],
        passages=[passage("Yes.")],
        question=question,
    )


def written(by: User, text: str = TEXT) -> PromptVersion:
    return versions.write("advice", text, "Shorter", owner=None, by=by, now=NOW)


def test_nobody_waits_for_another_who_keeps_the_shipped_text_just_now(company: Organisation) -> None:
    other: Any = connection.copy()
    other.settings_dict["OPTIONS"].pop("pool", None)
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        lock = f"{company.pk}|prompt|advice"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    assert asked().blocks[0] == files.shipped("frame").strip()
    other.close()
    assert not PromptVersion.objects.filter(name="advice").exists()
    assert PromptVersion.objects.filter(name="frame").exists()


def test_a_company_without_versions_asks_with_the_shipped_text_and_keeps_it(company: Organisation) -> None:
    assert asked().blocks[0] == files.shipped("frame").strip()
    kept = PromptVersion.objects.get(name="advice")
    assert (kept.number, kept.live, kept.is_shipped, kept.text) == (1, True, True, files.shipped("advice"))
    asked()
    assert PromptVersion.objects.count() == 2


def test_the_live_version_is_asked_with_and_one_query_finds_it(
    admin_lnd: User, django_assert_num_queries
) -> None:
    asked()
    row = written(admin_lnd)
    assert "one telegram" not in asked().system
    versions.make_live(row, admin_lnd, NOW)
    with django_assert_num_queries(1):
        parts = asked()
    assert parts.blocks[1] == "Say it in one telegram."
    assert parts.version.startswith(f"advice-{row.digest[:12]}-")


def test_another_version_takes_the_place_of_the_live_one_and_it_can_be_gone_back_to(admin_lnd: User) -> None:
    one, two = written(admin_lnd), written(admin_lnd, TEXT.replace("one", "two"))
    versions.make_live(one, admin_lnd, NOW)
    versions.make_live(two, admin_lnd, NOW)
    assert [row.number for row in PromptVersion.objects.filter(live=True)] == [two.number]
    one.refresh_from_db()
    versions.make_live(one, admin_lnd, NOW, reason="The other one is too long")
    assert "one telegram" in asked().system
    event = AuditEvent.objects.filter(act="prompt.made_live").latest("id")
    assert (event.actor, event.reason) == (admin_lnd.pk, "The other one is too long")
    assert event.detail["before"] == two.number


def test_the_shipped_text_can_be_gone_back_to(admin_lnd: User) -> None:
    versions.make_live(written(admin_lnd), admin_lnd, NOW)
    shipped = versions.shipped_version("advice", NOW)
    assert versions.make_live(shipped, admin_lnd, NOW)
    assert not versions.make_live(shipped, admin_lnd, NOW)
    assert "one telegram" not in asked().system


def test_a_version_is_never_edited(admin_lnd: User) -> None:
    row = written(admin_lnd)
    row.text = "Something else"
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.save(update_fields=["text", "live"])
    row.refresh_from_db()
    assert row.text == TEXT


def test_the_database_refuses_two_live_versions(admin_lnd: User) -> None:
    versions.make_live(written(admin_lnd), admin_lnd, NOW)
    other = written(admin_lnd, TEXT.replace("one", "two"))
    with pytest.raises(IntegrityError), transaction.atomic():
        PromptVersion.objects.filter(pk=other.pk).update(live=True)


def test_the_same_text_twice_is_no_new_version(admin_lnd: User) -> None:
    written(admin_lnd)
    with pytest.raises(ValueError, match="word for word"):
        written(admin_lnd, TEXT.replace("\n", "\r\n"))


def test_another_company_asks_with_its_own(admin_lnd: User, other_company: Organisation) -> None:
    versions.make_live(written(admin_lnd), admin_lnd, NOW)
    with context.organisation(other_company.id):
        assert "one telegram" not in asked().system


def test_a_prompt_is_rebuilt_byte_for_byte_after_its_text_has_changed(admin_lnd: User) -> None:
    before = asked("Why “C++” & <b>?")
    versions.make_live(written(admin_lnd), admin_lnd, NOW)
    between = asked("{{ mark }}")
    versions.make_live(versions.shipped_version("advice", NOW), admin_lnd, NOW)
    for parts in (before, between):
        again = rebuild(parts.version, parts.values)
        assert again == parts
        assert again.prompt("f", None, max_tokens=1) == parts.prompt("f", None, max_tokens=1)


def test_a_shipped_text_that_an_update_has_replaced_is_rebuilt_too(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asked()
    monkeypatch.setattr(versions, "shipped", lambda name: f"{files.shipped(name)}\nAnd so on.\n")
    brought = versions.shipped_version("advice", NOW)
    assert asked().version == before.version
    versions.make_live(brought, None, NOW)
    assert asked().version != before.version
    assert rebuild(before.version, before.values) == before


@pytest.mark.parametrize("version", ["advice-0123456789ab-01234567", "x", "nothing-0-0", ""])
def test_a_version_that_nobody_has_is_said_to_be_unknown(company: Organisation, version: str) -> None:
    with pytest.raises(UnknownVersion):
        rebuild(version, {})


def test_the_readers_language_and_the_day_of_rebuilding_change_no_byte(company: Organisation) -> None:
    here = asked()
    with translation.override("de"):
        assert asked() == here
        assert rebuild(here.version, here.values) == here
    assert "3 February 2031" in here.context


def test_a_text_that_is_tried_out_is_asked_with_only_there(company: Organisation) -> None:
    with versions.trying("advice", TEXT):
        assert "one telegram" in asked().system
    assert "one telegram" not in asked().system


def test_a_value_that_is_not_declared_is_an_error(company: Organisation) -> None:
    with pytest.raises(TypeError, match="salary"):
        load("advice", now=NOW, data_date=None, facts=[], passages=[], question="", salary=1)
