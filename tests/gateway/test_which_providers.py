import pytest

from careerforge.gateway.prices import Prices
from careerforge.gateway.providers import BadAddress, configured, made, reachable, thinking_of
from careerforge.gateway.standing import Offered

ALL = {
    "OLLAMA_BASE_URL": "http://localhost:11434",
    "OPENAI_API_KEY": "k3",
    "PERPLEXITY_API_KEY": "k2",
    "ANTHROPIC_API_KEY": "k1",
}

OLLAMA = Offered("ollama", "llama3.1", 45.0, "", "", Prices())


def test_without_keys_there_is_nobody() -> None:
    assert configured({}) == ()
    assert configured({"ANTHROPIC_API_KEY": "", "OLLAMA_BASE_URL": ""}) == ()


def test_the_order_is_fixed_whatever_the_order_of_the_environment() -> None:
    assert [one.name for one in configured(ALL)] == ["anthropic", "perplexity", "openai", "ollama"]


def test_a_model_is_taken_from_the_environment() -> None:
    [one] = configured({"OPENAI_API_KEY": "k", "OPENAI_MODEL": "gpt-9"})
    assert one.model == "gpt-9"


def test_an_own_server_needs_no_key() -> None:
    [one] = configured(
        {"OPENAI_BASE_URL": "https://models.example/v1", "OPENAI_MODEL": "m"}, allowed=["models.example"]
    )
    assert one.name == "openai"


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example",
        "https://models.example",
        "https://api.openai.com.evil.example",
        "http://api.openai.com",
        "https://api.openai.com:8443",
        "ftp://models.example",
        "https://user:secret@models.example",
        "https://models.example?key=secret",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://169.254.169.254",
        "http://0.0.0.0:11434",
        "https://",
        "http://[::1",
        "nonsense",
    ],
)
def test_an_address_that_is_not_allowed_is_named_by_its_variable_only(url) -> None:
    with pytest.raises(BadAddress) as caught:
        made(OLLAMA, {"OLLAMA_BASE_URL": url})
    assert "OLLAMA_BASE_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_who_has_an_address_that_is_not_allowed_is_never_asked_and_the_others_are() -> None:
    environ = {**ALL, "OPENAI_BASE_URL": "https://models.example/v1", "OLLAMA_BASE_URL": "nonsense"}
    assert [one.name for one in configured(environ)] == ["anthropic", "perplexity"]
    assert reachable(OLLAMA, environ) == ()


@pytest.mark.parametrize("url", ["http://localhost:11434", "http://127.0.0.5:1/v1/", "http://[::1]:11434"])
def test_this_machine_needs_no_leave(url) -> None:
    assert configured({"OLLAMA_BASE_URL": url})


@pytest.mark.parametrize(
    ("listed", "url", "is_listed"),
    [
        ("http://models.intranet:11434", "http://models.intranet:11434", True),
        ("models.intranet:11434", "https://models.intranet:11434/v1", True),
        ("models.intranet", "https://models.intranet/v1", True),
        ("models.intranet", "http://models.intranet:11434", False),
        ("http://models.intranet:80", "http://models.intranet:11434", False),
        ("10.1.0.0/16", "http://10.1.2.3:11434", True),
        ("10.1.0.0/16", "http://10.2.2.3:11434", False),
        ("intranet", "http://models.intranet:80", False),
        ("not a host", "http://models.intranet:80", False),
    ],
)
def test_an_own_server_is_asked_where_the_operator_has_listed_it(listed, url, is_listed) -> None:
    assert bool(configured({"OLLAMA_BASE_URL": url}, allowed=[listed])) is is_listed


@pytest.mark.parametrize(
    ("model", "setting", "mode"),
    [
        ("claude-sonnet-4-6", "", "budget"),
        ("claude-opus-4-8", "", "adaptive"),
        ("claude-opus-4-5-20251101", "", "budget"),
        ("claude-something-new", "", "off"),
        ("claude-something-new", "adaptive", "adaptive"),
        ("claude-sonnet-4-6", "off", "off"),
    ],
)
def test_how_to_think_is_a_matter_of_the_model_and_can_be_set(model, setting, mode) -> None:
    assert thinking_of(model, setting) == mode


def test_keys_do_not_show_in_what_is_printed() -> None:
    assert "k1" not in repr(configured(ALL))
