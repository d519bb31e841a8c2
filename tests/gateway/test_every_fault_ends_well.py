"""The script of faults against each adapter, asked for a whole answer and for a stream of one."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_httpserver import HTTPServer

from careerforge.gateway.prompt import Completion
from tests.gateway import faults, streams
from tests.gateway.faults import FINAL, Fault
from tests.gateway.wire import Wire

FAULTS = faults.faults(Path(__file__).parent / "data" / "llm_faults.jsonl")
each_dialect = pytest.mark.parametrize("dialect", ["anthropic", "compatible"])
each_way = pytest.mark.parametrize("streaming", [False, True], ids=["whole", "stream"])


@each_way
@each_dialect
@pytest.mark.parametrize(
    "fault", [one for one in FAULTS if faults.is_answered(one)], ids=lambda fault: fault["name"]
)
def test_a_fault_costs_an_answer_and_never_more(
    wire: Wire, fault: Fault, dialect: str, streaming: bool
) -> None:
    faults.play(wire, fault, dialect, streaming=streaming)
    provider = getattr(wire, dialect)()
    asked = faults.ask(provider, streaming=streaming, schema=faults.schema_of(fault))
    outcome = faults.expected(fault, streaming=streaming)
    assert {row.outcome for row in asked.rows.kept} == {outcome}
    assert isinstance(asked.ended, Completion) == (outcome == "ok")
    assert sum(wire.waits) < 10
    if fault["name"] in FINAL:
        assert len(wire.requests) == 1
    if fault["name"] == "429_retry_after":
        assert (len(wire.requests), wire.waits) == (2, [2.0])


@pytest.fixture
def untrusted(tmp_path: Path) -> Iterator[str]:
    """A server on this machine whose certificate nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem += key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")
    with HTTPServer(ssl_context=context) as server:
        yield server.url_for("")


@each_way
@each_dialect
@pytest.mark.parametrize("name", ["connect_refused", "tls_self_signed"])
def test_who_cannot_be_reached_safely_is_not_reached(
    wire: Wire, untrusted: str, name: str, dialect: str, streaming: bool
) -> None:
    urls = {"connect_refused": "http://127.0.0.1:9", "tls_self_signed": untrusted}
    provider = getattr(wire, dialect)(base_url=urls[name], patience=wire.patience(0))
    asked = faults.ask(provider, streaming=streaming)
    assert asked.ended is None
    assert [(row.outcome, row.error_kind) for row in asked.rows.kept] == [("unavailable", "no_connection")]


@each_way
@each_dialect
@pytest.mark.parametrize("drips", [True, False], ids=["sse_drip", "accept_then_silence"])
def test_who_is_silent_or_drips_is_waited_for_no_longer_than_the_deadline(
    wire: Wire, dialect: str, streaming: bool, drips: bool
) -> None:
    wire.answers_with(streams.drip(0.1)).thinks = 0.0 if drips else 1.4
    changes: dict[str, Any] = {"patience": wire.patience(0)}
    asked = faults.ask(getattr(wire, dialect)(**changes), streaming=streaming, deadline_s=1.05)
    assert asked.ended is None
    assert [(row.outcome, row.error_kind) for row in asked.rows.kept] == [("unavailable", "timeout")]
