"""A key belongs into the secret, which is sealed, not into the address; further headers go without one."""

import dataclasses

import pytest

from connectors import connecting, wishes
from connectors.secrecy.credentials import Auth, Mode
from connectors.wishes import Wish
from tests.connectors.connections.pages import ADD, FORM, errors
from tests.connectors.connections.site import synchronise

WISH = Wish(name="News", kind="feed", location="http://news.example/feed")


@pytest.mark.parametrize(
    "name", ["api_key", "apikey", "API-Key", "app_key", "key", "access_token", "token", "secret"]
)
def test_a_new_address_with_a_key_is_refused_at_its_field(site, platform, name) -> None:
    wish = dataclasses.replace(WISH, location=f"http://news.example/feed?page=1&{name}=abc")
    found = [(one.field_name, str(one)) for one in wishes.problems(platform, wish, None)]
    assert [field for field, _sentence in found] == ["location"]
    assert name in found[0][1]
    assert "“Secret”" in found[0][1]


@pytest.mark.parametrize("query", ["page_token=3", "keyword=data", "q=token", "key="])
def test_other_parameters_are_none(site, platform, query) -> None:
    wish = dataclasses.replace(WISH, location=f"http://news.example/feed?{query}")
    assert wishes.problems(platform, wish, None) == []


def test_an_address_that_is_stored_already_stays(site, platform) -> None:
    wish = dataclasses.replace(WISH, location="http://news.example/feed?key=abc")
    stored = connecting.save(platform, wish, None)
    assert wishes.problems(platform, dataclasses.replace(wish, interval_minutes=90), stored) == []


def test_the_form_says_it_at_the_address(site, platform, signed_in) -> None:
    answer = signed_in(platform).post(ADD, FORM | {"location": "http://news.example/feed?api_key=abc"})
    assert list(errors(answer)) == ["location"]


@pytest.mark.parametrize("mode", [Mode.HEADER, Mode.OAUTH2, Mode.QUERY])
def test_further_headers_go_along_without_a_secret(site, platform, mode) -> None:
    site.feed("Alpha")
    auth = Auth(mode, extra="X-Contact: it@example.com", parameter="api_key")
    synchronise(connecting.save(platform, dataclasses.replace(WISH, auth=auth), None))
    assert "x-contact: it@example.com" in site.heads[-1].lower()
    assert "authorization" not in site.heads[-1].lower()
    assert "api_key" not in site.heads[-1].lower()
