"""One look-up per hop, and the socket goes to the address that was checked, under the name that was asked
for.
"""

from __future__ import annotations

import datetime
import ssl

import httpcore2
import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from careerforge.http.errors import Unreachable
from careerforge.http.pinning import PinnedTransport


def certificate(folder, host, days):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=30)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}-{days}.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


def tls(path, names=None):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    if names is not None:
        server.sni_callback = lambda socket, name, context: names.append(name)
    return server, ssl.create_default_context(cafile=str(path))


def test_a_rebinding_name_gets_one_look_up_and_its_first_address(net, reply):
    origin = net.serve(reply(b"public"))
    net.name("allowed.example", ["93.184.216.34"], ["127.0.0.1"])
    assert net.client().get("http://allowed.example/feed").body == b"public"
    assert net.looked_up == ["allowed.example"]
    assert net.connected == [("93.184.216.34", 80)]
    assert "Host: allowed.example\r\n" in origin.requests[0]


def test_host_sni_and_certificate_keep_the_name(net, reply, tmp_path):
    names: list[str] = []
    server, trusting = tls(certificate(tmp_path, "allowed.example", 365), names)
    origin = net.serve(reply(b"sealed"), port=443, context=server)
    assert net.client(trusting).get("https://allowed.example/").body == b"sealed"
    assert names == ["allowed.example"]
    assert net.connected == [("93.184.216.34", 443)]
    assert "Host: allowed.example\r\n" in origin.requests[0]


@pytest.mark.parametrize(
    ("host", "days"), [("other.example", 365), ("allowed.example", 1)], ids=["wrong name", "expired"]
)
def test_a_bad_certificate_is_refused(net, reply, tmp_path, host, days):
    server, trusting = tls(certificate(tmp_path, host, days))
    net.serve(reply(), port=443, context=server)
    with pytest.raises(Unreachable, match=r"certificate of allowed.example") as failure:
        net.client(trusting).get("https://allowed.example/?key=hunter2")
    assert failure.value.code == "tls"


def test_a_dead_address_leaves_the_next_one_its_turn(net, reply):
    net.serve(reply(b"second"))
    net.name("allowed.example", ["2606:4700::1111", "93.184.216.34"])
    assert net.client().get("http://allowed.example/").body == b"second"
    assert [address for address, _ in net.connected] == ["2606:4700::1111", "93.184.216.34"]


def test_a_listed_v6_address_is_reached(net, reply):
    origin = net.serve(reply(b"six"), host="unused.example", address="fd00::7")
    assert net.client(allowed_hosts=("[fd00::7]:80",)).get("http://[fd00::7]/").body == b"six"
    assert "Host: [fd00::7]\r\n" in origin.requests[0]


def test_the_private_attribute_of_httpx2_still_carries_the_pool():
    plain = httpx2.HTTPTransport(trust_env=False)
    assert isinstance(plain._pool, httpcore2.ConnectionPool)
    backend = httpcore2.MockBackend([b"HTTP/1.1 204 No Content\r\n\r\n"])
    with PinnedTransport(backend, ssl.create_default_context()) as transport:
        assert transport.handle_request(httpx2.Request("GET", "http://allowed.example/")).status_code == 204
