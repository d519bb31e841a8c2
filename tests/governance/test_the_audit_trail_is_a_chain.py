"""Rows cannot be changed by the application, and a row changed by anybody is named (case 60)."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from careerforge.governance import audit, chain, heads
from careerforge.governance.models import AuditEvent, AuditLink
from careerforge.governance.verifying import verify
from careerforge.tenancy.models import Organisation


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def write(count: int) -> list[int]:
    for number in range(count):
        audit.record(None, "x.done", subject=uuid4(), number=number)
    return list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


def seal(company: Organisation) -> int:
    position, head, count = chain.seal(company.id)
    heads.keep(company.id, heads.Head(position, head))
    return count


def findings(company: Organisation) -> list[str]:
    return list(verify(company.id, timezone.now() + timedelta(minutes=1)))


def as_owner(sql: str, *values: Any) -> None:
    """What somebody with more rights than the application could do. It ends with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE none")
        cursor.execute(sql, values)
        cursor.execute("SET ROLE careerforge_app")


@pytest.fixture
def sealed(company: Organisation) -> list[int]:
    """Ten sealed rows."""
    ids = write(10)
    assert seal(company) == 10
    return ids


@pytest.mark.parametrize("table", ["governance_auditevent", "governance_auditlink"])
@pytest.mark.parametrize("act", ["UPDATE {} SET organisation_id = organisation_id", "DELETE FROM {}"])
def test_the_application_can_only_add(sealed: list[int], table: str, act: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table))


def test_a_whole_trail_has_no_findings(company: Organisation, sealed: list[int]) -> None:
    assert findings(company) == []
    write(3)
    assert seal(company) == 3
    assert seal(company) == 0
    assert findings(company) == []


def test_a_removed_row_is_named(company: Organisation, sealed: list[int]) -> None:
    as_owner("DELETE FROM governance_auditevent WHERE id = %s", sealed[4])
    assert [f"Row {sealed[4]} " in finding and "removed" in finding for finding in findings(company)] == [
        True
    ]


def test_an_altered_row_is_named(company: Organisation, sealed: list[int]) -> None:
    as_owner("UPDATE governance_auditevent SET subject = %s WHERE id = %s", uuid4(), sealed[2])
    assert [f"Row {sealed[2]} " in finding and "altered" in finding for finding in findings(company)] == [
        True
    ]


def test_a_row_removed_with_its_link_is_named(company: Organisation, sealed: list[int]) -> None:
    as_owner("DELETE FROM governance_auditlink WHERE position = 5")
    assert "Links 5 to 5 are missing." in findings(company)


def test_a_trail_that_was_cut_off_is_named(company: Organisation, sealed: list[int]) -> None:
    as_owner("DELETE FROM governance_auditlink WHERE position > 7")
    as_owner("DELETE FROM governance_auditevent WHERE id > %s", sealed[6])
    assert findings(company) == ["The trail was cut off: it ends at link 7, the kept head is 10."]


def test_a_rewritten_chain_is_named(
    company: Organisation, sealed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody alters a row and computes every hash anew; the head outside the database gives them away."""
    as_owner("UPDATE governance_auditevent SET act = 'y.done' WHERE id = %s", sealed[0])
    as_owner("DELETE FROM governance_auditlink")
    with monkeypatch.context() as forger:
        forger.setattr(heads, "read", lambda organisation_id: None)
        chain.seal(company.id)
    assert any("rewritten" in finding for finding in findings(company))


def test_an_altered_link_is_named(company: Organisation, sealed: list[int]) -> None:
    as_owner("UPDATE governance_auditlink SET chain = digest WHERE position = 3")
    assert any(finding == "Link 3 was altered." for finding in findings(company))


def test_rows_that_wait_too_long_are_named(company: Organisation) -> None:
    ids = write(2)
    later = timezone.now() + timedelta(minutes=11)
    assert str(ids[0]) in next(iter(verify(company.id, later)))


def test_a_row_that_came_late_is_sealed_too(company: Organisation, sealed: list[int]) -> None:
    """Ids are given out before rows are safe: a lower one may appear after a higher one was sealed."""
    AuditEvent.objects.create(id=sealed[0] - 1_000_000, act="late.done", detail={})
    assert seal(company) == 1
    assert findings(company) == []


def test_the_head_never_goes_back(company: Organisation, sealed: list[int], folder: Path) -> None:
    heads.keep(company.id, heads.Head(3, b"\0" * 32))
    kept = heads.read(company.id)
    assert kept is not None
    assert kept.position == 10
    assert (folder / "audit-head" / str(company.id)).stat().st_mode & 0o777 == 0o600


def test_the_command_ends_with_an_error_when_something_is_wrong(
    company: Organisation, sealed: list[int]
) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "10 sealed rows, the chain is whole" in out.getvalue()
    as_owner("DELETE FROM governance_auditevent WHERE id = %s", sealed[4])
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=out)
    assert f"Row {sealed[4]}" in out.getvalue()


def test_links_of_two_companies_do_not_touch(
    company: Organisation, other_company: Organisation, sealed: list[int]
) -> None:
    assert chain.start(company.id) != chain.start(other_company.id)
    assert AuditLink.objects.count() == 10


def forge(position: int, event: int, **more: Any) -> None:
    """A row that the application's own role may add."""
    AuditLink.objects.create(position=position, event_id=event, digest=b"d" * 32, chain=b"c" * 32, **more)


@pytest.mark.parametrize("position", [0, 11, 12, 5_000, 2**63 - 1])
def test_a_forged_link_neither_stops_nor_moves_the_sealing_and_is_named(
    company: Organisation, sealed: list[int], position: int
) -> None:
    forge(position, 2**62, sealed_at=timezone.now() + timedelta(days=9_000))
    write(3)
    assert seal(company) == 3
    kept = heads.read(company.id)
    assert kept is not None
    assert kept.position <= 14
    assert findings(company) == [f"Link {position} (row {2**62}) is forged: the chain goes around it."]


def test_a_forged_link_with_a_right_hash_and_no_row_is_gone_around(
    company: Organisation, sealed: list[int]
) -> None:
    kept = heads.read(company.id)
    assert kept is not None
    right = chain.link(kept.chain, 11, b"d" * 32)
    AuditLink.objects.create(position=11, event_id=2**62, digest=b"d" * 32, chain=right)
    write(2)
    assert seal(company) == 2
    assert findings(company) == [f"Link 11 (row {2**62}) is forged: the chain goes around it."]


def test_a_slice_whose_head_was_not_kept_any_more_is_gone_on_from(
    company: Organisation, sealed: list[int]
) -> None:
    write(2)
    chain.seal(company.id)
    write(2)
    assert seal(company) == 2
    assert findings(company) == []


def test_links_cut_off_behind_the_sealer_stay_missing(company: Organisation, sealed: list[int]) -> None:
    as_owner("DELETE FROM governance_auditlink WHERE position > 7")
    as_owner("DELETE FROM governance_auditevent WHERE id > %s", sealed[6])
    write(1)
    assert seal(company) == 1
    assert "Links 8 to 10 are missing." in findings(company)


def test_a_row_dated_back_is_never_sealed_and_is_named(company: Organisation, sealed: list[int]) -> None:
    event = AuditEvent.objects.create(act="x.done", detail={}, at=timezone.now() - timedelta(days=30))
    assert seal(company) == 0
    assert [str(event.pk) in finding for finding in findings(company)] == [True]
