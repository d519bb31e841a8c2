"""Redirects are followed by hand: each hop is vetted, secrets stay with their origin, five hops at most."""

from __future__ import annotations

import pytest

from careerforge.http.errors import FetchError, Refused, TooManyRedirects

SECRET = {"Authorization": "Bearer hunter2", "X-Api-Key": "hunter2", "Accept": "application/json"}


def moved(reply, location, status="302 Found"):
    return reply(b"", status, Location=location)


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "https://allowed.example:8443/",
        "//127.0.0.1/",
        "http://redis/",
        "http://2130706433/",
        "http://user:pw@allowed.example/",
        "gopher://127.0.0.1:6379/_INFO",
        "http://[::ffff:10.0.0.1]/",
    ],
)
def test_each_hop_is_vetted_again(net, reply, location):
    net.serve(moved(reply, location))
    with pytest.raises(Refused):
        net.client().get("http://allowed.example/")
    assert net.connected == [("93.184.216.34", 80)]


def test_a_name_that_turns_private_between_hops_is_refused(net, reply):
    net.serve(moved(reply, "/next"))
    net.name("allowed.example", ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(Refused):
        net.client().get("http://allowed.example/")
    assert len(net.connected) == 1


def test_a_loop_ends_after_five_hops(net, reply):
    origin = net.serve(moved(reply, "/again"))
    with pytest.raises(TooManyRedirects, match="more than 5 times"):
        net.client().get("http://allowed.example/")
    assert len(origin.requests) == 6


def test_secrets_go_along_on_the_same_origin(net, reply):
    pages = [moved(reply, "/next"), reply(b"done")]
    origin = net.serve(lambda connection, head: connection.sendall(pages.pop(0)))
    fetched = net.client().get("http://allowed.example/", SECRET)
    assert (fetched.body, fetched.url) == (b"done", "http://allowed.example/next")
    assert all("hunter2" in request for request in origin.requests)


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
)
def test_secrets_are_not_sent_to_another_origin(net, reply, status):
    net.serve(moved(reply, "http://other.example/x", status))
    other = net.serve(reply(b"other"), "other.example", "93.184.216.35")
    assert net.client().get("http://allowed.example/", SECRET).body == b"other"
    assert "hunter2" not in other.requests[0]
    assert "Accept: application/json" in other.requests[0]


def test_secrets_stay_home_when_a_stranger_forwards_back(net, reply):
    home = net.serve(
        lambda connection, head: connection.sendall(
            reply(b"fine") if b"GET /admin" in head else moved(reply, "http://other.example/")
        )
    )
    net.serve(moved(reply, "http://allowed.example/admin"), "other.example", "93.184.216.35")
    net.client().get("http://allowed.example/", SECRET)
    assert ["hunter2" in request for request in home.requests] == [True, False]


def test_secrets_of_one_origin_are_not_sent_when_the_first_url_is_elsewhere(net, reply):
    origin = net.serve(reply())
    net.client().get("http://allowed.example/", SECRET, secret_origin="https://api.other.example")
    assert "hunter2" not in origin.requests[0]


def test_a_secured_source_may_not_forward_to_an_unsecured_one(net):
    client = net.client()
    net.name("allowed.example", ["93.184.216.34"])
    target = client._vet("https://allowed.example/", _deadline())
    with pytest.raises(Refused, match="unsecured"):
        client._next_hop(target, "http://allowed.example/", _deadline())


def _deadline():
    from careerforge.http.pinning import Deadline

    return Deadline(5.0, lambda: 0.0)


def test_proxies_of_the_environment_are_ignored(net, reply, monkeypatch):
    net.serve(reply(b"direct"))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert net.client().get("http://allowed.example/").body == b"direct"
    assert net.connected == [("93.184.216.34", 80)]


def test_the_operators_proxy_is_used(net, reply):
    proxy = net.serve(reply(b"by proxy"), "proxy.intern", "proxy.intern", 3128)
    net.name("allowed.example", ["93.184.216.34"])
    fetched = net.client(proxy="http://me:pw@proxy.intern:3128").get("http://allowed.example/a?b=c")
    assert fetched.body == b"by proxy"
    assert net.connected == [("proxy.intern", 3128)]
    assert proxy.requests[0].startswith("GET http://allowed.example/a?b=c HTTP/1.1")
    assert "Proxy-Authorization: Basic" in proxy.requests[0]


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://redis/", "http://secret.example/"])
def test_a_proxy_opens_no_internal_target(net, url):
    with pytest.raises(Refused):
        net.client(proxy="http://proxy.intern:3128").get(url)
    assert net.connected == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-A": "1\r\nX-B: 2"},
        {"X A": "1"},
        {"Proxy-Authorization": "x"},
        {"Cookie": "a"},
    ],
)
def test_a_header_that_would_change_the_request_is_refused(net, reply, headers):
    net.serve(reply())
    with pytest.raises(FetchError) as failure:
        net.client().get("http://allowed.example/", headers)
    assert failure.value.code == "header"
    assert net.connected == []
