import pytest

from careerforge.gateway.providers import BadAddress, configured, thinking_of

ALL = {
    "OLLAMA_BASE_URL": "http://localhost:11434",
    "OPENAI_API_KEY": "k3",
    "PERPLEXITY_API_KEY": "k2",
    "ANTHROPIC_API_KEY": "k1",
}


def test_without_keys_there_is_nobody() -> None:
    assert configured({}) == ()
    assert configured({"ANTHROPIC_API_KEY": "", "OLLAMA_BASE_URL": ""}) == ()


def test_the_order_is_fixed_whatever_the_order_of_the_environment() -> None:
    assert [one.name for one in configured(ALL)] == ["anthropic", "perplexity", "openai", "ollama"]


def test_a_model_is_taken_from_the_environment() -> None:
    [one] = configured({"OPENAI_API_KEY": "k", "OPENAI_MODEL": "gpt-9"})
    assert one.model == "gpt-9"


def test_an_own_server_needs_no_key() -> None:
    [one] = configured({"OPENAI_BASE_URL": "https://models.example/v1", "OPENAI_MODEL": "m"})
    assert one.name == "openai"


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example",
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
        configured({"OLLAMA_BASE_URL": url})
    assert "OLLAMA_BASE_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://localhost:11434", "http://127.0.0.5:1/v1/", "http://[::1]:11434"])
def test_plain_http_is_fine_on_this_machine(url) -> None:
    assert configured({"OLLAMA_BASE_URL": url})


def test_plain_http_is_fine_where_the_operator_says_so() -> None:
    inside = {"OLLAMA_BASE_URL": "http://models.intranet:11434"}
    assert configured(inside, allowed={"http://models.intranet:11434"})
    with pytest.raises(BadAddress):
        configured(inside, allowed={"http://models.intranet:80"})


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
