"""Every hostile target is refused when it is saved and when it is fetched, and no connection is opened."""

from __future__ import annotations

import ipaddress
import json
from pathlib import Path

import pytest

from careerforge.http.addresses import is_public
from careerforge.http.errors import FetchError, Refused, Unreachable
from careerforge.http.policy import Policy, parse_allow_list
from careerforge.http.vetting import NOT_PUBLIC, vet_url

ROWS = [
    json.loads(line) for line in (Path(__file__).parent / "data/ssrf_targets.jsonl").read_text().splitlines()
]
LISTED = ("allowed.example", "sub.allowed.example", "xn--bcher-kva.example")
NAMES = {
    "dns:rebind-a": [["93.184.216.34"], ["127.0.0.1"]],
    "dns:multi": [["93.184.216.34", "10.0.0.5"]],
    "dns:cname-internal": [["10.0.0.7"]],
    "dns:aaaa-internal": [["93.184.216.34", "fd00::1"]],
}
URLS = [row for row in ROWS if not row["url"].startswith(("dns:", "redirect:"))]
DNS = [row for row in ROWS if row["url"].startswith("dns:")]


def scripted(net):
    for name in LISTED:
        net.name(name, ["10.0.0.8"])
    return net


def test_the_table_is_whole():
    assert len(ROWS) == 65
    assert len(URLS) + len(DNS) + sum(row["url"].startswith("redirect:") for row in ROWS) == len(ROWS)


@pytest.mark.parametrize("row", URLS, ids=lambda row: row["why"])
def test_a_target_is_judged_alike_when_saved_and_when_fetched(row, net, reply):
    scripted(net)
    net.routes |= {("10.0.0.8", port): net.serve(reply(), "x.example", "1.1.1.1").port for port in (80,)}
    policy = Policy(allowed_hosts=LISTED)
    if row["expect"] == "block":
        with pytest.raises(Refused):
            vet_url(row["url"], policy, net.resolve)
        with pytest.raises(Refused):
            net.client(allowed_hosts=LISTED).get(row["url"])
        assert net.connected == []
    else:
        target = vet_url(row["url"], policy, net.resolve)
        assert target.addresses == ("10.0.0.8",)
        # Not listed, the same name leads into a private network.
        with pytest.raises(Refused):
            vet_url(row["url"], Policy(), net.resolve)


@pytest.mark.parametrize("row", DNS, ids=lambda row: row["why"])
def test_a_name_with_one_bad_address_is_refused(row, net):
    host = row["url"].replace(":", "-") + ".example"
    net.name(host, *NAMES[row["url"]])
    if row["url"] == "dns:rebind-a":
        net.resolve(host, 443)
    with pytest.raises(Refused):
        net.client().get(f"https://{host}/")
    assert net.connected == []


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:4136:e378::1",
        "fec0::1",
        "ff02::1",
        "fe80::1",
        "fd00::1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "::1",
        "::",
        "100::1",
        "2001:db8::1",
        "3fff::1",
        "168.63.129.16",
        "192.0.0.192",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "100.127.255.254",
        "192.88.99.1",
        "169.254.169.254",
    ],
)
def test_no_reserved_or_tunnelling_address_is_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::200e"])
def test_ordinary_addresses_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://redis/", "http://secret.example/", "http://[fd00::1]/"]
)
def test_all_internal_targets_read_alike(url, net):
    with pytest.raises(Refused) as refusal:
        vet_url(url, Policy(), net.resolve)
    assert str(refusal.value) == NOT_PUBLIC


def test_an_operator_opens_an_intranet_name_at_its_port_only(net):
    policy = Policy(allowed_hosts=("ollama:11434", "10.1.0.0/16", "http://wiki.intern:8080"))
    net.name("ollama", ["127.0.0.1"])
    net.name("reports.example", ["10.1.2.3"])
    assert vet_url("http://ollama:11434/api", policy, net.resolve).addresses == ("127.0.0.1",)
    assert vet_url("http://wiki.intern:8080/", policy, net.resolve).port == 8080
    assert vet_url("https://reports.example/", policy, net.resolve).addresses == ("10.1.2.3",)
    for closed in (
        "http://ollama/",
        "http://other:11434/",
        "http://reports.example:8080/",
        "http://10.2.0.1/",
    ):
        with pytest.raises(Refused):
            vet_url(closed, policy, net.resolve)


@pytest.mark.parametrize("entry", ["10.0.0.0/99", "user@host", "ftp://host", "host:port", "a b/c"])
def test_a_slip_in_the_allow_list_is_named(entry):
    with pytest.raises(ValueError, match="allowed hosts"):
        parse_allow_list([entry])


def test_a_v6_address_can_be_listed(net):
    policy = Policy(allowed_hosts=("[fd00::7]:8080", "fd00::9"))
    assert vet_url("http://[fd00::7]:8080/x", policy, net.resolve).url == "http://[fd00::7]:8080/x"
    assert vet_url("http://[FD00:0::9]/", policy, net.resolve).host == "fd00::9"


def test_an_unknown_name_is_unreachable_and_said_so():
    def nothing(host, port):
        raise OSError("no such name")

    with pytest.raises(Unreachable, match=r"No address was found for the name nowhere.example"):
        vet_url("https://nowhere.example/", Policy(), nothing)


def test_a_url_is_brought_into_one_form(net):
    net.name("xn--bcher-kva.example", ["93.184.216.34"])
    target = vet_url(
        "https://BÜCHER.example.:443/a b/ü?q=ä%20&k=1#part".replace(" ", "%20").lower(), Policy(), net.resolve
    )
    assert target.url == "https://xn--bcher-kva.example/a%20b/%C3%BC?q=%C3%A4%20&k=1"


@pytest.mark.parametrize(
    "url",
    [
        "https://user:hunter2@allowed.example/?key=hunter2",
        "http://10.0.0.1/?key=hunter2",
        "http://h:22/hunter2",
    ],
)
def test_no_refusal_repeats_a_secret(url, net):
    with pytest.raises(FetchError) as refusal:
        vet_url(url, Policy(), net.resolve)
    assert "hunter2" not in str(refusal.value) + repr(refusal.value)
    assert refusal.value.code
