"""A form is sent once, to a vetted address, and never on to another."""

import pytest

from careerforge.http.errors import BadStatus, Refused

FIELDS = {"grant_type": "client_credentials", "client_secret": "a&b = c"}


def test_a_form_is_sent_as_a_form(net, reply):
    origin = net.serve(reply(b'{"access_token": "t"}', Content_Type="application/json"))
    bodies = []
    real = origin.script

    def keep(connection, head):
        bodies.append(head.partition(b"\r\n\r\n")[2] or connection.recv(4096))
        real(connection, head)

    origin.script = keep
    fetched = net.client().post_form("http://allowed.example/token", FIELDS, {"Authorization": "Basic x"})
    assert fetched.body == b'{"access_token": "t"}'
    assert origin.requests[0].startswith("POST /token HTTP/1.1")
    assert "application/x-www-form-urlencoded" in origin.requests[0]
    assert bodies == [b"grant_type=client_credentials&client_secret=a%26b+%3D+c"]


@pytest.mark.parametrize("location", ["/elsewhere", "http://other.example/", "http://169.254.169.254/"])
def test_a_redirect_is_never_followed(net, reply, location):
    net.serve(reply(b"", "307 Temporary Redirect", Location=location))
    with pytest.raises(Refused, match="must not be sent on"):
        net.client().post_form("http://allowed.example/token", FIELDS)
    assert len(net.connected) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1/token", "ftp://allowed.example/", "http://internal/token"])
def test_a_hostile_target_gets_no_form(net, url):
    with pytest.raises(Refused):
        net.client().post_form(url, FIELDS)
    assert net.connected == []


def test_an_error_repeats_nothing_of_the_form(net, reply):
    net.serve(reply(b"no", "401 Who"))
    with pytest.raises(BadStatus) as caught:
        net.client().post_form("http://allowed.example/token", FIELDS)
    assert str(caught.value) == "allowed.example rejected the credentials."
